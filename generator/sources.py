"""Everything a site is made from, as it stands on the disk now; a file that has not changed is neither read nor parsed again."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from .content import (
    Read,
    bodies_of,
    changed_run,
    newer_bodies,
    parsed_run,
    read_run,
    remember_content,
    remembered_files,
)
from .course import QUIET, Cost, Course
from .decoding import decoded
from .files import digest, read_bytes_at
from .looks import Look, look_of
from .memory import Memory, trusted
from .model import Body, Parsed
from .problems import Problem
from .render import Templates, templates
from .scan import Found
from .settings import SettingsFile, settings_file
from .shelves import FOLDERS, MEDIA, SETTINGS_FILE, TEMPLATES, is_content
from .survey import LARGEST_FILE, Survey, remember_survey, stamps, survey
from .workers import spread


class Sources(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that stands on the disk: the settings, every content file as parsed, templates, static files and media by digest.

    `digests` leads from every content file and medium that could be read to the digest of its content.
    `body` gives the body of a file by its path, `static` the bytes of a file by its name, and `medium` those of a picture
    as they may be published.
    """

    settings: SettingsFile
    files: tuple[Parsed, ...]
    templates: Templates
    statics: dict[str, str]
    media: dict[str, str]
    digests: dict[str, str]
    problems: tuple[Problem, ...]
    body: Callable[[str], Body]
    static: Callable[[str], bytes]
    medium: Callable[[str], bytes | Problem]

    @cached_property
    def private(self) -> dict[str, str]:
        """Every text under `private` to the file it stands in."""
        return {text: file.path for file in self.files for text in file.private}


def read_sources(
    root: Path, surveyed: Survey, memory: Memory, now: datetime.datetime, jobs: int, course: Course = QUIET
) -> Sources:
    """Everything below the root of a chronicle, with all that is wrong with single files."""
    content = [f.path for f in surveyed.content]
    digests = dict(surveyed.digests)
    remembered = remembered_files(memory, digests, content)
    unread = [path for path in content if path not in remembered]
    read = {r.path: r for r in spread(partial(read_run, root, memory), unread, jobs, course)}
    course.spent(Cost("reading of files", r.path, r.seconds) for r in read.values())
    digests |= {r.path: r.content for r in read.values() if r.content}
    remembered |= remembered_files(memory, digests, [r.path for r in read.values() if r.is_known])
    # A memory that broke just now knows less than it did a moment ago.
    lost = [r.path for r in read.values() if r.is_known and r.path not in remembered]
    read |= {r.path: r for r in parsed_run(root, lost)}
    fresh = {r.path: r for r in read.values() if not r.is_known}
    files = tuple(remembered[path] if path in remembered else fresh[path].parsed() for path in content)
    remember_content(memory, files, fresh, digests, now, jobs)
    pictures, picture_problems = _media(root, surveyed.media, digests)
    remember_survey(memory, surveyed, digests)
    look = look_of(surveyed.look)
    return Sources(
        settings=settings_of(surveyed.settings),
        files=files,
        templates=templates(look.texts),
        statics=_statics(look),
        media=pictures,
        digests=digests,
        problems=_problems(surveyed, look, picture_problems),
        body=bodies_of(root, memory, digests, fresh),
        static=look.statics.__getitem__,
        medium=_media_reader(root, pictures),
    )


def read_again(root: Path, former: Sources, before: Survey) -> tuple[Sources, Survey]:
    """Everything below the root of a chronicle, where it is known what stood there, and the survey of it.

    The very same sources where nothing has changed; what a file says is the very same, too, where its content is.
    """
    surveyed = survey(root, trusted(stamps(before, former.digests), before.found.began_ns))
    return _unless_same(former, _again(root, former, before, surveyed)), surveyed


def _again(root: Path, former: Sources, before: Survey, surveyed: Survey) -> Sources:
    content = [f.path for f in surveyed.content]
    fresh = {r.path: r for r in changed_run(root, [p for p in content if p not in surveyed.digests], former.digests)}
    files = {f.path: f for f in former.files} | {path: _same(former, read) for path, read in fresh.items()}
    known = {path: former.digests[path] for path in content if path in former.digests and path not in fresh}
    digests = {**surveyed.digests, **known, **{r.path: r.content for r in fresh.values() if r.content}}
    pictures, picture_problems = _media(root, surveyed.media, digests)
    look = look_of(surveyed.look)
    return msgspec.structs.replace(
        former,
        settings=former.settings if surveyed.settings == before.settings else settings_of(surveyed.settings),
        files=tuple(files[path] for path in content),
        templates=former.templates if former.templates.texts == look.texts else templates(look.texts),
        statics=_statics(look),
        media=pictures,
        digests=digests,
        problems=_problems(surveyed, look, picture_problems),
        body=newer_bodies(former.body, fresh),
        static=look.statics.__getitem__,
        medium=_media_reader(root, pictures),
    )


