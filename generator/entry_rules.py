"""The rules that one file alone can break, beyond the form of its values: a table of functions by type of record."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from .counts import Count
from .edtf import Edtf
from .marks import around
from .model import OUTCOMES, Casualties, Citation, City, Incident, Prose, Reference, Source, Toll, Wave
from .nodes import Mapping as Map
from .nodes import Node, Scalar
from .problems import WHOLE_FILE, Problem, Span, did_you_mean
from .queries import time_fault
from .routes import RESERVED_PAGES
from .times import crosses_midnight
from .yamladvice import without_odd_quotes


class Written(NamedTuple):
    """What stands in a file besides its record: its values as nodes by dotted path, the references of its body, and that as it is written."""

    id: str
    path: str
    marks: Mapping[str, Node]
    references: tuple[Reference, ...]
    body: str
    body_line: int

    def span(self, key: str) -> Span:
        """The place of the value of a key; of the nearest key around it where it has none of its own."""
        known = around(key, self.marks)
        return self.marks[known].span if known else WHOLE_FILE


Rule = Callable[[Written, Any], Iterator[Problem]]

MOST_MEANT = 3


def _problem(file: Written, rule: str, key: str, message: str, hint: str = "") -> Problem:
    return Problem(rule=rule, path=file.path, span=file.span(key), key=key, message=message, hint=hint)


# ---------------------------------------------------------------- incidents


def status_is_explained(file: Written, entry: Incident) -> Iterator[Problem]:
    """A withdrawn, retracted or merged entry says why; a merged one says where it went."""
    if (
        entry.status in ("withdrawn", "retracted", "merged")
        and not entry.status_note
        and "status_note" not in file.marks
    ):
        yield _problem(
            file, "status-note", "status", f"{entry.status} needs a status_note that says why", "add status_note"
        )
    if entry.status == "merged" and not entry.merged_into and "merged_into" not in file.marks:
        yield _problem(file, "status-note", "status", "merged needs merged_into, the id of the entry that now holds it")
    if entry.merged_into == entry.id:
        yield _problem(file, "relation-to-itself", "merged_into", "an entry cannot be merged into itself")
    if entry.merged_into and entry.status != "merged":
        yield _problem(
            file, "status-note", "merged_into", f"merged_into stands on an entry whose status is {entry.status}"
        )


def title_has_no_stray_quotes(file: Written, entry: Incident) -> Iterator[Problem]:
    """Quotes that were to mark the title as text, and became a part of it."""
    title, node = entry.title, file.marks.get("title")
    if not isinstance(node, Scalar) or node.quoted:
        return
    if title.count('"') % 2:
        message, hint = 'one " stands alone in the title', "take it out, or put the whole title in single quotes"
    elif without_odd_quotes(title):
        message = f"{title[0]} and {title[-1]} are a part of the title"
        hint = 'take them out, or put the whole title in straight quotes (") if they belong to it'
    else:
        return
    yield msgspec.structs.replace(_problem(file, "stray-quotes", "title", message, hint), severity="warning")


def subgroups_fit_their_whole(file: Written, entry: Incident) -> Iterator[Problem]:
    """Nobody counts more children killed than people killed."""
    if entry.casualties:
        yield from _subgroup_problems(file, "casualties", entry.casualties)
    for n, cited in enumerate(entry.sources, 1):
        if cited.says and cited.says.casualties:
            yield from _subgroup_problems(file, f"sources.{n}.says.casualties", cited.says.casualties)


def _subgroup_problems(file: Written, key: str, toll: Casualties) -> Iterator[Problem]:
    for group, part in toll.of_which.items():
        for outcome in OUTCOMES:
            whole, some = _outcome(toll, outcome), _outcome(part, outcome)
            if whole and some and whole.high is not None and some.low > whole.high:
                message = f"{some.text} {group} {outcome} are more than the {whole.text} {outcome} in all"
                yield _problem(file, "subgroup-above-whole", f"{key}.of_which.{group}.{outcome}", message)


def _outcome(toll: Toll, outcome: str) -> Count | None:
    count: Count | None = getattr(toll, outcome)
    return count


def time_fits_date(file: Written, entry: Incident) -> Iterator[Problem]:
    """A time across midnight stands only with a date that holds both days."""
    claims = [("time", entry.date, entry.time)]
    for n, cited in enumerate(entry.sources, 1):
        if cited.says and cited.says.time:
            claims.append((f"sources.{n}.says.time", cited.says.date or entry.date, cited.says.time))
    for key, date, time in claims:
        if time is not None and crosses_midnight(time) and not _holds_two_days(date):
            hint = f"write the date as {_two_days(date)}, or the time as night"
            yield _problem(
                file,
                "time-past-midnight",
                key,
                f'"{time.text}" ends on the next day, which "{date.text}" does not hold',
                hint,
            )


def _two_days(date: Edtf) -> str:
    """A day with the one after it, as a date that leaves open which of the two it was."""
    assert date.latest is not None, "a date without two days is one day"
    return f"[{date.latest},{date.latest + datetime.timedelta(days=1)}]"


def _holds_two_days(date: Edtf) -> bool:
    return date.earliest is None or date.latest is None or date.earliest < date.latest


def sources_are_one_thing(file: Written, entry: Incident) -> Iterator[Problem]:
    """A cited source is a seed or an address; what a seed holds is not told again beside it."""
    for n, cited in enumerate(entry.sources, 1):
        key = f"sources.{n}"
        by_seed = f"{key}.source" in file.marks
        if by_seed == (f"{key}.url" in file.marks or f"{key}.files" in file.marks):
            if not by_seed and _has_unknown_keys(file, key):  # one stands for what is missing, and has been reported
                continue
            said = "both source and url" if by_seed else "neither source nor url"
            yield _problem(file, "source-form", key, f"has {said}", "give a seed's id as source, or an address as url")
        elif cited.source and cited.document != type(cited.document)():
            extra = ", ".join(k for k in cited.document.__struct_fields__ if f"{key}.{k}" in file.marks)
            yield _problem(
                file, "source-form", key, f"{extra} belongs into the seed", f"write it in seeds/{cited.source}.md"
            )


def _has_unknown_keys(file: Written, key: str) -> bool:
    """Whether a part holds keys that no type knows, other than an author's own."""
    node = file.marks.get(key)
    names = [pair.key.text for pair in node.pairs] if isinstance(node, Map) else ()
    return any(f"{key}.{name}" not in file.marks and not name.startswith("x_") for name in names)


