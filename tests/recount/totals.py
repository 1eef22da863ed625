"""What each index page must count, from the source files, and every total on it that is another.

All that a page prints is compared: a total that nothing here expects is as wrong as one that is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from .days import span
from .nights import by_night
from .printed import Page, Pair, number
from .raw import Chronicle, Entry, counting, many, tag_id
from .site import Site
from .tolls import Toll, added, toll, with_possible

Counts = dict[str, Pair]
MONTHS = {
    "January": 1, "February": 2, "March": 3, "April": 4, "May": 5, "June": 6, "July": 7, "August": 8, "September": 9,
    "October": 10, "November": 11, "December": 12,
}  # fmt: skip


@dataclass
class Truth:
    """What a page must say: the entries certainly and possibly behind the figures at its head, and its totals by their form.

    Of the forms in `some` a page may show only the largest, or only those of some years.
    """

    sure: list[Entry] | None = None
    maybe: list[Entry] = field(default_factory=list)
    counts: dict[str, Counts] = field(default_factory=dict)
    some: frozenset[str] = frozenset()


# ---------------------------------------------------------------- where an entry stands


def certain_in(entry: Entry, first: date, last: date) -> bool:
    """Whether an entry that stands in some days of the calendar certainly belongs there."""
    when = entry.when
    if first <= when.first and when.last <= last:
        return not when.doubted
    return any(first <= day <= last for day in when.sure)


def stands_in(entry: Entry, home: str) -> bool:
    """Whether an entry stands on the page of a day, month, year or decade."""
    if len(home) == 10:
        return date.fromisoformat(home) in entry.when.shown
    if home.endswith("s"):
        return entry.when.home == home
    first, last = span(home)
    own = entry.when.home
    return any(first <= day <= last for day in entry.when.shown) or (own[: len(home)] == home and own[-1:] != "s")


def halves(entries: Iterable[Entry], home: str) -> tuple[list[Entry], list[Entry]]:
    """The entries that certainly and possibly stand on a page of the calendar."""
    here = [e for e in entries if stands_in(e, home)]
    first, last = span(home)
    sure = [e for e in here if certain_in(e, first, last)]
    return sure, [e for e in here if e not in sure]


def slot(entry: Entry) -> tuple[int, int]:
    """The year and month under which an entry stands in a long list, 0 where it is in none alone."""
    first, last = entry.when.first, entry.when.last
    short = (last - first).days < 7
    year = first.year if short or first.year == last.year else 0
    return year, first.month if year and (short or first.month == last.month) else 0


def of_slot(entries: Iterable[Entry], year: int, month: int = 0) -> tuple[list[Entry], list[Entry]]:
    """The entries under a year or month of a long list, certainly and possibly of it."""
    here = [e for e in entries if slot(e)[0] == year and (not month or slot(e)[1] == month)]
    bounds = span(f"{year}-{month:02}" if month else f"{year}") if year else (date.min, date.max)
    sure = [e for e in here if not year or certain_in(e, *bounds)]
    return sure, [e for e in here if e not in sure]


def address(home: str) -> str:
    return home.replace("-", "/") + ".html"


# ---------------------------------------------------------------- counts


def tallied(
    sure: Iterable[Entry], maybe: Iterable[Entry], keys: Callable[[Entry], Iterable[str]], where: str = "{}"
) -> Counts:
    """How many entries have each key, certainly and possibly; `where` makes the key's address."""
    known, perhaps = (Counter(key for e in found for key in keys(e)) for found in (sure, maybe))
    return {where.format(key): (known[key], perhaps[key]) for key in {*known, *perhaps}}


def by_city(sure: Iterable[Entry], maybe: Iterable[Entry] = ()) -> Counts:
    return tallied(sure, maybe, lambda e: e.cities, "cities/{}.html")


def by_day(entries: Iterable[Entry]) -> Counts:
    """The days with entries."""
    days = [(day.isoformat(), sure) for e in entries for day, sure in e.when.shown.items()]
    known, perhaps = (Counter(day for day, sure in days if sure is which) for which in (True, False))
    return {address(day): (known[day], perhaps[day]) for day in {*known, *perhaps}}


