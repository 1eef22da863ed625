"""The language server as an editor meets it: a process that is spoken to over its standard streams."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.editing.positions import lines_of, units
from generator.lsp import study
from generator.lsp.study import Study
from generator.remarks import OF_ALL, OF_ONE
from tests.chronicles import GOLDEN, NOW, copy_of, tree, written
from tests.lsp_client import Client

NEW = "content/incidents/2025/2025-12-20-x.md"
WHOLE = "---\ntitle: A title\ndate: 2025-12-20\ncity: belgorod\nsources: [wire-1]\n---\n{}\n"
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]}},
    "textDocument": {"rename": {"prepareSupport": True}},
}


DESK = {*OF_ONE, *OF_ALL}
SCRATCH = "content/pages/scratch.md"


class Editor:
    """A client with documents in one chronicle, which the server knows from the beginning on."""

    def __init__(self, client: Client, root: Path, encoding: str) -> None:
        self.client, self.root, self.encoding = client, root, encoding
        self._texts: dict[str, str] = {}
        self.open(SCRATCH, "---\ntitle: Scratch\n---\n[[nowhere]]\n")
        self.wrong(SCRATCH, {"unknown-incident"})

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str, text: str) -> None:
        self._texts[path] = text
        document = {"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, path: str, text: str, version: int) -> None:
        self._texts[path] = text
        document = {"uri": self.uri(path), "version": version}
        self.client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def at(self, path: str, after: str) -> dict[str, Any]:
        """The place behind some words, counted as agreed."""
        before = self._texts[path].partition(after)[0] + after
        line = lines_of(before)[-1]
        position = {"line": len(lines_of(before)) - 1, "character": units(line, self.encoding)}
        return {"textDocument": {"uri": self.uri(path)}, "position": position}

    def ask(self, method: str, path: str, after: str, **more: Any) -> Any:
        return self.client.ask(f"textDocument/{method}", {**self.at(path, after), **more})

    def wrong(self, path: str, wanted: set[str]) -> list[dict[str, Any]]:
        """The diagnostics of a file, as soon as their codes are those that are wanted; what the desk asks may stand beside them."""
        uri = self.uri(path)
        notes = self.client.notes.setdefault("textDocument/publishDiagnostics", [])
        notes[:] = [note for note in notes if note["uri"] != uri or note is last(notes, uri)]
        found = self.client.wait_for(
            "textDocument/publishDiagnostics",
            lambda p: (
                p["uri"] == uri
                and {d["code"] for d in p["diagnostics"]} - DESK == wanted - DESK
                and wanted <= {d["code"] for d in p["diagnostics"]}
            ),
        )
        return [d for d in found["diagnostics"] if d["code"] in wanted]


def last(notes: list[Any], uri: str) -> Any:
    return [note for note in notes if note["uri"] == uri][-1]


def started(root: Path, capabilities: dict[str, Any] | None = None) -> Client:
    command = (sys.executable, "-m", "generator", "lsp", "--stdio", "--now", "2026-04-01T00:00+00:00")
    environment = {**os.environ, "PYTHONPATH": str(GOLDEN.parents[2])}
    client = Client(command, root, environment)
    parameters = {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities or CAPABILITIES}
    client.capabilities = client.ask("initialize", parameters)["capabilities"]
    client.notify("initialized")
    return client


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of(GOLDEN, tmp_path / "chronicle with Кириллица")


@pytest.fixture
def editor(root: Path) -> Iterator[Editor]:
    with started(root) as client:
        yield Editor(client, root, "utf-16")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One for those who only ask; the text that they ask of is each their own."""
    root = copy_of(GOLDEN, tmp_path_factory.mktemp("shared") / "chronicle with Кириллица")
    with started(root) as client:
        yield Editor(client, root, "utf-16")


# ---------------------------------------------------------------- diagnostics


def test_faults_are_told_as_one_types_and_go_when_they_are_mended(shared: Editor) -> None:
    shared.open(NEW, WHOLE.format("Text."))
    shared.change(NEW, WHOLE.format("Text.").replace("title:", "titel:"), 2)
    (found,) = shared.wrong(NEW, {"unknown-key"})
    assert found["message"].endswith('did you mean "title"?')
    assert found["severity"] == 1
    assert found["source"] == "chronicle"
    assert found["range"]["start"] == {"line": 1, "character": 0}
    assert found["range"]["end"] == {"line": 1, "character": 5}
    shared.change(NEW, WHOLE.format("Text."), 3)
    shared.wrong(NEW, set())


