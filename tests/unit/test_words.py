"""Words: what a reader sees is never more exact than what is known."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import CATALOGUES
from generator.counts import Count, parse_count
from generator.edtf import Edtf, parse_edtf
from generator.locales import NO_BREAK, Width, calendar_text, locale_of, patterns_of
from generator.model import OUTCOMES, Outcome, TimeOf
from generator.moments import Moment, parse_moment
from generator.times import PARTS, Time, parse_time
from generator.words import Words

CASES = Path(__file__).parents[1] / "cases" / "dates"
ENGLISH = Words("en")
LANGUAGES = ["en", "ru", "uk", "de", "ja"]


def cases(name: str) -> list[tuple[str, str]]:
    """The lines `input => expected` of a case file."""
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [
        (left, right) for left, mark, right in (line.partition(" => ") for line in lines if line[:1] != "#") if mark
    ]


def plain(text: str) -> str:
    """The text with ordinary blanks."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def date_of(text: str) -> Edtf:
    date = parse_edtf(text)
    assert isinstance(date, Edtf), date
    return date


def time_of(text: str) -> Time:
    time = parse_time(text)
    assert isinstance(time, Time), time
    return time


def count_of(text: str) -> Count:
    count = parse_count(text)
    assert isinstance(count, Count), count
    return count


def moment_of(text: str) -> Moment:
    moment = parse_moment(text)
    assert isinstance(moment, Moment), moment
    return moment


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [(lang, *case) for lang in ("en", "ru", "uk", "de") for case in cases(f"words-{lang}")],
)
def test_a_date_reads_as_its_case_says(lang: str, text: str, expected: str) -> None:
    assert plain(Words(lang).date_text(date_of(text))) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"), [(lang, *case) for lang in ("en", "ru", "uk") for case in cases(f"when-{lang}")]
)
def test_a_date_with_a_time_reads_as_its_case_says(lang: str, text: str, expected: str) -> None:
    date, _, rest = text.partition(" @ ")
    time, _, of = rest.partition(" ")
    kinds: dict[str, TimeOf] = {"statement": "statement", "alert": "alert"}
    assert (
        plain(Words(lang).when_text(date_of(date), time_of(time) if time else None, kinds.get(of, "event"))) == expected
    )


years = st.integers(1990, 2060)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))


@given(months, st.sampled_from(["", "~", "?", "%", "-XX"]), st.sampled_from(LANGUAGES))
def test_a_date_known_to_the_month_is_never_shown_as_a_day(month: str, sign: str, lang: str) -> None:
    date = date_of(month + sign)
    for text in (Words(lang).date_text(date), Words(lang).short_date_text(date), Words(lang).when_text(date)):
        numbers = "".join(c if c.isdigit() else " " for c in text).split()
        assert set(numbers) <= {month[:4], str(int(month[5:]))}
        assert numbers.count(str(int(month[5:]))) <= (lang == "ja")


@given(
    st.lists(days, min_size=2, max_size=4, unique=True), st.sampled_from(["[{}]", "{{{}}}"]), st.sampled_from(LANGUAGES)
)
def test_the_words_of_a_set_name_all_members(members: list[datetime.date], brackets: str, lang: str) -> None:
    date = date_of(brackets.format(",".join(map(str, members))))
    for text in (Words(lang).date_text(date), Words(lang).short_date_text(date)):
        numbers = "".join(c if c.isdigit() else " " for c in text).split()
        assert all(str(d.day) in numbers and str(d.year) in numbers for d in members)


@given(days, days, st.sampled_from(LANGUAGES))
def test_the_words_of_an_interval_name_both_ends(a: datetime.date, b: datetime.date, lang: str) -> None:
    first, last = sorted((a, b))
    if first != last:
        numbers = "".join(c if c.isdigit() else " " for c in Words(lang).date_text(date_of(f"{first}/{last}"))).split()
        assert {str(first.day), str(first.year), str(last.day), str(last.year)} <= set(numbers)


@given(days, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
def test_a_datetime_attribute_says_what_is_written_and_no_more(day: datetime.date, shape: str) -> None:
    written = day.strftime(shape)
    assert ENGLISH.datetime_attribute(date_of(written)) == written
    for sign in "~?%":
        assert ENGLISH.datetime_attribute(date_of(written + sign)) is None


@pytest.mark.parametrize(
    "text",
    [
        "[2025-12-14,2025-12-15]",
        "{2025-12-14,2025-12-15}",
        "2025-12-14/2025-12-15",
        "../2025-03",
        "2025-07-2X",
        "202X",
        "20XX",
    ],
)
def test_a_date_that_html_cannot_say_has_no_datetime_attribute(text: str) -> None:
    assert ENGLISH.datetime_attribute(date_of(text)) is None


def test_the_day_stays_on_the_line_of_its_month() -> None:
    assert ENGLISH.date_text(date_of("2025-12-15")) == "15\u00a0December 2025"
    assert ENGLISH.short_date_text(date_of("2025-12-15")) == "15\u00a0Dec 2025"


# ---------------------------------------------------------------- times and moments


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("01:42", "01:42"),
        ("~00:32", "about 00:32"),
        ("23:49/00:08", "between 23:49 and 00:08"),
        ("../01:51", "before 01:51"),
        ("02:00/..", "after 02:00"),
        ("early-morning", "in the early morning"),
        ("overnight", "overnight"),
    ],
)
def test_a_time_reads_as_it_is_known(time: str, expected: str) -> None:
    assert ENGLISH.time_text(time_of(time)) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2025-12-15", "15 December 2025"),
        ("2025-12-15 early-morning", "15 December 2025, in the early morning"),
        ("2025-12-15T01:42+03:00", "15 December 2025 at 01:42 (UTC+03:00)"),
        ("2025-12-14T22:42Z", "14 December 2025 at 22:42 (UTC)"),
    ],
)
def test_a_moment_reads_with_its_zone(moment: str, expected: str) -> None:
    assert plain(ENGLISH.moment_text(moment_of(moment))) == expected