def with_files(former: Sources, reads: Iterable[Read]) -> Sources:
    """The sources with some content files as they were read now."""
    fresh = {read.path: read for read in reads}
    files = tuple(fresh[f.path].parsed() if f.path in fresh else f for f in former.files)
    digests = {**former.digests, **{r.path: r.content for r in fresh.values()}}
    return msgspec.structs.replace(former, files=files, digests=digests, body=newer_bodies(former.body, fresh))


def _same(former: Sources, read: Read) -> Parsed:
    """What a file says; the very same as before where it can be read no more than then."""
    now = read.parsed()
    if read.content:
        return now
    return next((file for file in former.files if file == now), now)


def _unless_same(former: Sources, now: Sources) -> Sources:
    """The former sources themselves, where they are what these are."""
    has_same_files = len(former.files) == len(now.files) and all(map(operator.is_, former.files, now.files))
    return former if has_same_files and differ_in_files_alone(former, now) else now


def differ_in_files_alone(one: Sources, other: Sources) -> bool:
    """Whether nothing but what content files say may be another."""
    return (one.settings is other.settings and one.templates is other.templates) and (
        (one.statics, one.media, one.problems) == (other.statics, other.media, other.problems)
    )


def _statics(look: Look) -> dict[str, str]:
    return {name: digest(data) for name, data in look.statics.items()}


def _problems(surveyed: Survey, look: Look, pictures: Iterable[Problem]) -> tuple[Problem, ...]:
    return (*surveyed.found.problems, *_stray(surveyed.found.files), *look.problems, *pictures)


def _media_reader(root: Path, pictures: dict[str, str]) -> Callable[[str], bytes | Problem]:
    return lambda name: _medium(root, name, pictures[name])


def _stray(found: Iterable[Found]) -> tuple[Problem, ...]:
    """Files that look like content and are not read, so that nobody takes their entry for published."""
    return tuple(_stray_problem(f.path) for f in found if _looks_lost(f.path))


def _looks_lost(path: str) -> bool:
    if path.startswith((f"{MEDIA}/", f"{TEMPLATES}/")):
        return False
    return is_content(path) != path.endswith(".md")


def _stray_problem(path: str) -> Problem:
    if is_content(path):
        message, hint = "is not read", "the files of a chronicle end in .md; pictures stand in content/media/"
    else:
        message, hint = "is in no folder that is read", f"content stands in {', '.join(FOLDERS)}"
    return Problem(rule="wrong-folder", severity="warning", path=path, message=message, hint=hint)


# ---------------------------------------------------------------- settings, media


def settings_of(data: bytes | Problem) -> SettingsFile:
    text = decoded(SETTINGS_FILE, data) if isinstance(data, bytes) else data
    if isinstance(text, Problem):
        hint = (
            "is this the folder of a chronicle? give another with --root" if text.rule == "file-missing" else text.hint
        )
        return SettingsFile(None, {}, (msgspec.structs.replace(text, hint=hint),))
    return settings_file(text.text)


def _media(root: Path, found: Sequence[Found], digests: dict[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """The media by name with the digest of their content; a picture that has not changed is not read again.

    A file that cannot be published keeps its name here, so that what shows it raises no false alarm, but is not remembered.
    """
    pictures, problems = {}, []
    for file in found:
        if file.path not in digests:
            picture = _picture(root, file.path)
            if isinstance(picture, Problem):
                problems.append(picture)
            else:
                digests[file.path] = picture.content
        pictures[file.path.removeprefix(f"{MEDIA}/")] = digests.get(file.path, "")
    return pictures, problems


class Picture(NamedTuple):
    """The digest of a picture's file, and its bytes as they may be published."""

    content: str
    data: bytes


def _picture(root: Path, path: str) -> Picture | Problem:
    from .media import cleaned  # most builds have no new picture

    data = read_bytes_at(root, path, LARGEST_FILE)
    if isinstance(data, Problem):
        return data
    picture = cleaned(path, data, path)
    return picture if isinstance(picture, Problem) else Picture(digest(data), picture)


def _medium(root: Path, name: str, content: str) -> bytes | Problem:
    """A picture as it may be published; a page's key stands for the content that was there when the sources were read."""
    path = f"{MEDIA}/{name}"
    picture = _picture(root, path)
    if isinstance(picture, Problem):
        return picture
    message = "has changed while the site was built"
    changed = Problem(rule="file-changing", path=path, message=message, hint="build again")
    return picture.data if picture.content == content else changed