def footnotes_name_sources(file: Written, entry: Incident) -> Iterator[Problem]:
    """A footnote in the body names a source of the entry, by its seed's id or its label."""
    names = {name for cited in entry.sources for name in note_names(cited)}
    for reference in file.references:
        if reference.type == "cite" and reference.id not in names:
            hint = (
                meant_note(reference.id, names) or "footnotes name a source of this entry by its seed's id or its label"
            )
            message = f'no source of this entry is called "{reference.id}"'
            yield Problem(rule="unknown-footnote", path=file.path, span=reference.span, message=message, hint=hint)


def meant_note(name: str, names: Collection[str]) -> str:
    """A hint that names the source that was meant: the nearest name, else those that begin with it and go on after a hyphen."""
    longer = " or ".join(sorted(f'"{known}"' for known in names if known.startswith(f"{name}-"))[:MOST_MEANT])
    return did_you_mean(name, names) or (f"did you mean {longer}?" if longer else "")


def note_names(cited: Citation) -> tuple[str, ...]:
    """The names by which a footnote may call a source."""
    return tuple(name for name in (cited.label, cited.source) if name)


def labels_are_used_once(file: Written, entry: Incident) -> Iterator[Problem]:
    """Two different sources do not share a label."""
    labelled = {(c.label, c.source or c.document.url) for c in entry.sources if c.label}
    owners = Counter([label for label, _ in labelled]) if len(labelled) > 1 else {}
    for n, cited in enumerate(entry.sources, 1) if owners else ():
        if cited.label and owners[cited.label] > 1:
            yield _problem(file, "repeated-value", f"sources.{n}.label", f'two sources are called "{cited.label}"')


