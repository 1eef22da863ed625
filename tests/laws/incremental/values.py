"""What each key of each type may be set to: every form that it takes, and here and there one that is refused.

`None` leaves the key out. A key of a list stands in its file as the text says, on one line.
"""

from __future__ import annotations

from generator.survey import default_root

Values = dict[str, tuple[str | None, ...]]

DATES = (
    "2025-12-15", "2025-12-14", "2025-12", "2025", "2024-03-01~", "2025-07-2X", "202X", "2025-12-14/2025-12-15", "2025-12-31/2026-01-01",
    "[2025-12-14,2025-12-15]", '"{2026-01-04,2026-01-06}"', "../2025-03", "2025-12?", "2025-21", "2025-13-01",
)  # fmt: skip
MOMENTS = (None, "2025-12-16", "2025-12-16T10:00+03:00", "2026-01-05 evening", "2024-03-02")
NOTES = (None, "A note one.", 'Another note, <b> & "quoted".')
FORMER = (None, "[a-former-id]", "[a-former-id, another-former-id]", "[2025-12-15-moscow-drone]")
LANGS = (None, "ru", "uk")
SOURCE_KINDS = (None, "news-agency", "content-farm", "post", "no-such-kind")
AGENT = '{who: Somebody, role: attributed, confidence: suspected, basis: "[wire-1]", position: denies}'

INCIDENT: Values = {
    "title": ("Another title", "A title & <another>", '"{{ braces }}"', "canarytitle one", "Заголовок", None),
    "date": (*DATES, None),
    "city": ("moscow", "Kharkiv", "[belgorod, moscow]", "[sevastopol, kharkiv, belgorod]", "Бєлгород", "nowhere"),
    "sources": (
        "[wire-1]", "[wire-2, copy-1]", "[https://example.org/z]", "[{source: wire-1, says: {casualties: {killed: 2}, time: evening}}]",
        '[{source: wire-1, says: {casualties: {killed: 1}, after: 2025-07-fire}, as_of: 2025-12-16}, {source: copy-1, says: {before: 2025-07-fire, scope: here}}, wire-2]',
        "[{source: wire-1, says: {casualties: {killed: 2}}, as_of: 2025-12-14}, {source: post-1, says: {casualties: {killed: 3}}, as_of: 2025-12-16}]",
        "[{source: copy-2, status: superseded}, {source: post-1, quote: «Да», credibility: 2}]", "[gone]", None,
    ),
    "time": (None, '"01:42"', "~00:32", "23:49/00:08", "../01:51", "02:00/..", "evening", "overnight"),
    "time_of": (None, "statement", "alert"),
    "summary": (None, "A summary one.", "Another summary & more."),
    "kind": (None, "drone", "rocket", "outage", "unheard-of"),
    "status": (None, "draft", "draft", "withdrawn", "retracted", "merged", "published", "darft"),
    "status_note": NOTES,
    "merged_into": (None, "2025-12-15-moscow-drone", "2026-01-04-both"),
    "published": MOMENTS,
    "assessment": (None, "confirmed", "contested", "discounted", "single-source"),
    "assessment_note": NOTES,
    "casualties": (None, "{killed: 0}", "{injured: 2-4, killed: 1}", '{injured: "40+", of_which: {children: {injured: 3}}}', "{killed: many}"),
    "damage": (None, "[{what: house, count: 1}]", "[{what: car, count: 2-3, severity: destroyed}, {what: house, part: roof}]"),
    "weapons": (None, '[{kind: drone, model: "X-1", count: "2+", confidence: probable}]'),
    "targets": (None, "[{kind: energy, name: a plant, hit: unknown}]"),
    "actors": (None, f"[{AGENT}]"),
    "locations": (
        None, "[{name: a field, lat: 50.1, lon: 36.1, precision: street, role: impact}]", "[{lat: 55.5, lon: 37.5, radius_m: 200}]",
        "[{name: somewhere}]", "[{lat: 55.5}]",
    ),
    "publish_precision": (None, "district", "exact", "settlement"),
    "part_of": (None, "drones", "[2025-12-14-night, winter]", "no-such-wave"),
    "relations": (None, "[2025-07-fire]", "[{follow-up-to: 2025-12-15-belgorod-rocket}]", "[{same-event-as: 2026-01-04-both}]", "[gone]"),
    "tags": (None, "[energy]", "[Energy, port]", "[night attack, canarylabel]"),
    "updates": (
        None, "[{date: 2026-01-05, kind: correction, text: Corrected., changes: {kind: {was: drone, now: rocket}}}]",
        "[{date: 2026-01-06, kind: update, text: More one., source: post-1}, {date: 2025-12-20, kind: downgrade, text: Less.}]",
        "[{date: 2026-01-07, kind: retraction, text: Gone one., by: The desk}, {date: 2026-01-08, kind: correction, text: Two., changes: {kind: {now: drone}}}]",
    ),
    "previous_ids": FORMER,
    "content_warning": NOTES,
    "sensitivity": (None, "graphic", "[minors, ongoing-operation]"),
    "media": (None, "[{file: a.gif, alt: One}]", "[{file: b.gif, alt: Two, graphic: true, credit: Me}]", "[{file: gone.gif, alt: Gone}]"),
    "embargo_until": (None, "2026-06-01T00:00+00:00", "2026-03-01T00:00+03:00", "tomorrow"),
    "private": (None, '{phone: "+7-SECRET-TWO"}', "{who: [SECRET-THREE, SECRET-FOUR]}", "{word: Belgorod}", "{word: Moscow}"),
    "authors": (None, "Somebody", "[One Author, Another]"),
    "reviewed_by": (None, "A Reviewer"),
    "licence": (None, "CC0"),
    "external_ids": (None, '{acled: "RUS123", wikidata: Q1}'),
    "lang": LANGS,
}  # fmt: skip

