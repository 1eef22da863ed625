"""What was measured, as Markdown."""

from __future__ import annotations

import datetime
import os
import platform
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.measure import SAMPLE_SECONDS
from bench.pages import OUR_EXTRAS
from bench.rounds import MEMORY_DISK, Measured, Result
from bench.sites import REPOSITORY, Site
from bench.steps import COLD, STEPS

HOW = f"""\
Made by `make bench`; [README.md](README.md) says how to read it. Each number is the median of its rounds. In brackets
stands the ratio to the first column, which is the median of the ratios of the rounds; Eleventy and Pelican take part in
the first round alone where a build of theirs takes long. Memory is that of all processes
together (PSS, looked at every {SAMPLE_SECONDS * 1000:.0f} ms) in a cold build of its own.
"""


def report(
    results: Iterable[Result], versions: Mapping[str, str], absent: Mapping[str, str], now: datetime.datetime
) -> str:
    """The whole page."""
    lines = ["# What was measured", "", HOW, *_machine(versions, absent, now)]
    for result in results:
        lines += [
            "",
            f"## {result.count:,} entries, {_plural(result.rounds, 'round')}",
            "",
            *table(result),
            "",
            *check(result),
        ]
    return "\n".join(lines) + "\n"


def table(result: Result) -> Iterator[str]:
    """The lines of the table: a column for each site, a row for each step and what else was measured."""
    yield f"| | {' | '.join(site.name for site in result.sites)} |"
    yield f"|---|{'---:|' * len(result.sites)}"
    for step in STEPS:
        yield _row(step, result, lambda m, step=step: [run.wall for run in m.runs[step]], "{:.2f} s")  # type: ignore[misc]
    yield _row(
        "cold build, time of the processors", result, lambda m: [run.processor for run in m.runs[COLD]], "{:.2f} s"
    )
    yield _row("writing the same files from memory", result, lambda m: m.writing, "{:.2f} s")
    yield _row("memory", result, lambda m: [] if m.memory is None else [m.memory], "{:.0f} MiB")
    yield _row("files", result, lambda m: [m.pages.files] if m.pages else [], "{:,}")
    yield _row("size of all files", result, lambda m: [m.pages.size / 2**20] if m.pages else [], "{:.1f} MiB")
    yield _row("links to entries in all pages", result, lambda m: [m.pages.links] if m.pages else [], "{:,}")


def _row(title: str, result: Result, values: Callable[[Measured], Sequence[float]], form: str) -> str:
    """A row of medians, each with its ratio to that of the first column."""
    base = values(next(iter(result.sites.values())))
    cells = []
    for n, found in enumerate(result.sites.values()):
        own = values(found)
        ratio = f" ({median(a / b for a, b in zip(own, base, strict=False)):.2f})" if n and own and base else ""
        cells.append(f"{form.format(median(own))}{ratio}" if own else "not measured")
    return f"| {title} | {' | '.join(cells)} |"


def check(result: Result) -> Iterator[str]:
    """Whether all sites have the same pages, and what ours has besides."""
    wrong = [f"{site.name} {found.difference}" for site, found in result.sites.items() if found.difference]
    plain = {site: found for site, found in result.sites.items() if site.is_plain and found.pages}
    if wrong:
        yield f"**The pages are not the same:** {'. '.join(wrong)}."
    elif plain:
        names = next(found.pages.names for found in plain.values() if found.pages)
        yield f"{_listed([site.name for site in plain])} make the same {len(names):,} pages."
    yield from (_besides(site, found) for site, found in plain.items() if found.pages and found.pages.extras)


def _besides(site: Site, found: Measured) -> str:
    """What a site makes that is no page of the common ones."""
    assert found.pages is not None
    named = ", ".join(f"`{extra}`" for extra in OUR_EXTRAS)
    lists = len({part.rpartition("/")[0] for part in found.pages.parts})
    split = f" {_plural(lists, 'long list')} of a city stand in {len(found.pages.parts)} parts more." if lists else ""
    return f"{site.name[:1].upper()}{site.name[1:]} has {len(found.pages.extras)} files besides: {named}.{split}"


def _machine(versions: Mapping[str, str], absent: Mapping[str, str], now: datetime.datetime) -> Iterator[str]:
    """What was measured, where and when."""
    disk = "on a memory disk" if MEMORY_DISK.is_dir() else "in new folders"
    yield f"- {now:%-d %B %Y}, {disk}"
    yield f"- {_plural(os.cpu_count() or 1, 'processor')}{_processor()}, {_memory()}{platform.system()}"
    yield f"- {', '.join(f'{name} {version}' for name, version in versions.items())}"
    for name, reason in absent.items():
        yield f"- without {name}: {reason}"


def our_version() -> str:
    """The version of the generator, with the commit where there is one."""
    from generator import __version__

    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    return f"{__version__}, {told.stdout.strip()}" if told.returncode == 0 else __version__


def _processor() -> str:
    """The model of the processors, where the system tells."""
    found = re.search(r"^model name\s*: (.*)$", _text("/proc/cpuinfo"), re.MULTILINE)
    return f" ({' '.join(found[1].split())})" if found else ""


def _memory() -> str:
    found = re.search(r"^MemTotal:\s*(\d+) kB", _text("/proc/meminfo"), re.MULTILINE)
    return f"{int(found[1]) / 2**20:.0f} GiB, " if found else ""


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8") if Path(path).is_file() else ""


def _plural(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
