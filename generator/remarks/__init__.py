"""What a good editor would ask before a chronicle goes out: tables of rules by name, each yielding remarks.

Nothing that a remark is about makes the site wrong, so the rules of the desk are left to `check`; a build runs those that
`site.yaml` makes errors. A rule about one entry looks at that entry alone and at what it names, so that it can be asked
while the entry is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..chronicle import Chronicle
from ..model import GONE
from ..problems import Problem, judged
from .contradicted import contradiction_unsaid
from .figures import figure_outside_sources, figure_unsaid
from .filing import no_archived_copy, same_address, uncited_source
from .places import point_far, point_too_exact
from .remark import OfAll, OfOne
from .sourcing import copies_alone, copy_without_origin, one_party, one_source
from .tags import near_tags
from .titles import title_number
from .twins import possible_duplicate
from .whens import source_before_event, sources_long_after, time_of_unsaid

OF_ONE: dict[str, OfOne] = {
    "one-source": one_source,
    "one-party": one_party,
    "copies-alone": copies_alone,
    "contradiction-unsaid": contradiction_unsaid,
    "title-number": title_number,
    "figure-outside-sources": figure_outside_sources,
    "figure-unsaid": figure_unsaid,
    "time-of-unsaid": time_of_unsaid,
    "source-before-event": source_before_event,
    "sources-long-after": sources_long_after,
    "point-far": point_far,
    "point-too-exact": point_too_exact,
}

OF_ALL: dict[str, OfAll] = {
    "possible-duplicate": possible_duplicate,
    "same-address": same_address,
    "near-tags": near_tags,
    "copy-without-origin": copy_without_origin,
    "no-archived-copy": no_archived_copy,
    "uncited-source": uncited_source,
}


def remarks_of(chronicle: Chronicle) -> tuple[Problem, ...]:
    """What the rules that are not switched off find, with the severities that the chronicle has set, sorted."""
    rules = {rule for rule in (*OF_ONE, *OF_ALL) if chronicle.settings.rules.get(rule) != "off"}
    return judged(_found(chronicle, rules), chronicle.settings.rules)


def demands_of(chronicle: Chronicle) -> Iterator[Problem]:
    """What the rules find that this chronicle has made errors: these keep a site from being published."""
    return _found(chronicle, {rule for rule, severity in chronicle.settings.rules.items() if severity == "error"})


def remarks_about(chronicle: Chronicle, id: str) -> tuple[Problem, ...]:
    """What the rules about one entry find in it, as `remarks_of` has them; nothing in one that was taken out."""
    entry = chronicle.entries[id]
    rules = () if entry.incident.status in GONE else OF_ONE.values()
    return judged((p for rule in rules for p in rule(chronicle, entry)), chronicle.settings.rules)


def _found(chronicle: Chronicle, rules: set[str]) -> Iterator[Problem]:
    of_one = [rule for name, rule in OF_ONE.items() if name in rules]
    of_all = [rule for name, rule in OF_ALL.items() if name in rules]
    if of_one:
        for entry in chronicle.published(chronicle.timeline):
            for rule in of_one:
                yield from rule(chronicle, entry)
    for whole in of_all:
        yield from whole(chronicle)