TRANSLATION: Values = {
    "title": ("Другой", "canaryrutitle one", None),
    "summary": (None, "Кратко one.", "Короче."),
    "translated_from": (None, '"0123456789ab"'),
    "authors": (None, "Переводчик"),
    "lang": (None, "ru", "uk"),
}

SOURCE: Values = {
    "title": ("A new title one", "Новый & <заголовок>", None),
    "untitled": (None, "true"),
    "publisher": ("wire", "Copy Farm", "A Third One", "Nobody in particular", None),
    "url": ("https://wire.example/new", "https://wire.example/1?a=1&utm_source=x", None),
    "published": MOMENTS,
    "accessed": MOMENTS,
    "language": LANGS,
    "kind": SOURCE_KINDS,
    "author": (None, "An Author"),
    "derived_from": (None, "[wire-1]", "[wire-2, post-1]", "copy-1", "gone"),
    "archived": (None, "[{url: https://archive.example/1, at: 2025-12-20}]"),
    "sha256": (None, f'"{"0a" * 32}"'),
    "files": (None, "[report.pdf]"),
    "state": (None, "dead", "edited"),
    "note": NOTES,
    "previous_ids": FORMER,
}

CITY: Values = {
    "name": ("Another Town", "Moscow", "A {brace} & <Town>", None),
    "country": ("RU", "UA", "KZ"),
    "lat": ("55.7", "44.61", "50.1"),
    "lon": ("37.6", "33.5", "36.2", "200"),
    "timezone": ("Europe/Moscow", "Europe/Kyiv", "Asia/Omsk"),
    "names": (None, "{ru: Город}", "{uk: Місто, ru: Другой}"),
    "aliases": (None, "[Moskva]", "[Bigtown, Smalltown]", "[Kharkiv]"),
    "region": (None, "Region one", "Another Region"),
    "part_of": (None, "moscow", "kharkiv"),
    "disputed": (None, "{claimed_by: [Russia, Ukraine], administered_by: Ukraine, note: Since 2014.}"),
    "wikidata": (None, "Q649"),
    "geonames": (None, '"524901"'),
    "previous_ids": FORMER,
}

PUBLISHER: Values = {
    "name": ("Another House", "The Wire", "Nobody in particular", None),
    "aliases": (None, "[Wire Agency]", "[Copy Farm, Wire Agency]", "[A Third One]"),
    "kind": SOURCE_KINDS,
    "country": (None, "UA"),
    "languages": (None, "[ru, uk]"),
    "reliability": (None, "A", "E", "F"),
    "party_to_conflict": (None, "Ministry"),
    "url": (None, "https://wire.example/"),
    "note": NOTES,
    "previous_ids": FORMER,
}

WAVE: Values = {
    "title": ("Another wave", "A wave & <one>", None),
    "date": DATES,
    "kind": ("night", "campaign", "topic"),
    "summary": (None, "Another summary one."),
    "where": (
        None,
        "{kind: rocket}",
        "{city: [belgorod, Kharkiv], kind: [drone, rocket]}",
        "{tag: energy}",
        "{kind: drone, year: 2025}",
        "{date: 2025-12}",
    ),
    "previous_ids": FORMER,
}