def test_a_local_time_is_given_in_utc_with_its_own_day() -> None:
    assert ENGLISH.utc_text(datetime.date(2025, 12, 15), 102, "Europe/Moscow") == "2025-12-14 22:42 UTC"


def test_a_night_names_both_days() -> None:
    assert plain(ENGLISH.night_text(datetime.date(2025, 12, 14))) == "the night of 14 to 15 December 2025"
    assert plain(ENGLISH.night_text(datetime.date(2025, 12, 31))) == "the night of 31 December 2025 to 1 January 2026"
    assert plain(Words("ru").night_text(datetime.date(2025, 12, 14))) == "ночь с 14 на 15 декабря 2025 г."


# ---------------------------------------------------------------- counts


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("6", "6"),
        ("2-4", "2–\u20604"),
        ("40+", "40 or more"),
        ("~30", "about 30"),
        ("~30+", "about 30 or more"),
        ("1200-1500", "1,200–\u20601,500"),
    ],
)
def test_a_count_reads_as_it_is_known(count: str, expected: str) -> None:
    assert ENGLISH.count_text(count_of(count)) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_nobody_hurt_and_nobody_reported_are_told_apart(lang: str, outcome: Outcome) -> None:
    phrases = {
        Words(lang).toll_phrase(outcome, count) for count in (None, count_of("0"), count_of("0-3"), count_of("2"))
    }
    assert len(phrases) == 4


def test_harm_reads_as_a_phrase() -> None:
    assert ENGLISH.toll_phrase("injured", count_of("2-4")) == "2–\u20604 injured"
    assert ENGLISH.toll_phrase("injured", count_of("0")) == "nobody hurt"
    assert ENGLISH.toll_phrase("killed", None) == "killed: not reported"


def test_a_noun_takes_the_form_that_its_number_asks_for() -> None:
    forms = {"one": "{} случай", "few": "{} случая", "many": "{} случаев", "other": "{} случая"}
    assert [Words("ru").plural(n, **forms) for n in (1, 3, 5, 21)] == ["1 случай", "3 случая", "5 случаев", "21 случай"]
    assert [ENGLISH.plural(n, one="{} incident", other="{} incidents") for n in (0, 1, 2)] == [
        "0 incidents",
        "1 incident",
        "2 incidents",
    ]


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize("lang", sorted(CATALOGUES))
def test_a_catalogue_has_a_word_for_every_part_and_outcome(lang: str) -> None:
    catalogue = CATALOGUES[lang]
    assert set(catalogue.parts) == set(PARTS)
    assert set(catalogue.outcomes) == set(catalogue.nobody) == set(OUTCOMES)


@pytest.mark.parametrize("tag", ["en-US", "zh-Hant", "sr-Latn-RS", "xx", "tlh", "en-x-private"])
def test_any_language_tag_gives_words(tag: str) -> None:
    words = Words(tag)
    assert "2025" in words.date_text(date_of("[2025-12-14,2025-12-15]"))
    assert words.list_text(["a", "b", "c"])


def test_names_come_in_the_language_of_the_page() -> None:
    assert (ENGLISH.language_name("uk"), ENGLISH.country_name("RU")) == ("Ukrainian", "Russia")
    assert (Words("ru").language_name("uk"), Words("ru").country_name("RU")) == ("украинский", "Россия")
    assert (ENGLISH.language_name("xx"), ENGLISH.country_name("XX")) == ("xx", "XX")
    assert (ENGLISH.weekday(datetime.date(2025, 12, 15)), ENGLISH.month_name(2025, 12)) == ("Monday", "December 2025")
    assert ENGLISH.list_text(["a", "b", "c"]) == "a, b and c"
    assert ENGLISH.list_text([]) == ""


def test_babel_is_imported_only_when_a_word_is_asked_for() -> None:
    script = (
        "import sys, generator.words; assert not any(m.partition('.')[0] in ('babel', 'zoneinfo') for m in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])


# ---------------------------------------------------------------- what is put together from pieces that are kept


@given(
    st.dates(datetime.date(1000, 1, 1)),
    st.sampled_from([*LANGUAGES, "fa", "th", "ar", "hu", "zh-Hant", "lt", "eu"]),
    st.sampled_from(["long", "short"]),
)
def test_a_day_in_words_is_what_babel_writes(day: datetime.date, lang: str, width: Width) -> None:
    patterns = patterns_of(lang, width)
    for pattern in (*msgspec.structs.astuple(patterns), "cccc", "ccc", "LLLL", "LLL"):
        written = format_date(day, pattern, locale_of(lang)) if pattern else ""
        assert calendar_text(day, pattern, lang).replace(NO_BREAK, " ") == written.replace(NO_BREAK, " ")
