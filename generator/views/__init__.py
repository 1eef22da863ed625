"""What each kind of page shows, as typed values: one file a family; every view is a pure function of the parts in its page's key."""