PROSE: Values = {
    "title": ("Another page", "A page & <one>", None),
    "summary": (None, "What it says."),
    "navigation": (None, "1", "3"),
    "lang": LANGS,
    "previous_ids": FORMER,
}

SITE: Values = {
    "title": ("Another Chronicle", "The <Edited> Chronicle", None),
    "base_url": ("https://chronicle.example/moved/", "https://chronicle.example/edited/", "chronicle.example"),
    "tagline": (None, "Another tagline."),
    "languages": ("[en]", "[en, ru]", "[ru, en]"),
    "kinds": (
        '{drone: {label: {en: drone}, colour: "#0072B2", glyph: "▲"}, rocket: {label: {en: rocket strike}}, outage: {label: {en: outage}}}',
        '{drone: {label: {en: unmanned aircraft, ru: дрон}}, rocket: {label: {en: rocket strike}, colour: "#123456"}}',
        None,
    ),
    "licence": (None, '{name: CC0, url: "https://example.org/cc0"}'),
    "authors": (None, "[The Desk]"),
    "contact": (None, "other@chronicle.example"),
    "navigation": (None, "[incidents, dates, waves, about]"),
    "publish_precision": (None, "district", "{drone: settlement}"),
    "rules": (
        "{unknown-incident: warning, unknown-wave: warning, unknown-kind: warning, former-id-in-use: warning, anchor-unknown: warning}",
        "{unknown-incident: off, unknown-wave: off, unknown-kind: off, stale-translation: off, wrong-folder: off}",
        "{stale-translation: error}",
        None,
    ),
    "ledger": (None, "{outliers: widen}", "{derived: left-out, unreliable: [E, F]}"),
    "features": (None, "[feeds]", "[maps]", "[]"),
}  # fmt: skip

VALUES: dict[str, Values] = {
    "incident": INCIDENT,
    "translation": TRANSLATION,
    "source": SOURCE,
    "city": CITY,
    "publisher": PUBLISHER,
    "wave": WAVE,
    "page": PROSE,
    "site": SITE,
}
"""The values of every key, by the name of the type."""

BODIES = (
    "",
    "Another body one.",
    "See [[2025-12-15-moscow-drone]], [[2026-01-04-both|both]] and [[2024-no-day]].",
    "See [[city:kharkiv]], [[wave:drones]], [[source:copy-1]], [[publisher:farm]], [[kind:rocket]] and [[page:about]].",
    "Said once.[^wire-1] And twice.[^wire-1] By another.[^copy-1]",
    "## One\n\nText, [below](#h-two).\n\n## Two\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "A picture: ![One pixel](a.gif)",
    "canarytext, and [[gone]].",
    "Tells of [[2025-12-15-hidden-draft]].",
    "Tells of [[2025-12-16-hidden-embargo]].",
    "Belgorod, +7-SECRET-TWO.",
    "There were {{count year=2025}} and {{sum injured city=kharkiv}}, {{count kind=drone}} of them by drone.",
    "There were {{count wave=drones tag=energy}} and {{count city=moscow year=2024,2025}}, {{sum killed}} in all.",
    "In all {{count date=2025-12}}; {{count kind=nothing}}",
    "<b>HTML</b>",
    "[x](javascript:alert)",
)
"""What a body may become."""

_DEFAULT = {
    name: (default_root() / "templates" / name).read_text(encoding="utf-8") for name in ("base.html", "parts.html")
}
LOOKS = {
    "templates/base.html": (_DEFAULT["base.html"].replace("</body>", "<p>one</p></body>"),),
    "templates/parts.html": (_DEFAULT["parts.html"].replace(" · ", " | "),),
    "templates/note.html": ("<p>Note two.</p>\n", "<p>{{ page.title }}</p>\n", "{{ page.nope }}\n", '{% include "deep.html" %}\n'),
    "templates/deep.html": ("<p>Deep one.</p>\n", "<p>Deep two.</p>\n"),
    "templates/tombstone.html": (
        '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}, one</h1>{% endblock %}\n',
        '{% extends "base.html" %}{% import "deep.html" as deep %}{% block main %}<h1>{{ page.title }}</h1>{{ deep }}{% endblock %}\n',
        "{% for %}\n",
    ),
    "templates/extra.html": ("nothing uses this\n", '{% include "extra.html" %}\n'),
    "templates/static/extra.css": ("p { margin: 0 }\n", "p { margin: 1em }\n"),
    "templates/static/style.css": ("body { color: black }\n", "body { color: white }\n"),
}  # fmt: skip
"""What files of a chronicle's own look may be; a file that is there may also go."""