def test_rules_over_the_whole_chronicle_look_at_the_unsaved_text(shared: Editor) -> None:
    shared.open(NEW, WHOLE.format("😋 See [[2025-12-15-moscow-dron]] and [[2025-12-15-draft]]."))
    unknown, withheld = shared.wrong(NEW, {"unknown-incident", "link-to-withheld"})
    assert "2025-12-15-moscow-drone" in unknown["message"]
    assert unknown["range"]["start"] == {"line": 6, "character": 7}  # 😋 is two units
    assert withheld["code"] == "link-to-withheld"


def test_a_second_file_with_an_id_leads_to_the_first(shared: Editor) -> None:
    other = "content/incidents/2025/again/2025-12-15-moscow-drone.md"
    shared.open(other, WHOLE.format("Text."))
    (found,) = shared.wrong(other, {"duplicate-id"})
    (related,) = found["relatedInformation"]
    assert related["location"]["uri"] == shared.uri("content/incidents/2025/2025-12-15-moscow-drone.md")


def test_a_file_that_is_not_open_is_told_of_and_followed(editor: Editor) -> None:
    written(editor.root, NEW, WHOLE.format("See [[nowhere]]."))
    editor.wrong(NEW, {"unknown-incident"})
    written(editor.root, NEW, WHOLE.format("See nothing."))
    editor.wrong(NEW, set())


def test_faults_in_site_yaml_are_told_and_its_former_settings_stay(editor: Editor) -> None:
    whole = (editor.root / "site.yaml").read_text(encoding="utf-8")
    editor.open("site.yaml", whole.replace("title:", "titel:"))
    editor.wrong("site.yaml", {"unknown-key"})
    editor.open(NEW, WHOLE.format("See [[nowhere]]."))
    editor.wrong(NEW, {"unknown-incident"})


def test_what_the_chronicle_softens_is_softened(editor: Editor) -> None:
    editor.open(NEW, WHOLE.format("See [[nowhere]]."))
    assert editor.wrong(NEW, {"unknown-incident"})[0]["severity"] == 1
    settings = (editor.root / "site.yaml").read_text(encoding="utf-8")
    editor.open("site.yaml", f"{settings}rules: {{unknown-incident: warning}}\n")
    found = editor.client.wait_for(
        "textDocument/publishDiagnostics",
        lambda p: p["uri"] == editor.uri(NEW) and severities(p).get("unknown-incident") == 2,
    )
    assert found


def severities(told: dict[str, Any]) -> dict[str, int]:
    return {d["code"]: d["severity"] for d in told["diagnostics"]}


def test_what_the_desk_asks_of_an_open_entry_is_asked_while_it_is_written(shared: Editor) -> None:
    shared.open(NEW, WHOLE.format("Text."))
    (found,) = shared.wrong(NEW, {"one-source"})
    assert found["severity"] == 2


# ---------------------------------------------------------------- what is asked


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_places_are_counted_as_agreed(root: Path, encoding: str) -> None:
    capabilities = {**CAPABILITIES, "general": {"positionEncodings": [encoding]}}
    with started(root, capabilities) as client:
        assert client.capabilities["positionEncoding"] == encoding
        editor = Editor(client, root, encoding)
        editor.open(NEW, WHOLE.format("Йод 😋 и [[2025-12-15-moscow-drone]], [[nowhere]]."))
        (found,) = editor.wrong(NEW, {"unknown-incident"})
        assert found["range"]["start"]["character"] == units("Йод 😋 и [[2025-12-15-moscow-drone]], ", encoding)
        told = editor.ask("hover", NEW, "Йод 😋 и [[2025")
        assert "Drone shot down" in told["contents"]["value"]
        assert told["range"]["start"]["character"] == units("Йод 😋 и ", encoding)


def test_completion_replaces_what_is_typed(shared: Editor) -> None:
    shared.open(NEW, WHOLE.format("Text.").replace("belgorod", "Бел"))
    shared.wrong(NEW, {"unknown-city"})
    found = shared.ask("completion", NEW, "city: Бел")
    (item,) = found["items"]
    assert item["textEdit"]["newText"] == "belgorod"
    assert item["textEdit"]["range"]["start"] == {"line": 3, "character": 6}
    assert item["filterText"] == "Белгород"
    assert "Belgorod Oblast" in item["documentation"]["value"]


