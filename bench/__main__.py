"""How long builds of an invented chronicle take, beside other generators that make the same pages.

make bench                                         1,000 and 10,000 entries, 3 rounds
make bench ARGS="--sizes 1000 --rounds 5"
make bench ARGS="--only hugo plain"
"""

from __future__ import annotations

import argparse
import datetime
import platform
import sys
from pathlib import Path

from bench import peers
from bench.report import our_version, report
from bench.rounds import Result, measured
from bench.sites import SITES, Site

RESULTS = Path(__file__).parent / "RESULTS.md"
SIZES, ROUNDS = [1_000, 10_000], 3
LARGE, LARGE_ROUNDS, LARGE_SITES = 100_000, 1, {"hugo", "plain", "full"}
LARGE_STEPS = ("cold build", "nothing changed", "one body edited")


def main() -> None:
    """Measure, and print what was measured."""
    options = _options()
    asked = [site for site in SITES if site.key in options.only]
    absent = peers.missing(site.key for site in asked)
    for key, reason in absent.items():
        print(f"{key} is left out: {reason}", file=sys.stderr)
    sites = [site for site in asked if site.key not in absent]
    results = [measured(size, options.rounds, sites) for size in options.sizes]
    if options.large:
        large = [site for site in sites if site.key in LARGE_SITES]
        results.append(measured(LARGE, LARGE_ROUNDS, large, LARGE_STEPS))
    names = {site.name: absent[site.key] for site in asked if site.key in absent}
    page = report(results, _versions(sites), names, datetime.datetime.now().astimezone())
    if options.write:
        RESULTS.write_text(page, encoding="utf-8")
    print(page)
    sys.exit(1 if _differ(results) else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    keys = [site.key for site in SITES]
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="numbers of entries")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"rounds (default: {ROUNDS})")
    parser.add_argument("--only", nargs="+", choices=keys, default=keys, help="these sites alone")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} entries, once, with Hugo and ours")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md too")
    return parser.parse_args()


def _versions(sites: list[Site]) -> dict[str, str]:
    """What is measured to its version."""
    own = {"ours": our_version(), "Python": platform.python_version()}
    return {site.name: peers.version(site.key) for site in sites if site.key in peers.KEYS} | own


def _differ(results: list[Result]) -> bool:
    """Whether a site lacks a page that it must have, or has one more."""
    return any(found.difference for result in results for found in result.sites.values())


if __name__ == "__main__":
    main()