def relations_are_to_others(file: Written, entry: Incident) -> Iterator[Problem]:
    """An entry is related to others, to each in one way once."""
    seen: set[tuple[str, str]] = set()
    for n, relation in enumerate(entry.relations, 1):
        if relation.to == entry.id:
            yield _problem(file, "relation-to-itself", f"relations.{n}", "an entry cannot be related to itself")
        elif (relation.kind, relation.to) in seen:
            yield _problem(file, "repeated-value", f"relations.{n}", f'"{relation.to}" stands twice as {relation.kind}')
        seen.add((relation.kind, relation.to))


def points_are_whole(file: Written, entry: Incident) -> Iterator[Problem]:
    """A point has both coordinates; a radius needs a point."""
    for n in range(1, len(entry.locations) + 1):
        if (f"locations.{n}.lat" in file.marks) != (f"locations.{n}.lon" in file.marks):
            yield _problem(
                file, "half-a-point", f"locations.{n}", "needs both lat and lon", "add the other, or take both out"
            )


def lists_hold_no_repeats(file: Written, entry: Incident) -> Iterator[Problem]:
    """The same tag, city or wave stands once."""
    lists = {"tags": entry.tags, "city": entry.city, "part_of": entry.part_of}
    for key, values in lists.items():
        for n, value in enumerate(values, 1) if len(set(values)) < len(values) else ():
            if value in values[: n - 1]:
                yield _problem(file, "repeated-value", f"{key}.{n}", f'"{value}" stands twice')


# ---------------------------------------------------------------- other records


def source_can_be_found(file: Written, source: Source) -> Iterator[Problem]:
    """A source document has a title or says it has none, a publisher, and an address or files."""
    doc = source.document
    missing = []
    if not doc.title and not doc.untitled and "title" not in file.marks:
        missing.append("title (or untitled: true)")
    if not doc.publisher and "publisher" not in file.marks:
        missing.append("publisher")
    if not doc.url and not doc.files and "url" not in file.marks and "files" not in file.marks:
        missing.append("url (or files)")
    if missing:
        message = f"required {'keys' if len(missing) > 1 else 'key'} missing: {', '.join(missing)}"
        yield Problem(rule="missing-key", path=file.path, span=Span(1, 1, 1, 4), message=message)
    if doc.title and doc.untitled:
        yield _problem(file, "source-form", "untitled", "has a title and says it is untitled", "take one of them out")
    if file.id in doc.derived_from:
        yield _problem(file, "relation-to-itself", "derived_from", "a report cannot be derived from itself")


def city_is_no_part_of_itself(file: Written, city: City) -> Iterator[Problem]:
    if city.part_of == city.id:
        yield _problem(file, "relation-to-itself", "part_of", "a place cannot be part of itself")


def only_topics_query(file: Written, wave: Wave) -> Iterator[Problem]:
    """A query belongs to a topic; nights and campaigns have members."""
    if wave.where is not None and wave.kind != "topic":
        yield _problem(
            file, "wave-query", "where", f"a {wave.kind} has members, no query", "make it a topic, or take where out"
        )


def query_has_one_time(file: Written, wave: Wave) -> Iterator[Problem]:
    """A query asks for years, or for a date that has a beginning and an end."""
    where = wave.where
    if where is None or where.date is None:
        return
    if where.year:
        yield _problem(file, "wave-query", "where.date", "year and date exclude each other", "take one of them out")
    if hint := time_fault(where.date):
        yield _problem(file, "bad-date", "where.date", f'"{where.date.text}" is no certain time', hint)


def page_leaves_reserved_names(file: Written, page: Prose) -> Iterator[Problem]:
    if page.id in RESERVED_PAGES or page.id.isdigit():
        hint = "rename the file"
        yield Problem(
            rule="address-taken", path=file.path, message=f'"{page.id}" is an address the site uses itself', hint=hint
        )


ENTRY_RULES: dict[str, tuple[Rule, ...]] = {
    "incident": (
        title_has_no_stray_quotes,
        status_is_explained,
        subgroups_fit_their_whole,
        time_fits_date,
        sources_are_one_thing,
        footnotes_name_sources,
        labels_are_used_once,
        relations_are_to_others,
        points_are_whole,
        lists_hold_no_repeats,
    ),
    "source": (source_can_be_found,),
    "city": (city_is_no_part_of_itself,),
    "wave": (only_topics_query, query_has_one_time),
    "page": (page_leaves_reserved_names,),
}
