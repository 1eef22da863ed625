"""A renamed record is found under its new id by all who named it, and under the old one by everybody else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks import original_digest
from generator.chronicle import type_of
from generator.editing import renaming as renaming_module
from generator.editing.known import Known, known_of
from generator.editing.leading import references
from generator.editing.renaming import RENAMED, Edit, moved, refusal, renaming
from generator.editing.things import Thing
from generator.memory import Memory
from generator.parse import parsed
from generator.problems import Problem, Span
from generator.sources import Sources, read_sources
from generator.survey import survey
from tests.chronicles import GOLDEN, NOW
from tests.editing_cases import edited

ROOT = Path(__file__).parents[2]


def sources_of(root: Path) -> Sources:
    with TemporaryDirectory() as folder, Memory(Path(folder), "test") as memory:
        return read_sources(root, survey(root, memory.known_files()), memory, NOW, 1)


CHRONICLES = {"golden": (GOLDEN, sources_of(GOLDEN)), "ours": (ROOT, sources_of(ROOT))}


def known(sources: Sources) -> Known:
    found = known_of(sources, {}, NOW)
    assert found is not None
    return found


def some(name: str) -> list[tuple[str, str]]:
    """Every record of the small chronicle, every fiftieth of the large one."""
    _, sources = CHRONICLES[name]
    found = sorted({(type_of(f.record), f.id) for f in sources.files if f.record})
    return found if name == "golden" else found[::50]


ALL = [(name, type, id) for name in CHRONICLES for type, id in some(name)]


@pytest.mark.parametrize(("name", "type", "id"), ALL, ids=[f"{name}: {type}:{id}" for name, type, id in ALL])
def test_after_a_renaming_nothing_is_wrong_that_was_not_before(name: str, type: str, id: str) -> None:
    root, sources = CHRONICLES[name]
    before = known(sources)
    new = f"{id[:4]}-renamed" if type == "incident" else f"renamed-{type}"
    assert refusal(before.chronicle, type, id, new) == ""
    texts = {file.path: (root / file.path).read_text(encoding="utf-8") for file in sources.files}
    found = renaming(before.chronicle, before.files, type, id, new, lambda p: (parsed(p, texts[p]), texts[p]))
    for path, edits in found.edits.items():
        texts[path] = edited(texts[path], edits)
    for old, there in found.moves:
        texts[there] = texts.pop(old)
    after = known(msgspec.structs.replace(sources, files=tuple(parsed(p, t) for p, t in sorted(texts.items()))))
    assert wrong(after) <= wrong(before)
    assert after.chronicle.former[type, id] == new
    assert [t.text for t in references(thing(type, new), after.files, after.chronicle) if t.text == id] == []
    assert len(named(after, type, new)) == len(named(before, type, id))


def test_a_translation_stays_up_to_date_when_an_id_in_its_original_changes() -> None:
    path = "content/incidents/2025/2025-12-15-belgorod-rocket"
    files = {f.path: (GOLDEN / f.path).read_text(encoding="utf-8") for f in CHRONICLES["golden"][1].files}
    digest = original_digest(parsed(f"{path}.md", files[f"{path}.md"]).record)  # type: ignore[arg-type]
    files[f"{path}.ru.md"] = files[f"{path}.ru.md"].replace("\n---\n", f"\ntranslated_from: {digest}\n---\n", 1)
    sources = msgspec.structs.replace(CHRONICLES["golden"][1], files=tuple(parsed(p, t) for p, t in files.items()))
    before = known(sources)
    found = renaming(before.chronicle, before.files, "source", "wire-1", "w", lambda p: (parsed(p, files[p]), files[p]))
    now = {p: edited(t, found.edits.get(p, ())) for p, t in files.items()}
    after = known(msgspec.structs.replace(sources, files=tuple(parsed(p, t) for p, t in now.items())))
    stale = [
        p.path for k in (before, after) for some in k.others.values() for p in some if p.rule == "stale-translation"
    ]
    assert f"{path}.ru.md" not in stale
    assert digest not in now[f"{path}.ru.md"]


@given(st.text(alphabet="ab\n", max_size=30), st.data())
def test_edits_are_made_as_an_editor_makes_them(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    places = [Span(n, c, n, c) for n, line in enumerate(lines, 1) for c in range(1, len(line) + 2)]
    chosen = sorted(data.draw(st.lists(st.sampled_from(places), max_size=6, unique=True)))
    pairs = zip(chosen[::2], chosen[1::2], strict=False)
    edits = [Edit(Span(a.line, a.column, b.line, b.column), data.draw(st.text("xy\n", max_size=4))) for a, b in pairs]
    assert renaming_module.edited(text, edits) == edited(text, edits)


def wrong(known: Known) -> set[tuple[str, str]]:
    """The rules that are broken, with the messages."""
    problems: list[Problem] = [p for part in (known.own, known.others) for some in part.values() for p in some]
    return {(p.rule, p.message) for p in problems}


def thing(type: str, id: str) -> Thing:
    return Thing(type=type, id=id, text=id, path="", key="", span=Span())


def named(known: Known, type: str, id: str) -> list[Thing]:
    return list(references(thing(type, id), known.files, known.chronicle))


def test_every_type_with_former_ids_is_tried() -> None:
    assert {type for _, type, _ in ALL} == set(RENAMED)


@pytest.mark.parametrize(
    ("path", "id", "expected"),
    [
        ("content/cities/a.md", "b", "content/cities/b.md"),
        ("content/incidents/2025/2025-a.ru.md", "2025-b", "content/incidents/2025/2025-b.ru.md"),
        ("content/incidents/2025/2025-a.md", "2024-b", "content/incidents/2024/2024-b.md"),
        ("content/incidents/2025/2025-a.md", "b", "content/incidents/2025/b.md"),
        ("content/waves/2025-12-14-night.md", "2024-night", "content/waves/2024-night.md"),
    ],
)
def test_an_incident_moves_to_the_folder_of_its_year(path: str, id: str, expected: str) -> None:
    assert moved(path, id) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("title: x", "title: x\nprevious_ids: [old]"),
        ("previous_ids: a", "previous_ids: [a, old]"),
        ("previous_ids: [a, b] # why", "previous_ids: [a, b, old] # why"),
        ("previous_ids: [a, new]", "previous_ids: [a, old]"),
        ("previous_ids: [new]\ntitle: x", "previous_ids: [old]\ntitle: x"),
        ("previous_ids:\n  - a # why\ntitle: x", "previous_ids:\n  - a # why\n  - old\ntitle: x"),
        ("previous_ids:\n- a\n- new", "previous_ids: [a, old]"),
        ("previous_ids: [\n  a,\n  b]\ntitle: x", "previous_ids: [a, b, old]\ntitle: x"),
        ("previous_ids: [old]", "previous_ids: [old]"),
    ],
)
def test_the_old_id_is_kept_as_a_former_one_and_the_new_one_is_none(keys: str, expected: str) -> None:
    lines = f"---\n{keys}\n---\nText.".split("\n")
    found = edited("\n".join(lines), renaming_module._with_former(lines, "old", "new"))
    assert found == f"---\n{expected}\n---\nText."
