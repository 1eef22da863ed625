"""A small and awkward chronicle to be edited: every type of record, every form of date, links between all of them.

Each key stands on one line of its front matter, so that an edit can replace it. A word that begins with `canary` tells the
file it stands in: none of those of a withheld file may be found anywhere.
"""

from __future__ import annotations

import re

from generator.survey import default_root

TEXTS = """
=== site.yaml
title: The <Edited> Chronicle
base_url: https://chronicle.example/edited/
tagline: One edit after another.
languages: [en]
kinds: {drone: {label: {en: drone}, colour: "#0072B2", glyph: "▲"}, rocket: {label: {en: rocket strike}}, outage: {label: {en: outage}}}
licence: CC BY 4.0
contact: desk@chronicle.example
rules: {unknown-incident: warning, unknown-wave: warning, unknown-kind: warning, former-id-in-use: warning, repeated-value: warning, unknown-footnote: warning, anchor-unknown: warning}
=== content/incidents/2024/2024-03-01-about.md
---
title: About the first of March, one
date: 2024-03-01~
city: Moskva
sources: [https://example.org/d, copy-2]
casualties: {injured: "~30"}
tags: [energy]
---

canaryabout, once more in [[2024-no-day]].
=== content/incidents/2024/2024-no-day.md
---
title: Some time in the twenties
date: 202X
city: moscow
sources: [https://example.org/e]
---

canarynoday one.
=== content/incidents/2025/2025-before-april.md
---
title: Before April
date: ../2025-03
city: kharkiv
kind: outage
sources: [wire-1]
---

canarybefore one.
=== content/incidents/2025/2025-07-outage.md
---
title: An outage known to the month
date: 2025-07
city: sevastopol
kind: outage
sources: [https://example.org/c]
private: {phone: "+7-SECRET-ONE"}
---

canaryoutage one; see [[page:method]] and [[publisher:wire]].
=== content/incidents/2025/2025-07-fire.md
---
title: A fire in the twenties of July
date: 2025-07-2X
time: night
city: [sevastopol, kharkiv]
kind: drone
sources: [post-1]
tags: [energy, night attack]
part_of: drones
---

canaryfire one.
=== content/incidents/2025/2025-12-12-two-days.md
---
title: Two days, one alert
date: 2025-12-12/2025-12-13
time: overnight
time_of: alert
city: Kharkiv
kind: rocket
sources: [wire-2, {source: copy-1, credibility: 4}]
media: [{file: a.gif, alt: A pixel}]
relations: [{follow-up-to: 2025-07-fire}, 2025-12-14-belgorod-rockets]
---

canarytwo one.
=== content/incidents/2025/2025-12-15-belgorod-rocket.md
---
title: 'Rockets on Belgorod & "windows" <broken>'
date: [2025-12-14,2025-12-15]
time: 23:49/00:08
city: Белгород
kind: rocket
summary: Rockets; windows broken in one house, nobody hurt.
assessment: likely
casualties: {killed: 0, injured: 0}
damage: [{what: apartment building, part: windows, count: 6-26, severity: minor}]
part_of: 2025-12-14-night
relations: [{contradicts: 2025-12-15-moscow-drone}]
tags: [energy, Night Attack]
updates: [{date: 2025-12-16, kind: correction, text: More buildings., changes: {damage: {was: 6, now: 6-26}}, source: wire-1}]
previous_ids: [2025-12-14-belgorod-rockets]
sources: [{source: wire-1, says: {casualties: {injured: 0}}, as_of: "2025-12-15T01:28+03:00"}, {source: copy-1, says: {casualties: {injured: 3}}}, {url: "https://example.org/video", label: video, publisher: Somebody}]
---

canaryrocket broke windows.[^wire-1] A video shows it.[^video] See [[2025-12-15-moscow-drone]] and [[city:belgorod|the city]].

## What is not known

- one thing, [above](#h-what-is-not-known)
=== content/incidents/2025/2025-12-15-belgorod-rocket.ru.md
---
title: Ракетный удар
summary: Выбиты окна, one.
---

canaryraketa[^wire-1], [[2025-12-15-moscow-drone]].
=== content/incidents/2025/2025-12-15-moscow-drone.md
---
title: Drone shot down on approach to Moscow
date: 2025-12-15
time: "01:42"
time_of: statement
city: [moscow, belgorod]
kind: drone
casualties: {killed: 1, injured: "3+", of_which: {children: {injured: 1}}}
locations: [{name: a field, lat: 55.512345, lon: 37.412345, precision: exact, role: debris}]
publish_precision: settlement
part_of: [2025-12-14-night]
sources: [wire-1, "https://example.org/b"]
---

canarydrone was one, see ![pixel](b.gif).
=== content/incidents/2025/2025-12-15-hidden-draft.md
---
title: canarydraft one
date: 2025-12-15
city: moscow
kind: outage
status: draft
tags: [canarytagdraft]
part_of: 2025-12-14-night
relations: [2025-12-15-moscow-drone]
sources: [wire-2]
---

canarybodydraft, [[2025-12-15-moscow-drone]].
=== content/incidents/2025/2025-12-16-hidden-embargo.md
---
title: canaryembargo one
date: 2025-12-16
city: sevastopol
kind: drone
embargo_until: 2026-06-01T00:00+00:00
sources: [{url: "https://example.org/canaryurl"}]
---

canarybodyembargo, [[2025-07-fire]].
=== content/incidents/2025/2025-12-16-hidden-embargo.ru.md
---
title: canaryruembargo
---

canaryrubodyembargo.
=== content/incidents/2026/2026-01-02-withdrawn.md
---
title: One that was withdrawn
date: 2026-01-02
city: moscow
status: withdrawn
status_note: It rested on a report about another year.
sources: [https://example.org/f]
updates: [{date: 2026-01-05, kind: retraction, text: Withdrawn.}]
---
=== content/incidents/2026/2026-01-03-merged.md
---
title: One that was merged
date: 2026-01-03
city: moscow
status: merged
status_note: It told of the same drone.
merged_into: 2025-12-15-moscow-drone
sources: [https://example.org/g]
---
=== content/incidents/2026/2026-01-04-both.md
---
title: On one and on another day
date: "{2026-01-04,2026-01-06}"
city: belgorod
kind: rocket
casualties: {injured: 2-4}
part_of: [winter]
sources: [wire-2, post-1]
---

canaryboth one.
=== content/waves/2025-12-14-night.md
---
title: The night of 14 to 15 December
date: 2025-12-14/2025-12-15
kind: night
summary: Rockets and drones in one night.
---

Begun by [[2025-12-15-belgorod-rocket]].
=== content/waves/drones.md
---
title: All drones
date: 2024/2026
kind: topic
where: {kind: drone}
---
=== content/waves/winter.md
---
title: One winter
date: 2025-12/2026-02
kind: campaign
---

After [[wave:2025-12-14-night]].
=== content/pages/about.md
---
title: About
navigation: 1
---

What one may ask. See [[2025-12-15-belgorod-rocket|the rocket]], [[city:moscow]], [[kind:drone]] and [[page:method]].
=== content/pages/method.md
---
title: Method
navigation: 2
---

## How we count

Ranges stay ranges; see [[wave:drones]] and [[source:wire-1]].
=== content/publishers/wire.md
---
name: The Wire
aliases: [Wire Agency]
kind: news-agency
reliability: B
---

Names one source, [[source:copy-1]].
=== content/publishers/farm.md
---
name: Copy Farm
kind: content-farm
reliability: E
---
=== content/cities/belgorod.md
---
name: Belgorod
country: RU
region: Region one
lat: 50.5957
lon: 36.5873
timezone: Europe/Moscow
names: {ru: Белгород, uk: Бєлгород}
---

North of the border; first hit in [[2025-12-15-belgorod-rocket]].
=== content/cities/moscow.md
---
name: Moscow
country: RU
lat: 55.7558
lon: 37.6173
timezone: Europe/Moscow
aliases: [Moskva]
previous_ids: [moskva-city]
---
=== content/cities/sevastopol.md
---
name: Sevastopol
country: UA
lat: 44.6166
lon: 33.5254
timezone: Europe/Simferopol
disputed: {claimed_by: [Russia, Ukraine], administered_by: Russia}
---
=== content/cities/kharkiv.md
---
name: Kharkiv
country: UA
lat: 49.9935
lon: 36.2304
timezone: Europe/Kyiv
---
=== seeds/wire-1.md
---
title: "Ракеты & «окна» <выбиты>"
publisher: Wire Agency
url: https://wire.example/1?a=1&b=2
published: 2025-12-15T01:28+03:00
language: ru
kind: news-agency
---

Reports one strike in our own words, as [[2025-12-15-belgorod-rocket]].
=== seeds/wire-2.md
---
title: A second report, one
publisher: wire
url: https://wire.example/2
published: 2025-12-13
---
=== seeds/copy-1.md
---
untitled: true
publisher: Copy Farm
url: https://copy.example/1
kind: content-farm
derived_from: [wire-1]
---
=== seeds/copy-2.md
---
title: A copy of a copy, one
publisher: farm
url: https://copy.example/2
derived_from: [copy-1]
---
=== seeds/post-1.md
---
title: One post
publisher: Nobody in particular
url: https://post.example/1
published: 2026-01-04
---
"""

_PROSE = (default_root() / "templates/prose.html").read_text(encoding="utf-8")
_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")


def _files() -> dict[str, bytes]:
    pieces = re.split(r"^=== (.+)\n", TEXTS, flags=re.MULTILINE)[1:]
    files = {path: text.encode() for path, text in zip(pieces[::2], pieces[1::2], strict=True)}
    noted = _PROSE.replace("<article", '{% include "note.html" %}\n<article', 1).encode()
    return files | {
        "templates/prose.html": noted,
        "templates/note.html": b"<p>Note one.</p>\n",
        "content/media/a.gif": _PIXEL,
        "content/media/b.gif": _PIXEL.replace(b"\xff\xff\xff", b"\xff\xff\x00"),
    }


FILES = _files()
"""Every file of the chronicle by its path."""
