"""An edition made from the one before it: what has not changed on the disk is neither read, parsed, linked nor checked again.

The preview lives on this. `retold` is for what an author saves in a file or two: it costs what the edit touches, and is not
given where more than that may have changed. `renewed` is for anything else. Neither plans pages: whoever shows some of them
first looks for these alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from .checks import problems_of
from .chronicle import Chronicle
from .content import changed_run
from .edition import Edition, desk_for, judged_edition, unsettled
from .linking import linked
from .model import Parsed, Settings
from .orders import Order
from .problems import in_order, judged
from .rechecking import problems_about
from .relinking import relinked
from .sources import Sources, with_files
from .withholding import is_withheld, withhold

FEW = 8
"""So many files may be retold."""


def retold(former: Edition, order: Order, paths: Sequence[str]) -> Edition | None:
    """The edition after the content files at these paths were saved; none where it must be renewed.

    What other files break because of the edit is not told: that is left to `renewed`. An unreadable file is told of, and
    nothing else is changed.
    """
    if former.desk is None or len(paths) > FEW:
        return None
    chronicle = former.desk.chronicle
    if not all(path in chronicle.files for path in paths):
        return None
    reads = tuple(changed_run(order.root, paths, former.sources.digests))
    files = [read.parsed() for read in reads]
    if not all(_is_public(chronicle.files[file.path], file, order) for file in files):
        return None
    unreadable = [file for file in files if file.record is None]
    if unreadable:
        return _with_faults(former, chronicle.settings, unreadable)
    if not files:
        return former
    after = relinked(chronicle, files)
    if after is None:
        return None
    return _told(former, after, with_files(former.sources, reads), {file.path for file in files}, order)


def _is_public(was: Parsed, file: Parsed, order: Order) -> bool:
    """Whether a file that was shown is to be shown, and holds nothing that no page may hold."""
    return not was.private and not file.private and not is_withheld(file, order.now, order.drafts)


def _with_faults(former: Edition, settings: Settings, files: Iterable[Parsed]) -> Edition:
    """An edition with what is wrong with some files now, in the place of what was."""
    found = judged((problem for file in files for problem in file.problems), settings.rules)
    paths = {file.path for file in files}
    kept = (problem for problem in former.problems if problem.path not in paths)
    return msgspec.structs.replace(former, problems=in_order((*kept, *found)), is_partly=True)


def _told(former: Edition, chronicle: Chronicle, sources: Sources, paths: Collection[str], order: Order) -> Edition:
    day = order.now.date()
    desk = desk_for(chronicle, sources, order.drafts, former.desk)
    kept = (problem for problem in former.ruled if problem.path not in paths)
    made = judged_edition(sources, desk, in_order((*kept, *problems_about(chronicle, paths, day))), day)
    return msgspec.structs.replace(made, is_partly=True)


def renewed(former: Edition, sources: Sources, order: Order) -> Edition:
    """The edition of these sources, which share what has not changed with those of a former edition."""
    settings = sources.settings.settings
    if settings is None:
        return former if former.sources is sources else unsettled(sources)
    public, withheld = withhold(sources.files, order.now, order.drafts)
    known = former.desk.chronicle if former.desk else None
    if known and (known.settings is not settings or known.withheld != withheld or known.media != sources.media):
        known = None
    chronicle = known and _with_changed(known, public)
    if chronicle is None:
        chronicle = linked(settings, public, withheld, sources.media)
    day, is_same = order.now.date(), chronicle is known
    is_ruled = is_same and not former.is_partly and former.day == day
    if is_ruled and former.sources is sources:
        return former
    is_desk = is_same and former.sources is sources and former.desk
    desk = former.desk if is_desk and former.desk else desk_for(chronicle, sources, order.drafts, former.desk)
    return judged_edition(sources, desk, former.ruled if is_ruled else problems_of(chronicle, day), day)


def _with_changed(chronicle: Chronicle, public: Sequence[Parsed]) -> Chronicle | None:
    """A chronicle with these files in the place of its own; none where they are others, or it must be linked as a whole."""
    if len(chronicle.files) != len(public):
        return None
    changed = [file for was, file in zip(chronicle.files.values(), public, strict=True) if was is not file]
    if not changed:
        return chronicle
    return relinked(chronicle, changed) if len(changed) <= FEW else None
