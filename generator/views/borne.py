"""How well a figure is borne: by how many independent sources, how surely, and what else they say."""

from __future__ import annotations

from ..counts import Count
from ..ledger import Account
from ..words import Words

UNBORNE = "no source here gives this figure in numbers"


MOST_NUMBERS = 4
"""So many sources are linked beside a figure; the table of claims has all of them."""


def numbers_of(account: Account) -> tuple[int, ...]:
    """The numbers of the first sources that bear a stated figure, or that a derived one follows from."""
    if not account.claims:
        return ()
    claims = account.bearers(account.stated) if account.stated is not None else account.trusted
    return tuple(sorted({claim.cited.number for claim in claims}))[:MOST_NUMBERS]


def borne_text(words: Words, account: Account) -> str:
    """How an entry's own figure is borne by its sources; nothing where none of them speaks of it."""
    if account.stated is None or not account.claims:
        return ""
    return "; ".join(
        filter(None, (_bearers(words, account), _range_text(words, account), _outlier_text(words, account)))
    )


def derived_text(words: Words, account: Account) -> str:
    """What stands beside a figure that this entry does not state."""
    told = sources_text(words, len(account.reliable))
    against = "; they contradict each other" if account.sureness == "contradicted" else ""
    return "; ".join(
        filter(None, (f"derived from {told}, not stated by this entry{against}", _outlier_text(words, account)))
    )


def doubted_text(words: Words, account: Account) -> str:
    """What only sources say that are not relied on, where an entry states no figure."""
    counts = {c.value.text: c.value for c in account.witnesses if isinstance(c.value, Count)}
    told = words.list_text(tuple(words.count_text(counts[text]) for text in sorted(counts)))
    return f"only sources that are not relied on give a figure: {told}" if counts else ""


def hits_text(words: Words, account: Account) -> str:
    """How many independent sources have a target hit, and how many not: `4 sources have it hit, 1 has it not hit`."""
    hit, missed = (len(account.bearing((word,))) for word in ("yes", "no"))
    told = (
        words.plural(hit, one="{} source has it hit", other="{} sources have it hit") if hit else "",
        words.plural(missed, one="{} has it not hit", other="{} have it not hit") if missed else "",
    )
    return ", ".join(filter(None, told))


def sources_text(words: Words, number: int) -> str:
    """`3 independent sources`."""
    return words.plural(number, one="{} source", other="{} independent sources")


def _bearers(words: Words, account: Account) -> str:
    """Who bears the figure, in a few words."""
    assert account.stated is not None
    number = len(account.bearing(account.stated))
    match account.sureness:
        case "several":
            return f"borne out by {sources_text(words, number)}"
        case "single":
            return "on the word of one source"
        case "doubted":
            return "only sources that are not relied on say so"
        case "disputed":
            return f"borne out by {sources_text(words, number)}, which disagree within it"
        case "contradicted" if number:
            return f"borne out by {sources_text(words, number)}, contradicted by others"
        case "contradicted":
            return "contradicted by its sources"
    return UNBORNE if isinstance(account.stated, Count) else ""


def _range_text(words: Words, account: Account) -> str:
    """What the sources give now, where that is not the figure itself."""
    if account.range is None or not isinstance(account.stated, Count) or account.range.text == account.stated.text:
        return ""
    return f"the sources now give {words.count_text(account.range)}"


def _outlier_text(words: Words, account: Account) -> str:
    counts = {c.value.text: c.value for c in account.outliers if isinstance(c.value, Count)}
    told = words.list_text(tuple(words.count_text(counts[text]) for text in sorted(counts)))
    return f"not counted: {told}, from sources that are not relied on" if counts else ""
