"""What a person is told of a long build, and where its time went."""

from __future__ import annotations

import pytest

from generator import pace
from generator.course import Cost
from generator.pace import STAGES, Timed, Told


def test_the_table_has_every_stage_every_part_and_the_slowest_entries_first() -> None:
    timed = Timed()
    for stage in STAGES:
        timed.enter(stage)
    timed.spent([Cost("incident.html", "a.md", 0.25), Cost("reading of files", "a.md", 0.5), Cost("day.html", "", 4.0)])
    timed.spent([Cost("incident.html", "b.md", 1.0)])
    table = timed.table()
    assert all(words in table for words in STAGES.values())
    assert table.index("4.00       1  day.html") < table.index("1.25       2  incident.html")
    assert table.index("1.000  b.md") < table.index("0.750  a.md")


def test_a_short_build_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for is_terminal in (True, False):
        told = Told(Timed(), is_terminal=is_terminal)
        told.enter("read")
        told.advance(1, 2)
        told.enter("link")
        told.end()
    assert capsys.readouterr() == ("", "")


def test_a_long_build_has_a_bar_on_a_terminal_that_is_gone_in_the_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "LONG_SECONDS", 0.0)
    monkeypatch.setattr(pace, "STEP_SECONDS", 0.0)
    told = Told(Timed(), is_terminal=True)
    told.enter("pages")
    told.advance(1, 2)
    told.end()
    out, err = capsys.readouterr()
    assert out == ""
    assert "making pages" in err and " 50%" in err
    assert err.endswith("\r\033[K")


def test_a_long_build_has_a_line_a_stage_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "LONG_SECONDS", 0.0)
    told = Told(Timed(), is_terminal=False)
    told.enter("read")
    told.enter("link")
    told.enter("")
    told.end()
    assert capsys.readouterr().err == "reading entries · 0.0 s\nlinking · 0.0 s\n"