def by_home(entries: Iterable[Entry]) -> dict[str, Pair]:
    """The months, years and decades of what stands on no day."""
    found = {e.when.home for e in entries} - {""}
    at = {home: [e for e in entries if e.when.home == home] for home in found}
    return {
        h: (len([e for e in at[h] if certain_in(e, *span(h))]), len([e for e in at[h] if not certain_in(e, *span(h))]))
        for h in found
    }


def by_slot(entries: list[Entry], where: Callable[[int], str]) -> Counts:
    years = {slot(e)[0] for e in entries}
    return {where(y): tuple(map(len, of_slot(entries, y))) for y in years}  # type: ignore[misc]


def year_title(year: int) -> str:
    return str(year) if year else "Not in one year alone"


def long_list(entries: list[Entry], path: str, section: str) -> dict[str, Counts]:
    """What stands above a long list: its years, as parts of the page or as pages of their own."""
    stem = path.removesuffix(".html")
    return {
        "section": by_slot(entries, year_title),
        f"column {section}": by_slot(entries, lambda y: f"{stem}/{y or 'no-year'}.html"),
    }


def part(entries: list[Entry], stem: str, name: str) -> Truth:
    """One year or month of a long list that is split."""
    year, month = (0, 0) if name == "no-year" else (int(name[:4]), int(name[5:] or 0))
    sure, maybe = of_slot(entries, year, month)
    months = {m: tuple(map(len, of_slot(entries, year, m))) for m in range(1, 13)} if year else {}
    rest = [e for e in (*sure, *maybe) if not slot(e)[1]]
    counts = {
        "section": {f"{name} {year}": months[m] for name, m in MONTHS.items() if m in months and sum(months[m])}
        | {"Not in one month alone": (len([e for e in rest if e in sure]), len([e for e in rest if e in maybe]))},
        "column ": {f"{stem}/{year}-{m:02}.html": n for m, n in months.items() if sum(n)},
    }
    return Truth(sure, maybe, counts)  # type: ignore[arg-type]


# ---------------------------------------------------------------- pages


def truth_of(c: Chronicle, page: Page) -> Truth | None:
    """What a page must say; None for a page that lists no entries."""
    for pattern, tell in FAMILIES:
        found = re.fullmatch(pattern, page.path)
        if found:
            return tell(c, page, *found.groups())
    return None


def _city(c: Chronicle, page: Page, id: str) -> Truth:
    if id not in c.cities:  # a former id, whose page leads on
        return Truth()
    here = [e for e in c.entries if id in e.cities]
    vague = {address(h): n for h, n in by_home(here).items() if not h.endswith("s")}
    kinds = tallied([e for e in here if e.kind in c.site.get("kinds", {})], (), lambda e: [e.kind], "kinds/{}.html")
    inner = [other for other, city in c.cities.items() if city.get("part_of") in (id, c.cities[id]["name"])]
    counts = long_list(here, page.path, "incidents") | {
        "drawn": by_day(here), "table": by_day(here) | vague, "strip": vague, "bar": kinds | _damage(here),
        "column inner": {f"cities/{i}.html": (len([e for e in c.entries if i in e.cities]), 0) for i in inner},
    }  # fmt: skip
    return Truth(here, [], counts, frozenset({"drawn", "table", "strip", "bar"}))


def _damage(entries: Iterable[Entry]) -> Counts:
    sure: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for entry in entries:
        if not entry.discounted:
            damage = many(entry.given.get("damage"))
            told.update({d["what"] for d in damage})
            sure.update({d["what"] for d in damage if d.get("severity") != "possible"})
    return {what: (sure[what], told[what] - sure[what]) for what in told}


def _city_part(c: Chronicle, page: Page, id: str, name: str) -> Truth:
    here = [e for e in c.entries if id in e.cities]
    found = part(here, f"cities/{id}", name)
    vague = {address(h): n for h, n in by_home(here).items() if not h.endswith("s")}
    found.counts |= {"drawn": by_day(here), "table": by_day(here) | vague, "strip": vague}
    found.some = frozenset({"drawn", "table", "strip"})
    return found