def test_definition_and_references_lead_to_files(shared: Editor) -> None:
    shared.open(NEW, WHOLE.format("It burned.[^wire-1]"))
    shared.wrong(NEW, set())
    assert shared.ask("definition", NEW, "[^wire")["uri"] == shared.uri("seeds/wire-1.md")
    found = shared.ask("references", NEW, "[^wire", context={"includeDeclaration": False})
    assert {shared.uri(NEW), shared.uri("seeds/copy-1.md")} <= {place["uri"] for place in found}


def test_nothing_is_answered_for_a_file_of_nobody(shared: Editor) -> None:
    shared.open("README.md", "---\nst\n---\n")
    assert shared.ask("completion", "README.md", "st") is None
    assert shared.ask("hover", "README.md", "st") is None


# ---------------------------------------------------------------- renaming


def carried_out(root: Path, edit: dict[str, Any], open_texts: dict[str, str]) -> None:
    """What an editor does with a change of a workspace (units are UTF-16)."""
    for change in edit["documentChanges"]:
        if change.get("kind") == "rename":
            old, new = (
                Path.from_uri(change[k]) if hasattr(Path, "from_uri") else path_of(change[k])
                for k in ("oldUri", "newUri")
            )
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
            continue
        place = path_of(change["textDocument"]["uri"])
        text = open_texts.get(place.relative_to(root).as_posix()) or place.read_text(encoding="utf-8")
        for one in sorted(
            change["edits"], key=lambda e: (e["range"]["start"]["line"], e["range"]["start"]["character"]), reverse=True
        ):
            start, end = offset(text, one["range"]["start"]), offset(text, one["range"]["end"])
            text = text[:start] + one["newText"] + text[end:]
        place.write_text(text, encoding="utf-8")


def path_of(uri: str) -> Path:
    from urllib.parse import unquote

    return Path(unquote(uri.removeprefix("file://")))


def offset(text: str, position: dict[str, int]) -> int:
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: position["line"]])
    units = (
        lines[position["line"]].encode("utf-16-le")[: 2 * position["character"]]
        if position["line"] < len(lines)
        else b""
    )
    return before + len(units.decode("utf-16-le"))


def test_a_renaming_leaves_a_chronicle_with_nothing_wrong(editor: Editor) -> None:
    text = WHOLE.format("😋 It burned.[^wire-1]")
    editor.open(NEW, text)
    editor.wrong(NEW, set())
    prepared = editor.ask("prepareRename", NEW, "[^wire")
    assert prepared["placeholder"] == "wire-1"
    edit = editor.ask("rename", NEW, "[^wire", newName="wire-0001")
    written(editor.root, NEW, "")
    carried_out(editor.root, edit, {NEW: text})
    assert (editor.root / "seeds/wire-0001.md").read_text(encoding="utf-8").count("previous_ids: [wire-1]") == 1
    assert "[^wire-0001]" in (editor.root / NEW).read_text(encoding="utf-8")
    command = (
        sys.executable,
        "-m",
        "generator",
        "check",
        "--now",
        "2026-04-01T00:00+00:00",
        "--root",
        str(editor.root),
    )
    checked = subprocess.run(command, capture_output=True, text=True, cwd=GOLDEN.parents[2], check=False)
    assert " error: " not in checked.stderr


def test_a_renaming_is_refused_in_words(shared: Editor) -> None:
    shared.open(NEW, WHOLE.format("It burned.[^wire-1]"))
    shared.wrong(NEW, set())
    assert "is not an id" in shared.ask("rename", NEW, "[^wire", newName="Wire 1")["error"]["message"]


def test_an_editor_that_cannot_rename_files_is_told_so(root: Path) -> None:
    with started(root, {"general": {"positionEncodings": ["utf-16"]}}) as client:
        editor = Editor(client, root, "utf-16")
        editor.open(NEW, WHOLE.format("It burned.[^wire-1]"))
        assert "cannot rename files" in editor.ask("rename", NEW, "[^wire", newName="w")["error"]["message"]


def test_a_file_that_is_renamed_in_the_tree_takes_those_that_name_it_along(shared: Editor) -> None:
    shared.open(NEW, WHOLE.format("It burned.[^wire-1]"))
    shared.wrong(NEW, set())
    files = [{"oldUri": shared.uri("seeds/wire-1.md"), "newUri": shared.uri("seeds/w.md")}]
    edit = shared.client.ask("workspace/willRenameFiles", {"files": files})
    assert {change["textDocument"]["uri"] for change in edit["documentChanges"]} >= {
        shared.uri("seeds/wire-1.md"),
        shared.uri(NEW),
    }


