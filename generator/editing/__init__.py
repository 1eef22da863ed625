"""What an editor asks while somebody writes, as pure functions of a text, a place in it and the chronicle around it."""