def _theme(c: Chronicle, page: Page, family: str, id: str) -> Truth:
    here = _of_theme(c, family, id)
    maybe = [e for e in c.entries if family == "waves" and id in e.perhaps]
    counts = long_list(here, page.path, "list") | {"column places": by_city(here, maybe), "drawn": by_city(here)}
    return Truth(
        here, maybe, counts | {"column maybe": by_city(maybe)}, frozenset({"column places", "drawn", "column maybe"})
    )


def _theme_part(c: Chronicle, page: Page, family: str, id: str, name: str) -> Truth:
    return part(_of_theme(c, family, id), f"{family}/{id}", name)


def _of_theme(c: Chronicle, family: str, id: str) -> list[Entry]:
    keys = {"kinds": lambda e: (e.kind,), "tags": lambda e: e.tags, "waves": lambda e: e.waves}[family]
    return [e for e in c.entries if id in keys(e)]


def _incidents(c: Chronicle, page: Page) -> Truth:
    return Truth(c.entries, [], long_list(c.entries, page.path, ""))


def _incidents_part(c: Chronicle, page: Page, name: str) -> Truth:
    return part(c.entries, "incidents", name)


def _day(c: Chronicle, page: Page, year: str, month: str, day: str) -> Truth:
    sure, maybe = halves(c.entries, f"{year}-{month}-{day}")
    alike = {p: n for p, n in by_day(c.entries).items() if p[4:] == page.path[4:] and p != page.path}
    nights = by_night(c, date(int(year), int(month), int(day)))
    counts = {"column cities": by_city(sure, maybe), "column years": alike, "night": nights}
    return Truth(sure, maybe, counts, frozenset({"column years"}))


def _month(c: Chronicle, page: Page, year: str, month: str) -> Truth:
    sure, maybe = halves(c.entries, f"{year}-{month}")
    days = {p: n for p, n in by_day(c.entries).items() if p.startswith(f"{year}/{month}/")}
    vague = [e for e in c.entries if e.when.home == f"{year}-{month}"]
    counts = {"grid": days, "column cities": by_city(sure, maybe), "column undated": by_city(vague)}
    return Truth(sure, maybe, counts, frozenset({"column undated"}))


def _year(c: Chronicle, page: Page, year: str) -> Truth:
    sure, maybe = halves(c.entries, year)
    days = {p: n for p, n in by_day(c.entries).items() if p.startswith(f"{year}/")}
    strip = {f"{address(h)}#undated": n for h, n in by_home(c.entries).items() if h[:4] == year and h[-1] != "s"}
    vague = [e for e in c.entries if e.when.home == year]
    counts = {"bar": _months(c, year), "drawn": days, "strip": strip, "column undated": by_city(vague)}
    return Truth(sure, maybe, counts, frozenset({"column undated"}))


def _months(c: Chronicle, year: str) -> Counts:
    found = {f"{year}-{m:02}": tuple(map(len, halves(c.entries, f"{year}-{m:02}"))) for m in range(1, 13)}
    return {address(home): n for home, n in found.items() if sum(n)}  # type: ignore[misc]


def _decade(c: Chronicle, page: Page, decade: str) -> Truth:
    sure, maybe = halves(c.entries, f"{decade}s")
    counts = {
        "column years": {p: n for p, n in _years(c).items() if p[:3] == decade[:3]},
        "column undated": by_city([*sure, *maybe]),
    }
    return Truth(sure, maybe, counts, frozenset({"column undated"}))


def _years(c: Chronicle) -> Counts:
    every = {str(d.year) for e in c.entries for d in e.when.shown} | {
        e.when.home[:4] for e in c.entries if e.when.home and e.when.home[-1] != "s"
    }
    return {address(y): tuple(map(len, halves(c.entries, y))) for y in every}  # type: ignore[misc]


def _dates(c: Chronicle, page: Page) -> Truth:
    years = _years(c)
    months = {p: n for y in years for p, n in _months(c, y[:4]).items()}
    decades = {address(h): n for h, n in by_home(c.entries).items() if h[-1] == "s"}
    counts = {"cell": years | months, "column years": years, "column vague": decades | by_city(c.entries)}
    return Truth(None, [], counts, frozenset({"cell", "column years", "column vague"}))


