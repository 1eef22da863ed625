"""One chronicle as an editor has it: the texts that are open, what is known of all, and the answers to what is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from ..decoding import decoded
from ..editing.completing import completion
from ..editing.hovering import hover
from ..editing.known import Known, own_problems, problems_at
from ..editing.leading import definition, references
from ..editing.positions import Position, lines_of, position_in
from ..editing.renaming import Renaming, refusal, renaming
from ..editing.things import Thing, thing_at
from ..files import TEXT_LIMIT, digest, read_bytes_at, read_text_at
from ..model import Parsed
from ..parse import parsed
from ..problems import Problem, Span
from ..shelves import SETTINGS_FILE, identity, is_content
from .speech import completions, diagnostic, hovered, spoken_range, text_edit
from .study import Studied

Publish = Callable[[str, Sequence[types.Diagnostic], int | None], None]
"""What sends the diagnostics of an address to the editor, with the version of its text."""


class Session:
    """What is asked and told of one chronicle; all of it in one thread."""

    def __init__(self, root: Path, base: Path, encoding: str, publish: Publish) -> None:
        """`base` is the root as the editor calls it, by which other files are named to it."""
        self.texts: dict[str, str] = {}
        self.known: Known | None = None
        self._root, self._base, self._encoding, self._publish = root, base, encoding, publish
        self._names: dict[str, str] = {}
        self._versions: dict[str, int | None] = {}
        self._lines: dict[str, Sequence[str]] = {}
        self._told: dict[str, Sequence[types.Diagnostic]] = {}

    # ------------------------------------------------------------ files and places

    def path_of(self, uri: str) -> str:
        """The path of a file of this chronicle by its address; empty for any other."""
        place = to_fs_path(uri)
        if not place:
            return ""
        for found, root in ((Path(place), self._base), (Path(place).resolve(), self._root)):
            if found.is_relative_to(root):
                path = unicodedata.normalize("NFC", found.relative_to(root).as_posix())
                is_ours = path == SETTINGS_FILE or (is_content(path) and path.endswith(".md"))
                return path if is_ours else ""
        return ""

    def uri_of(self, path: str) -> str:
        """The address of a file, as the editor has named it or as we do."""
        return self._names.get(path) or from_fs_path(str(self._base / path)) or ""

    def location(self, path: str, span: Span) -> types.Location:
        return types.Location(self.uri_of(path), spoken_range(span, self._lines_of(path), self._encoding))

    def _lines_of(self, path: str) -> Sequence[str]:
        text = self._text_of(path)
        return lines_of(text) if text is not None else [""]

    def _text_of(self, path: str) -> str | None:
        """The text of a file as it stands now, open or not."""
        if path in self.texts:
            return self.texts[path]
        read = read_text_at(self._root, path)
        return None if isinstance(read, Problem) else read.text

    def _file(self, path: str) -> tuple[Parsed, str] | None:
        """A file as it stands now, with its text; one that stands as it was read is not parsed again."""
        if path in self.texts:
            return parsed_alone(path, self.texts[path]), self.texts[path]
        data = read_bytes_at(self._root, path, TEXT_LIMIT)
        text = decoded(path, data) if isinstance(data, bytes) else data
        if isinstance(data, Problem) or isinstance(text, Problem):
            return None
        known = self.known.chronicle.files.get(path) if self.known and path not in self.known.texts else None
        is_known = known and self.known and self.known.digests.get(path) == digest(data)
        return (known if known and is_known else parsed(path, text.text)), text.text

    # ------------------------------------------------------------ what the editor tells

    def opened(self, path: str, uri: str, text: str, version: int | None) -> None:
        self._names[path] = uri
        self.changed(path, text, version)

    def changed(self, path: str, text: str, version: int | None) -> None:
        self.texts[path] = text.removeprefix("\ufeff")
        self._versions[path] = version
        self._show(path)

    def closed(self, path: str) -> None:
        self.texts.pop(path, None)
        self._versions.pop(path, None)

    def studied(self, found: Studied) -> None:
        """Something new is known: tell of every file with which something else is wrong than before."""
        self.known = found.known or self.known
        self._lines = dict(found.lines)
        wrong = {*self.known.own, *self.known.others} if self.known else set()
        for path in sorted({*wrong, *self._told, *self.texts}):
            self._show(path)

    def _show(self, path: str) -> None:
        """Tell what is wrong with a file, where that is not what was told last; of an open one the first time in any case."""
        text = self.texts.get(path)
        if text is None:
            lines, own = self._lines.get(path, [""]), self.known.own.get(path, ()) if self.known else ()
        else:
            lines, own = lines_of(text), own_problems(path, text)
        found = problems_at(self.known, path, own, text or "")
        told = [diagnostic(problem, lines, self._encoding, self.location) for problem in found]
        if told != self._told.get(path, [] if text is None else None):
            self._publish(self.uri_of(path), told, self._versions.get(path))
        self._told[path] = told
        if text is None and not told:
            del self._told[path]

    # ------------------------------------------------------------ what the editor asks

    def _asked(self, path: str, at: types.Position) -> tuple[Parsed, str, Position]:
        text = self.texts.get(path, "")
        return parsed_alone(path, text), text, position_in(lines_of(text), at.line, at.character, self._encoding)

    def completion(self, path: str, at: types.Position) -> types.CompletionList:
        file, text, position = self._asked(path, at)
        if self.known is None:
            return types.CompletionList(is_incomplete=True, items=[])
        found = completion(file, text, position, self.known.chronicle)
        return completions(found, position.line, lines_of(text), self._encoding)

    def hover(self, path: str, at: types.Position) -> types.Hover | None:
        file, text, position = self._asked(path, at)
        found = hover(file, text, position, self.known.chronicle) if self.known else None
        return hovered(found, lines_of(text), self._encoding) if found else None

    def definition(self, path: str, at: types.Position) -> types.Location | None:
        file, _, position = self._asked(path, at)
        found = definition(file, position, self.known) if self.known else None
        return self.location(*found) if found else None

    def references(self, path: str, at: types.Position) -> list[types.Location]:
        thing = self.thing(path, at)
        if thing is None or self.known is None:
            return []
        return [self.location(t.path, t.span) for t in references(thing, self._files(), self.known.chronicle)]

    def thing(self, path: str, at: types.Position) -> Thing | None:
        file, _, position = self._asked(path, at)
        return thing_at(file, self.known.chronicle, position) if self.known else None

    def _files(self) -> list[Parsed]:
        """All files, those that are open as they are now."""
        closed = [file for file in self.known.files if file.path not in self.texts] if self.known else []
        return [*closed, *(parsed_alone(path, text) for path, text in self.texts.items() if path != SETTINGS_FILE)]

    # ------------------------------------------------------------ renaming

    def range_of(self, path: str, span: Span) -> types.Range:
        return spoken_range(span, self._lines_of(path), self._encoding)

    def refusal(self, type: str, id: str, new: str = "") -> str:
        return refusal(self.known.chronicle, type, id, new) if self.known else "the chronicle has not been read yet"

    def renamed(self, type: str, id: str, new: str) -> Renaming:
        assert self.known is not None
        return renaming(self.known.chronicle, self._files(), type, id, new, self._file)

    def workspace_edit(self, found: Renaming, moved_already: str = "") -> types.WorkspaceEdit:
        """A renaming as the editor carries it out: first the texts, then the names of the files."""
        changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
        for path, edits in found.edits.items():
            lines = self._lines_of(path)
            document = types.OptionalVersionedTextDocumentIdentifier(self.uri_of(path), self._versions.get(path))
            changes.append(types.TextDocumentEdit(document, [text_edit(e, lines, self._encoding) for e in edits]))
        for old, new in found.moves:
            if old != moved_already:
                there = from_fs_path(str(self._base / new)) or ""
                changes.append(types.RenameFile(self.uri_of(old), there))
        return types.WorkspaceEdit(document_changes=changes)

    def moved(self, old: str, new: str) -> types.WorkspaceEdit | None:
        """What else changes when somebody gives a file another name; nothing where it stays of the same record or type."""
        kind, id, lang = identity(old)
        there, name, other = identity(new)
        if not new or (kind, lang) != (there, other) or id == name or lang or self.refusal(kind, id, name):
            return None
        return self.workspace_edit(self.renamed(kind, id, name), moved_already=old)


@lru_cache(maxsize=4)
def parsed_alone(path: str, text: str) -> Parsed:
    """A text as it is read alone; settings are no record."""
    return parsed(path, text) if path != SETTINGS_FILE else Parsed(type="page", id="", path=path)
