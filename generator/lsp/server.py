"""The door to pygls: which message is answered by what. Documents are sent whole, so that no line is counted but by us."""

from __future__ import annotations

import asyncio
import datetime
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from .. import __version__
from ..shelves import CONTENT, SETTINGS_FILE
from .session import Session
from .study import Studied, Study

DONE = 0
FILES = types.FileOperationRegistrationOptions(
    filters=[types.FileOperationFilter(types.FileOperationPattern(glob="**/{content,seeds}/**/*.md"), scheme="file")]
)
COMPLETING = types.CompletionOptions(trigger_characters=[" ", ":", "[", "^", "{", "(", "-"])


class Server(LanguageServer):
    """The chronicles that an editor has open: each has a session, and a study that tells it what is new."""

    def __init__(self, now: Callable[[], datetime.datetime], root: Path) -> None:
        super().__init__("chronicle", __version__, types.TextDocumentSyncKind.Full)
        self._now, self._root = now, root
        self._sessions: dict[Path, tuple[Session, Study]] = {}

    def begin(self) -> None:
        """Know the chronicle of the workspace before anything of it is opened."""
        folders = [
            self._root,
            *(self._place(f.uri) for f in self.workspace.folders.values()),
            self._place(self.workspace.root_uri),
        ]
        for folder in folders:
            if folder and (base := root_above(folder / SETTINGS_FILE)):
                self._at(base)

    def _place(self, uri: str | None) -> Path | None:
        place = to_fs_path(uri) if uri else None
        return Path(place) if place else None

    def of(self, uri: str) -> tuple[Session, Study, str] | None:
        """The session and study of a document's chronicle, and its path there; none for any other document."""
        place = self._place(uri)
        base = root_above(place) if place else None
        if base is None:
            return None
        session, study = self._at(base)
        path = session.path_of(uri)
        return (session, study, path) if path else None

    def _at(self, base: Path) -> tuple[Session, Study]:
        root = base.resolve()
        if root not in self._sessions:
            encoding = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
            session = Session(root, base, encoding, self._publish)
            study = Study(root, self._now, lambda: dict(session.texts), self._told_of(session))
            self._sessions[root] = (session, study)
            study.begin()
        return self._sessions[root]

    def _told_of(self, session: Session) -> Callable[[Studied], None]:
        """What a study calls from its thread; it is heard in ours."""
        loop = asyncio.get_running_loop()

        def told(found: Studied) -> None:
            loop.call_soon_threadsafe(self._heard, session, found)

        return told

    def _heard(self, session: Session, found: Studied) -> None:
        if found.notice:
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, found.notice))
        session.studied(found)

    def _publish(self, uri: str, found: Sequence[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, list(found), version))

    def can_rename_files(self) -> bool:
        """Whether the editor can give files other names as part of a change; Neovim can, and does not say `documentChanges`."""
        workspace = self.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        return types.ResourceOperationKind.Rename in ((edit.resource_operations if edit else None) or ())


def root_above(place: Path) -> Path | None:
    """The folder of the chronicle in which a file stands: the nearest one above it with settings and content."""
    return next((folder for folder in place.parents if _is_chronicle(folder)), None)


def _is_chronicle(folder: Path) -> bool:
    return (folder / SETTINGS_FILE).is_file() and any((folder / name).is_dir() for name in CONTENT)


def refused(why: str) -> JsonRpcException:
    return JsonRpcException(why, code=types.LSPErrorCodes.RequestFailed.value)


# ---------------------------------------------------------------- what is told


def initialized(ls: Server, _: types.InitializedParams) -> None:
    ls.begin()


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    if found := ls.of(document.uri):
        session, study, path = found
        session.opened(path, document.uri, document.text, document.version)
        study.text_changed()


def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    if found := ls.of(params.text_document.uri):
        session, study, path = found
        text = ls.workspace.get_text_document(params.text_document.uri).source
        session.changed(path, text, params.text_document.version)
        study.text_changed()


def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    if found := ls.of(params.text_document.uri):
        found[1].disk_changed()


def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    if found := ls.of(params.text_document.uri):
        session, study, path = found
        session.closed(path)
        study.disk_changed()


# ---------------------------------------------------------------- what is asked


def on_completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    found = ls.of(params.text_document.uri)
    return found[0].completion(found[2], params.position) if found else None


def on_hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    found = ls.of(params.text_document.uri)
    return found[0].hover(found[2], params.position) if found else None


def on_definition(ls: Server, params: types.DefinitionParams) -> types.Location | None:
    found = ls.of(params.text_document.uri)
    return found[0].definition(found[2], params.position) if found else None


def on_references(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    found = ls.of(params.text_document.uri)
    return found[0].references(found[2], params.position) if found else None


def on_prepare_rename(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """What would be renamed, and its id to be changed."""
    found = ls.of(params.text_document.uri)
    thing = found[0].thing(found[2], params.position) if found else None
    if not found or not thing:
        return None
    if why := found[0].refusal(thing.type, thing.id):
        raise refused(why)
    return types.PrepareRenamePlaceholder(found[0].range_of(found[2], thing.span), thing.id)


def on_rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    found = ls.of(params.text_document.uri)
    thing = found[0].thing(found[2], params.position) if found else None
    if not found or not thing:
        return None
    if not ls.can_rename_files():
        raise refused("this editor cannot rename files as part of a change, and an id is the name of its file")
    new = params.new_name.strip()
    if why := found[0].refusal(thing.type, thing.id, new):
        raise refused(why)
    return found[0].workspace_edit(found[0].renamed(thing.type, thing.id, new)) if new != thing.id else None


def will_rename(ls: Server, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """What else changes when a file gets another name in the editor's tree; one at a time, as each changes the others' texts."""
    if len(params.files) != 1:
        return None
    (file,) = params.files
    found = ls.of(file.old_uri)
    return found[0].moved(found[2], found[0].path_of(file.new_uri)) if found else None


def serve(now: Callable[[], datetime.datetime], root: Path) -> int:
    """The exit status of a language server, which its editor ends; it speaks over the standard streams."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR)
    server = Server(now, root)
    for method, answer in (
        (types.INITIALIZED, initialized),
        (types.TEXT_DOCUMENT_DID_OPEN, did_open),
        (types.TEXT_DOCUMENT_DID_CHANGE, did_change),
        (types.TEXT_DOCUMENT_DID_SAVE, did_save),
        (types.TEXT_DOCUMENT_DID_CLOSE, did_close),
        (types.TEXT_DOCUMENT_HOVER, on_hover),
        (types.TEXT_DOCUMENT_DEFINITION, on_definition),
        (types.TEXT_DOCUMENT_REFERENCES, on_references),
        (types.TEXT_DOCUMENT_PREPARE_RENAME, on_prepare_rename),
        (types.TEXT_DOCUMENT_RENAME, on_rename),
    ):
        server.feature(method)(answer)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, COMPLETING)(on_completion)
    server.feature(types.WORKSPACE_WILL_RENAME_FILES, FILES)(will_rename)
    server.start_io()
    return DONE