def _cities(c: Chronicle, page: Page) -> Truth:
    every = dict.fromkeys((f"cities/{id}.html" for id in c.cities), (0, 0)) | by_city(c.entries)
    return Truth(None, [], {"cell": every, "drawn": every, "column": every}, frozenset({"cell", "drawn", "column"}))


def _kinds(c: Chronicle, page: Page) -> Truth:
    kinds = {f"kinds/{k}.html": (len(_of_theme(c, "kinds", k)), 0) for k in c.site.get("kinds", {})}
    return Truth(None, [], {"cell": kinds, "column tags": _tags(c)})


def _tags(c: Chronicle) -> Counts:
    return tallied(c.entries, (), lambda e: e.tags, "tags/{}.html")


def _tag_index(c: Chronicle, page: Page) -> Truth:
    return Truth(None, [], {"column ": _tags(c)})


def _waves(c: Chronicle, page: Page) -> Truth:
    return Truth(
        None,
        [],
        {
            "cell": {
                f"waves/{w}.html": (len(_of_theme(c, "waves", w)), len([e for e in c.entries if w in e.perhaps]))
                for w in c.waves
            }
        },
    )


def _documents(c: Chronicle, page: Page, *_: str) -> Truth:
    """Sources and publishers count documents, and how many entries rest on each."""
    houses = _houses(c)
    resting = {f"sources/{s}.html": (len([e for e in c.entries if s in e.seeds]), 0) for s in c.seeds}
    described = {f"publishers/{id}.html" for id in c.publishers}
    counts = {
        "document": resting,
        "cell": {p: houses.get(p, (0, 0)) for p in described},
        "column named": {p: n for p, n in houses.items() if p not in described},
        "column publishers": houses,
    }
    some = {"document", "cell", "column named", "column publishers"}
    if page.path == "sources.html":
        counts["column kinds"] = tallied_documents(c, lambda s: s.get("kind", "kind not given").replace("-", " "), "{}")
        counts["column years"] = tallied_documents(
            c, lambda s: s.get("published", "undated")[:4].replace("unda", "undated"), "sources/{}.html"
        )
    elif found := re.fullmatch(r"publishers/([^/]+)\.html", page.path):
        own = {id: s for id, s in c.seeds.items() if _house_of(c, s) == found[1]}
        stem = page.path.removesuffix(".html")
        years = Counter(s.get("published", "undated")[:4].replace("unda", "undated") for s in own.values())
        counts["column documents"] = {f"{stem}/{y}.html": (n, 0) for y, n in years.items()}
        counts["section"] = {y.capitalize(): (n, 0) for y, n in years.items()}
    return Truth(None, [], counts, frozenset(some))


def tallied_documents(c: Chronicle, key: Callable[[dict], str], where: str) -> Counts:
    return {where.format(k): (n, 0) for k, n in Counter(key(s) for s in c.seeds.values()).items()}


def _citing(c: Chronicle) -> dict[str, int]:
    """How many entries cite each publisher, by the address of its page; a document without a file may name one too."""
    found: Counter[str] = Counter()
    for entry in c.entries:
        named = [s for s in entry.given.get("sources", []) if isinstance(s, dict) and "url" in s and "publisher" in s]
        found.update({_house_of(c, seed) for seed in (*named, *(c.seeds[s] for s in entry.seeds if s in c.seeds))})
    return {f"publishers/{id}.html": n for id, n in found.items()}


def _house_of(c: Chronicle, seed: dict) -> str:
    """The publisher of a document, by the id of its page."""
    return c.house_names.get(seed["publisher"].casefold()) or tag_id(seed["publisher"])


@cache
def _houses(c: Chronicle) -> Counts:
    """The documents of each publisher, by the address of its page."""
    found = Counter(_house_of(c, seed) for seed in c.seeds.values())
    return {f"publishers/{id}.html": (n, 0) for id, n in found.items()}