# ---------------------------------------------------------------- the process


def test_where_nothing_is_new_nothing_is_studied(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or an editor that is left alone would link a large chronicle at every look at its folders."""
    linked: list[str] = []
    known_of = study.known_of
    monkeypatch.setattr(study, "known_of", lambda *given: linked.append("linked") or known_of(*given))
    texts: dict[str, str] = {}
    studying = Study(root, lambda: NOW, lambda: dict(texts), lambda studied: None)
    assert studying.studied() is not None
    for _ in range(2):
        studying.disk_changed()
        assert studying.studied() is None
    texts[NEW] = WHOLE.format("Words.")
    assert studying.studied() is not None
    written(root, "content/pages/new.md", "---\ntitle: New\n---\n\nWords.\n")
    studying.disk_changed()
    assert studying.studied() is not None
    assert len(linked) == 3


def test_it_writes_no_output_and_remembers_no_draft(editor: Editor) -> None:
    before = {path for path in tree(editor.root) if not path.startswith(".cache/")}
    editor.open(NEW, WHOLE.format("CANARY-OF-AN-OPEN-DRAFT").replace("sources:", "status: draft\nsources:"))
    editor.wrong(NEW, set())
    written(
        editor.root, NEW, WHOLE.format("CANARY-OF-A-DRAFT [[nowhere]]").replace("sources:", "status: draft\nsources:")
    )
    editor.client.notify("textDocument/didClose", {"textDocument": {"uri": editor.uri(NEW)}})
    editor.wrong(NEW, {"unknown-incident"})
    after = tree(editor.root)
    assert {path for path in after if not path.startswith(".cache/")} == {*before, NEW}
    kept = b"".join(data for path, data in after.items() if path.startswith(".cache/"))
    assert kept
    assert b"CANARY" not in kept


def test_it_ends_when_its_editor_asks_for_it_and_has_said_nothing_besides(editor: Editor) -> None:
    editor.open(NEW, WHOLE.format("Text."))
    assert editor.client.ask("shutdown") is None
    editor.client.notify("exit")
    assert editor.client.process.wait(timeout=20) == 0
    assert editor.client.process.stderr is not None
    assert editor.client.process.stderr.read() == b""


def test_it_ends_when_its_editor_is_gone(editor: Editor) -> None:
    assert editor.client.process.stdin is not None
    editor.client.process.stdin.close()
    editor.client.process.wait(timeout=20)


def test_without_pygls_it_says_what_to_install(root: Path) -> None:
    program = "import sys; sys.modules['pygls'] = None; from generator.cli import main; sys.exit(main(['lsp']))"
    told = subprocess.run((sys.executable, "-c", program), cwd=root, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert 'python -m pip install "pygls>=2"' in told.stderr


def test_a_chronicle_whose_settings_cannot_be_read_says_why(root: Path) -> None:
    written(root, "site.yaml", "titel: x\n")
    with started(root) as client:
        told = client.wait_for("window/logMessage", lambda p: "site.yaml" in p["message"])
        assert "titel" in told["message"]


def test_a_folder_without_content_is_no_chronicle(tmp_path: Path) -> None:
    written(tmp_path, "site.yaml", "name: of another program\n")
    with started(tmp_path) as client:
        uri = (tmp_path / "site.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": "name: x\n"}
        client.notify("textDocument/didOpen", {"textDocument": document})
        place = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 1}}
        assert client.ask("textDocument/completion", place) is None
        assert "textDocument/publishDiagnostics" not in client.notes


def test_a_second_chronicle_is_known_when_a_file_of_it_is_opened(shared: Editor, tmp_path: Path) -> None:
    other = Editor(shared.client, copy_of(GOLDEN, tmp_path / "other"), "utf-16")
    written(other.root, NEW, WHOLE.format("See [[elsewhere]]."))
    assert "elsewhere" in other.wrong(NEW, {"unknown-incident"})[0]["message"]


def test_a_byte_order_mark_that_an_editor_sends_is_no_fault(shared: Editor) -> None:
    path = "content/pages/marked.md"
    shared.open(path, "\ufeff---\ntitle: Marked\n---\nSee [[nowhere]].\n")
    shared.wrong(path, {"unknown-incident"})
