"""What an answer makes of what is told of a new entry so far, judged by the rules for entries; or why it does not do."""

from __future__ import annotations

import datetime

import msgspec

from .checks import ONE_DAY
from .days import likely_date
from .dialogue import MOST_CHOICES, Begun, Choice, Refusal, Taken, offered, refused, with_seed, with_told
from .edtf import parse_edtf
from .known import Known, spellings
from .model import City
from .names import folded
from .newentry import NewEntry, entry_text
from .parse import parsed
from .problems import Fault, did_you_mean, errors
from .reader import required_keys
from .reports import Report, new_seed, report_of, seeds_like
from .routes import is_slug, slug_of


def take_source(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    """The report that the entry begins with; a part of what a seed is called offers the seeds."""
    if not text:
        return begun
    report = report_of(known, text)
    if isinstance(report, Report):
        sources = tuple(dict.fromkeys((*begun.wanted.sources, report.cite)))
        return with_told(msgspec.structs.replace(begun, report=begun.report or report), sources=sources)
    found = seeds_like(known, text) if report.rule == "unknown-source" else ()
    return offered(refused("source", report), text, [Choice(id, _seed_label(known, id)) for id in found])


def _seed_label(known: Known, id: str) -> str:
    document = known.seeds[id].document
    return f"{', '.join(filter(None, (document.title or document.url, document.publisher)))} ({id})"


def take_seed(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    """Whether an address gets a seed of its own, which the entry then cites."""
    is_wanted = _yes_or_no("seed", text)
    if isinstance(is_wanted, Refusal):
        return is_wanted
    if not is_wanted or begun.report is None or begun.report.is_seed:
        return begun
    url = begun.report.cite
    seed = new_seed(known, url)
    sources = tuple(seed.id if source == url else source for source in begun.wanted.sources)
    return with_told(msgspec.structs.replace(begun, seed=seed), sources=sources)


YES, NO = ("y", "yes", "да", "так"), ("", "n", "no", "нет", "ні")


def _yes_or_no(key: str, text: str) -> bool | Refusal:
    """Whether an answer is yes, and none is no; anything else is asked again."""
    word = text.casefold()
    return (
        word in YES
        if word in (*YES, *NO)
        else refused(key, Fault("unknown-word", f'"{text}" is neither', "type y or n"))
    )


def take_publisher(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    if not text:
        return refused("publisher", Fault("empty-value", "the publisher is empty", "give the name of who published it"))
    return with_seed(begun, publisher=text)


def take_headline(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    return with_seed(begun, title=text)


def take_title(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    if not text:
        return refused("title", Fault("empty-value", "the title is empty", "give the headline of the entry"))
    told = with_told(begun, title=" ".join(text.split()))
    draft = NewEntry(title=told.wanted.title, date="2000-01-01", city="nowhere")
    faults = errors(parsed("content/incidents/2000/2000-x.md", entry_text(draft, today)).problems)
    return refused("title", Fault(faults[0].rule, faults[0].message, faults[0].hint)) if faults else told


def take_date(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    if not text:
        return refused(
            "date", Fault("empty-value", "the date is empty", "give the day, or the month or year, of the incident")
        )
    date = parse_edtf(text)
    if isinstance(date, Fault):
        return refused("date", date, likely_date(text) or "")
    if date.earliest is not None and date.earliest - ONE_DAY > today:
        return refused("date", Fault("future-date", f'"{date.text}" lies in the future', "look at the year"))
    return with_told(begun, date=date.text)


def take_city(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    """The city of exactly this name; a part of a name, in any script, offers the cities whose names hold it."""
    found = known.city_names.find(text)
    if len(found) == 1:
        return with_told(begun, city=found[0])
    if found:
        fault = Fault("unknown-city", f'"{text}" stands for {len(found)} places', f"give one of: {', '.join(found)}")
    elif text:
        fault = Fault("unknown-city", f'no city has the id or name "{text}"', _city_advice(known, text))
    else:
        fault = Fault("empty-value", "the city is empty", "give any of its names")
    choices = [Choice(id, city_label(known, id)) for id in found or cities_like(known, text)]
    return offered(refused("city", fault), text, choices)


def _city_advice(known: Known, text: str) -> str:
    """What to give instead of a name that no city bears."""
    like = cities_like(known, text)
    near = did_you_mean(text, [*known.cities, *(city.name for city in known.cities.values())])
    if not near and 0 < len(like) <= MOST_CHOICES:
        return f"did you mean {' or '.join(like)}?"
    file = f"content/cities/{slug_of(text) or 'its-name'}.md"
    return (
        near
        or f"write {file} first, with {', '.join(sorted(required_keys(City)))} (docs/front-matter.md tells of each)"
    )


def cities_like(known: Known, text: str) -> tuple[str, ...]:
    """The cities of whose names a text is a part, those first whose names begin with it."""
    part = folded(text)
    places = {
        id: min((folded(name).find(part) for name in names if part in folded(name)), default=-1)
        for id, names in _names(known).items()
    }
    return tuple(
        sorted((id for id, place in places.items() if part and place >= 0), key=lambda id: (places[id] > 0, id))
    )


def _names(known: Known) -> dict[str, tuple[str, ...]]:
    return {id: (id, *spellings(city)) for id, city in known.cities.items()}


def city_label(known: Known, id: str) -> str:
    """A city as it is offered: `Kursk, Kursk Oblast, RU (kursk)`."""
    city = known.cities[id]
    return f"{', '.join(filter(None, (city.name, city.region, city.country)))} ({id})"


def kind_choices(known: Known) -> tuple[Choice, ...]:
    """The kinds of the site, in its order."""
    return tuple(Choice(id, f"{next(iter(kind.label.values()), id)} ({id})") for id, kind in known.kinds.items())


def take_kind(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    words = {folded(word): id for id, kind in known.kinds.items() for word in (id, *kind.label.values())}
    id = text if text in known.kinds else words.get(folded(text))
    if text and id is None:
        return _no_kind(known, text)
    return with_told(begun, kind=id or "")


def _no_kind(known: Known, text: str) -> Refusal:
    """Why a text is no kind: with the kinds of whose names it is a part, else the nearest, else all of them."""
    part = folded(text)
    found = [choice for choice in kind_choices(known) if part and part in folded(choice.label)]
    labels = [label for kind in known.kinds.values() for label in kind.label.values()]
    near = did_you_mean(text, known.kinds) or did_you_mean(text, labels)
    hint = near or f"one of: {', '.join(choice.value for choice in found) or ', '.join(known.kinds)}"
    refusal = refused("kind", Fault("unknown-kind", f'site.yaml has no kind "{text}"', hint))
    return offered(refusal, text, found)


def take_id(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    if not is_slug(text):
        hint = "give one with --id: a–z, 0–9 and single hyphens, 1–80 letters"
        return refused("id", Fault("bad-id", f'"{text}" is not an id', hint))
    if text in known.taken:
        return refused("id", Fault("duplicate-id", f'"{text}" is the id of another entry, or was', "give another"))
    return with_told(begun, id=text)


def take_same(known: Known, begun: Begun, text: str, today: datetime.date) -> Taken:
    is_wanted = _yes_or_no("same", text)
    if isinstance(is_wanted, Refusal):
        return is_wanted
    return begun if is_wanted else msgspec.structs.replace(begun, dropped=True)