def _home(c: Chronicle, page: Page) -> Truth:
    """The home page shows the months that stand in its heading."""
    told = re.search(r"The last \w+ months (\w+) (\d{4}) to (\w+) (\d{4})", page.main.text)
    if not told:
        return Truth(some=frozenset({"drawn"}))
    first = date(int(told[2]), MONTHS[told[1]], 1)
    last = span(f"{told[4]}-{MONTHS[told[3]]:02}")[1]
    days = {p: n for p, n in by_day(c.entries).items() if address(f"{first}") <= p <= address(f"{last}")}
    years = range(first.year, last.year + 1)
    months = {
        p: n
        for y in years
        for p, n in _months(c, f"{y}").items()
        if address(f"{first:%Y-%m}") <= p <= address(f"{last:%Y-%m}")
    }
    counts = {"drawn": days | by_city(c.entries), "column months": months} | _last_months(c, first, last)
    return Truth(None, [], counts, frozenset({"drawn", "column cities"}))


def _last_months(c: Chronicle, first: date, last: date) -> dict[str, Counts]:
    """The cities of what certainly and possibly lies between two days, and what of it stands on no day."""
    how = {e.id: e.when.within(first, last) for e in c.entries}
    sure, maybe = ([e for e in c.entries if how[e.id] == which] for which in ("sure", "maybe"))
    homes = {e.when.home for e in (*sure, *maybe)} - {""}
    strip = {
        f"{address(h)}#undated": (
            len([e for e in sure if e.when.home == h]),
            len([e for e in maybe if e.when.home == h]),
        )
        for h in homes
    }
    return {"column cities": by_city(sure, maybe), "strip": strip}


FAMILIES: tuple[tuple[str, Callable[..., Truth]], ...] = (
    (r"cities/([^/]+)\.html", _city),
    (r"cities/([^/]+)/([^/]+)\.html", _city_part),
    (r"(kinds|tags|waves)/([^/]+)\.html", _theme),
    (r"(kinds|tags|waves)/([^/]+)/([^/]+)\.html", _theme_part),
    (r"incidents\.html", _incidents),
    (r"incidents/(\d{4}|\d{4}-\d\d|no-year)\.html", _incidents_part),
    (r"(\d{4})/(\d\d)/(\d\d)\.html", _day),
    (r"(\d{4})/(\d\d)\.html", _month),
    (r"(\d{4})\.html", _year),
    (r"(\d{4})s\.html", _decade),
    (r"dates\.html", _dates),
    (r"cities\.html", _cities),
    (r"kinds\.html", _kinds),
    (r"tags\.html", _tag_index),
    (r"waves\.html", _waves),
    (r"(sources|publishers)\.html", _documents),
    (r"(publishers)/[^/]+\.html", _documents),
    (r"index\.html", _home),
)


# ---------------------------------------------------------------- what is wrong

FORCED = frozenset({"night", "grid", "bar", "cell", "column cities", "strip"})
"""Forms that a page must have where there is anything to count; of others, all or nothing."""


SENTENCE = r"([\d,]+|No) incidents?(?! may)(?:.*?and (one|[\d,]+) that may belong| is certain .*; (one|[\d,]+) incidents? may)?"
"""`12 incidents … and 2 that may belong to it`, `No incident is certain …; one incident may belong to it`."""


def miscounted_totals(c: Chronicle, site: Site) -> list[str]:
    """Every total of every index page that is not as the source files say."""
    wrong: list[str] = []
    for path in site:
        if not any(re.fullmatch(pattern, path) for pattern, _ in FAMILIES):
            continue
        page = site.page(path)
        truth = truth_of(c, page)
        if truth:
            wrong += (f"{page.path}: {line}" for line in (*_wrong_figures(c, page, truth), *_wrong_counts(page, truth)))
    return wrong + list(_wrong_sentences(c, site))


def _wrong_counts(page: Page, truth: Truth) -> Iterator[str]:
    told: dict[str, Counts] = {}
    for form, of, value in page.totals():
        told.setdefault(form, {})[of] = value
        expected = truth.counts.get(form, {}).get(of)
        if expected != value:
            yield f"{form} of {of or 'nothing'}: prints {value}, counted {expected}"
    for form, counts in truth.counts.items():
        if (form in told or form in FORCED) and form != "document":
            yield from _missing(form, told.get(form, {}), counts, form in truth.some)


