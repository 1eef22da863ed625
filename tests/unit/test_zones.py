"""Time zones: which local times exist, and when."""

from __future__ import annotations

import datetime
import zoneinfo
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Fault
from generator.zones import known_zones, offset_text, unknown_zone_fault, utc_of, zone_fault

KYIV = "Europe/Kyiv"


def said(fault: Fault | None) -> str:
    return f"{fault.message} — {fault.hint}" if fault else "fine"


@pytest.mark.parametrize(
    ("day", "clock", "offset", "zone", "expected"),
    [
        ("2026-03-29", (2, 59), None, KYIV, "fine"),
        (
            "2026-03-29",
            (3, 0),
            None,
            KYIV,
            "03:00 does not exist on 2026-03-29 in Europe/Kyiv — clocks went from 03:00 to 04:00",
        ),
        (
            "2026-03-29",
            (3, 30),
            120,
            KYIV,
            "03:30 does not exist on 2026-03-29 in Europe/Kyiv — clocks went from 03:00 to 04:00",
        ),
        ("2026-03-29", (4, 0), None, KYIV, "fine"),
        (
            "2026-03-28",
            (27, 30),
            None,
            KYIV,
            "03:30 does not exist on 2026-03-28 in Europe/Kyiv — clocks went from 03:00 to 04:00",
        ),
        ("2026-10-25", (2, 59), None, KYIV, "fine"),
        (
            "2026-10-25",
            (3, 30),
            None,
            KYIV,
            "03:30 occurs twice on 2026-10-25 in Europe/Kyiv — write the offset: 03:30+03:00 or 03:30+02:00",
        ),
        ("2026-10-25", (3, 30), 120, KYIV, "fine"),
        ("2026-10-25", (3, 30), 180, KYIV, "fine"),
        (
            "2026-10-25",
            (3, 30),
            60,
            KYIV,
            "offset +01:00 is not that of Europe/Kyiv on 2026-10-25 — it was +03:00 or +02:00; write that, or 03:30 alone",
        ),
        ("2026-10-25", (4, 0), None, KYIV, "fine"),
        (
            "2026-07-01",
            (4, 11),
            120,
            KYIV,
            "offset +02:00 is not that of Europe/Kyiv on 2026-07-01 — it was +03:00; write that, or 04:11 alone",
        ),
        ("2026-07-01", (4, 11), 180, "Europe/Moscow", "fine"),
        ("2026-07-01", (4, 11), None, "Europe/Kiyv", 'unknown zone "Europe/Kiyv" — did you mean "Europe/Kyiv"?'),
        ("2026-07-01", (4, 11), None, "Moscow", 'unknown zone "Moscow" — write an IANA name, such as Europe/Moscow'),
    ],
)
def test_a_local_time_exists_once_or_says_why_not(
    day: str, clock: tuple[int, int], offset: int | None, zone: str, expected: str
) -> None:
    assert said(zone_fault(datetime.date.fromisoformat(day), clock[0] * 60 + clock[1], offset, zone)) == expected


@given(
    st.dates(datetime.date(1970, 1, 1), datetime.date(2030, 12, 31)),
    st.integers(0, 1439),
    st.sampled_from([KYIV, "Europe/Moscow", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]),
)
def test_the_instant_of_an_existing_local_time_leads_back_to_it(day: datetime.date, minutes: int, zone: str) -> None:
    if zone_fault(day, minutes, None, zone) is None:
        instant = utc_of(day, minutes, zone)
        local = datetime.datetime.combine(day, datetime.time(minutes // 60, minutes % 60))
        east = int((local - instant.replace(tzinfo=None)).total_seconds() // 60)
        assert zone_fault(day, minutes, east, zone) is None
        assert utc_of(day, minutes, zone, east) == instant


def test_an_hour_that_occurs_twice_is_told_apart_by_its_offset() -> None:
    day = datetime.date(2026, 10, 25)
    assert utc_of(day, 210, KYIV, 120) - utc_of(day, 210, KYIV, 180) == datetime.timedelta(hours=1)
    assert utc_of(day, 210, KYIV) == utc_of(day, 210, KYIV, 180)


def test_former_names_of_zones_are_known_but_never_proposed() -> None:
    assert {"Europe/Kiev", "Europe/Kyiv", "Europe/Moscow", "UTC"} <= known_zones()
    assert unknown_zone_fault("Europe/Kiev") is None


def test_no_zone_is_looked_up_on_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "ZoneInfo", SimpleNamespace(from_file=zoneinfo.ZoneInfo.from_file))
    expected = datetime.datetime(2025, 12, 14, 15, 42, tzinfo=datetime.UTC)
    assert utc_of(datetime.date(2025, 12, 15), 102, "Asia/Vladivostok") == expected


@pytest.mark.parametrize(("minutes", "text"), [(0, "+00:00"), (180, "+03:00"), (-210, "-03:30"), (345, "+05:45")])
def test_an_offset_is_written_with_its_sign(minutes: int, text: str) -> None:
    assert offset_text(minutes) == text
