"""Completion of the command line in bash, zsh and fish: a script for each, made from the parser of the arguments.

What stands behind an option is known by its metavar: `DIR` is a folder, `FILE` a file; an argument with choices is one of them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

FOLDER, FILE = "DIR", "FILE"


class Option(NamedTuple):
    """One option: all its spellings, what it is for, what its value is called (empty where it takes none), the known values."""

    spellings: tuple[str, ...]
    help: str
    value: str
    words: tuple[str, ...]


class Command(NamedTuple):
    """One command: its name, what it does, its options, and its arguments as options without spellings."""

    name: str
    help: str
    options: tuple[Option, ...]
    arguments: tuple[Option, ...]


def commands_of(parser: argparse.ArgumentParser) -> tuple[Command, ...]:
    """The commands that a parser knows, in its order."""
    return tuple(found for action in parser._actions for found in _commands(action))


def _commands(action: argparse.Action) -> Iterator[Command]:
    helps = {choice.dest: choice.help or "" for choice in getattr(action, "_choices_actions", ())}
    for name, parser in (action.choices or {}).items() if isinstance(action, argparse._SubParsersAction) else ():
        options = [_option(one) for one in parser._actions]
        named = tuple(option for option in options if option.spellings)
        yield Command(name, helps.get(name, ""), named, tuple(option for option in options if not option.spellings))


def _option(action: argparse.Action) -> Option:
    words = tuple(str(choice) for choice in action.choices or ())
    takes_none = action.nargs == 0
    return Option(
        tuple(action.option_strings),
        re.sub(r"\s+", " ", (action.help or "").replace("%%", "%")),
        "" if takes_none else _name(action),
        words,
    )


def _name(action: argparse.Action) -> str:
    """What the value is called: its metavar, else its name in capitals, as argparse has it."""
    return str(action.metavar or action.dest.upper())


# ---------------------------------------------------------------- bash


def bash(program: str, commands: tuple[Command, ...]) -> str:
    """The script for bash 3.2 and newer, which needs no package of completions."""
    names = " ".join(command.name for command in commands)
    values = "\n".join(_bash_value(c.name, option) for c in commands for option in c.options if option.value)
    cases = "\n".join(_bash_command(command) for command in commands)
    return _BASH.format(program=program, names=names, values=values, cases=cases)


_BASH = """\
# Completion of {program} in bash, as printed by `{program} completion bash`.
_chronicle() {{
    local IFS=$'\\n' current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
    if [ "$current" = "=" ]; then current=""; elif [ "$before" = "=" ]; then before=${{COMP_WORDS[COMP_CWORD-2]}}; fi
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        _chronicle_words {names} -h --help
        return
    fi
    case "${{COMP_WORDS[1]}} $before" in
{values}
    esac
    case "${{COMP_WORDS[1]}}" in
{cases}
    esac
}}
_chronicle_words() {{
    local word
    for word in "$@"; do
        case $word in "$current"*) COMPREPLY+=("$word") ;; esac
    done
}}
_chronicle_files() {{
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen "$1" -- "$current"))
}}
complete -F _chronicle {program}
"""


def _bash_value(command: str, option: Option) -> str:
    patterns = "|".join(f'"{command} {spelling}"' for spelling in option.spellings)
    return f"        {patterns}) {_bash_words(option)}return ;;"


def _bash_words(option: Option) -> str:
    if option.words:
        return f"_chronicle_words {' '.join(option.words)}; "
    kind = {FOLDER: "-d", FILE: "-f"}.get(option.value)
    return f"_chronicle_files {kind}; " if kind else ""


def _bash_command(command: Command) -> str:
    flags = " ".join(spelling for option in command.options for spelling in option.spellings)
    rest = "".join(_bash_words(argument) for argument in command.arguments)
    return f"        {command.name}) case $current in -*) _chronicle_words {flags} ;; *) {rest}: ;; esac ;;"


# ---------------------------------------------------------------- zsh


def zsh(program: str, commands: tuple[Command, ...]) -> str:
    """The script for zsh, to be evaluated after `compinit` or put as `_chronicle` into a folder of `$fpath`."""
    names = "\n".join(f"        {_quoted(f'{c.name}:{c.help}')}" for c in commands)
    cases = "\n".join(_zsh_command(command) for command in commands)
    return _ZSH.format(program=program, names=names, cases=cases)


_ZSH = """\
#compdef {program}
# Completion of {program} in zsh, as printed by `{program} completion zsh`.
_chronicle() {{
    local -a commands
    commands=(
{names}
    )
    if (( CURRENT == 2 )); then
        _describe -t commands command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{cases}
    esac
}}
if [ "$funcstack[1]" = "_chronicle" ]; then _chronicle "$@"; else compdef _chronicle {program}; fi
"""


def _zsh_command(command: Command) -> str:
    specs = [_zsh_spec(spelling, option) for option in command.options for spelling in option.spellings]
    specs += [f":{_zsh_text(argument.value)}:{_zsh_values(argument)}" for argument in command.arguments]
    return f"        {command.name}) _arguments {' '.join(map(_quoted, specs))} ;;"


def _zsh_spec(spelling: str, option: Option) -> str:
    told = f"[{_zsh_text(option.help)}]"
    return f"{spelling}{told}:{_zsh_text(option.value)}:{_zsh_values(option)}" if option.value else f"{spelling}{told}"


def _zsh_values(option: Option) -> str:
    if option.words:
        return f"({' '.join(option.words)})"
    return {FOLDER: "_path_files -/", FILE: "_files"}.get(option.value, " ")


def _zsh_text(text: str) -> str:
    """A text in a specification, where a bracket ends it and a colon parts it."""
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


# ---------------------------------------------------------------- fish


def fish(program: str, commands: tuple[Command, ...]) -> str:
    """The script for fish."""
    lines = [
        f"# Completion of {program} in fish, as printed by `{program} completion fish`.",
        f"complete -c {program} -f",
    ]
    for command in commands:
        told = _quoted(command.help)
        lines.append(f"complete -c {program} -n __fish_use_subcommand -a {command.name} -d {told}")
        lines += [_fish_option(program, command.name, option) for option in command.options]
        lines += [_fish_argument(program, command.name, argument) for argument in command.arguments]
    return "\n".join(filter(None, lines)) + "\n"


def _fish_option(program: str, command: str, option: Option) -> str:
    flags = [f"-l {s[2:]}" if s.startswith("--") else f"-s {s[1:]}" for s in option.spellings]
    value = f" -x{_fish_values(option)}" if option.value else ""
    return f"{_fish_start(program, command)} {' '.join(flags)}{value} -d {_quoted(option.help)}"


def _fish_argument(program: str, command: str, argument: Option) -> str:
    if argument.value == FILE and not argument.words:
        return f"{_fish_start(program, command)} -F"
    values = _fish_values(argument)
    return f"{_fish_start(program, command)}{values}" if values else ""


def _fish_start(program: str, command: str) -> str:
    return f"complete -c {program} -n '__fish_seen_subcommand_from {command}'"


def _fish_values(option: Option) -> str:
    if option.words:
        return f" -a '{' '.join(option.words)}'"
    return {FOLDER: " -a '(__fish_complete_directories)'", FILE: " -a '(__fish_complete_path)'"}.get(option.value, "")


# ---------------------------------------------------------------- all


def _quoted(text: str) -> str:
    """A text in single quotes, as all three shells read it."""
    return "'" + text.replace("'", "’") + "'"


SHELLS: dict[str, Callable[[str, tuple[Command, ...]], str]] = {"bash": bash, "zsh": zsh, "fish": fish}


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """The script that completes the command line of a parser in a shell."""
    return SHELLS[shell](parser.prog, commands_of(parser))