def _missing(form: str, told: Counts, counts: Counts, is_part: bool) -> Iterator[str]:
    """What is not printed: of a part, what is larger than something that is, or of a year that is drawn."""
    absent = {of: n for of, n in counts.items() if sum(n) and of not in told}
    drawn = {of[:4] for of in told if re.match(r"\d{4}/", of)}
    for of, n in absent.items():
        smaller = [value for other, value in told.items() if not other[:1].isdigit() and value < n]
        if not is_part or of[:4] in drawn or (smaller and not of[:1].isdigit()):
            yield f"{form} of {of}: prints nothing, counted {n}"


def _wrong_figures(c: Chronicle, page: Page, truth: Truth) -> Iterator[str]:
    """The figures at the head of a page that differ, as intervals."""
    figures = page.figures()
    if truth.sure is None:
        return
    if not truth.sure and not truth.maybe:
        yield from ("figures of no entry",) if figures else ()
        return
    sure, maybe = counting(c, truth.sure, truth.maybe)
    for of, (value, more, told) in figures.items():
        for expected in _figure(of, sure, maybe, len(truth.sure)):
            found = (toll(value) if value else None, toll(more) if more else None, told)
            if found != expected:
                yield f"{of}: prints {found}, counted {expected}"
    if figures.keys() != {"incident", "killed", "injured"}:
        yield f"figures of {sorted(figures)}"
    if page.sentence.startswith(("Newest first", "Each month")):  # a part of a long list has figures alone
        return
    lede = re.search(SENTENCE, page.sentence)
    said = {"No": "0", "one": "1", None: "0"}
    numbers = [number(said.get(n, n or "0")) for n in (lede[1], lede[2] or lede[3])] if lede else []
    if numbers != [len(sure), len(maybe)] and not (page.path[:1].isdigit() and page.path.endswith("s.html")):
        yield f"its first sentence says {numbers}, counted {[len(sure), len(maybe)]}: {page.sentence}"


def _figure(
    of: str, sure: list[Entry], maybe: list[Entry], entries: int
) -> Iterator[tuple[Toll | None, Toll | None, tuple[int, ...]]]:
    """What a figure must be: its interval, that with what is possible where it is another, and of how many entries it is told."""
    if of == "incident":
        told = (entries,) if entries != len(sure) else ()
        yield Toll(len(sure), len(sure), False), Toll(len(maybe), len(maybe), False) if maybe else None, told
        return
    known, perhaps = ([e.tolls[of] for e in found if of in e.tolls] for found in (sure, maybe))
    total, most = added(known), with_possible(known, perhaps)
    told = (len(known), len(sure)) if total and len(known) < len(sure) else ()
    yield total, most if most != total else None, told


def _wrong_sentences(c: Chronicle, site: Site) -> Iterator[str]:
    """Totals that stand in sentences: on the home page, the overview of dates, sources and publishers."""
    incidents = len(counting(c, c.entries)[0])
    cities = len({city for e in c.entries for city in e.cities})
    resting = {f"sources/{s}.html": [e for e in c.entries if s in e.seeds] for s in c.seeds}
    wanted = {
        "index.html": (r"([\d,]+) incidents? in ([\d,]+) cit", (incidents, cities)),
        "dates.html": (r"^([\d,]+) incident", (incidents,)),
    }
    wanted |= {p: (r"([\d,]+|No) entr(?:y|ies) rests? on", (len(found),)) for p, found in resting.items()}
    wanted |= {p: (r"^([\d,]+|No) document", (n,)) for p, (n, _) in _houses(c).items()}
    wanted |= {f"{p} ": (r"([\d,]+|No) entr(?:y|ies) (?:rests? on|cites? it)", (n,)) for p, n in _citing(c).items()}
    wanted["sources.html"] = (r"([\d,]+) document", (len(c.seeds),))
    for name, (pattern, numbers) in wanted.items():
        path = name.strip()
        if path in site and (numbers[0] or path not in ("index.html", "dates.html")):
            page = site.page(path)
            told = re.search(pattern, page.main.text if path == "index.html" else page.lede)
            found = tuple(0 if n == "No" else number(n) for n in told.groups()) if told else ()
            if found != numbers:
                yield f"{path}: says {found}, counted {numbers}"
