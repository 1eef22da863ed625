"""Every rule by its name: what it asks for, and how bad it is to break it; docs/rules.md is made from this.

`site.yaml` may set rules to `off`, `note`, `warning` or `error`.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Rule(msgspec.Struct, frozen=True):
    """What a rule asks for, and the severity of its problems where `site.yaml` sets none.

    `either` is a rule that warns of the lesser of two faults: the problem itself says which.
    """

    says: str
    severity: Literal["error", "warning", "note", "either"] = "error"


SOFT = frozenset(
    (
        "anchor-unknown", "former-id-in-use", "foreign-file", "future-date", "half-a-point", "heading-empty", "heading-level",
        "image-alt", "link-duplicate", "link-undefined", "relation-to-itself", "repeated-value", "status-note",
        "subgroup-above-whole", "table-cells", "time-past-midnight", "unknown-footnote", "unknown-incident", "unknown-kind",
        "unknown-tag", "unknown-wave", "wave-query", "wrong-folder",
    )
)  # fmt: skip
"""Errors that `site.yaml` may make warnings or switch off, because the site stays right without what they are about.

Any other error would leave something out of the site in silence, or publish what must not be published.
"""


def may_be(rule: str, severity: str) -> bool:
    """Whether a rule may have a severity; every rule may be an error, and a rule of the desk anything."""
    if severity == "error" or rule in DESK:
        return True
    return severity != "note" and (rule in SOFT or RULES[rule].severity == "warning")


DESK: dict[str, Rule] = {
    # what an entry rests on
    "one-source": Rule("More than one publisher reports an incident, or its assessment is single-source.", "warning"),
    "one-party": Rule("Not all publishers are of one party to the conflict.", "warning"),
    "copies-alone": Rule("Not all sources go back to one report, or the assessment is single-source.", "warning"),
    "copy-without-origin": Rule(
        "A seed of an aggregator or content farm names in derived_from what it copies.", "note"
    ),
    "contradiction-unsaid": Rule(
        "Where sources that are relied on contradict each other, an entry says so: by its assessment, a range, a text that cites each side, or a note that names one.",
        "warning",
    ),
    # figures
    "figure-outside-sources": Rule("A figure lies within what the sources are said to claim of it.", "warning"),
    "figure-unsaid": Rule(
        "A casualty figure, a count of none too, is one that some source is said to give under says.", "note"
    ),
    "title-number": Rule("A number in an English title is one that the data bear out.", "warning"),
    # dates and times
    "time-of-unsaid": Rule("A time of the clock says in time_of what it is the time of.", "note"),
    "source-before-event": Rule(
        "No source tells of an incident before it happened; a day is allowed for time zones.", "warning"
    ),
    "sources-long-after": Rule(
        "The first report is of the 90 days after the incident, unless its kind comes late.", "warning"
    ),
    # places
    "point-far": Rule(
        "A point lies within 100 km of a city of its entry, unless it is a launch or stands for a region.", "warning"
    ),
    "point-too-exact": Rule("A point has no more digits than its precision bears out.", "warning"),
    # what stands twice
    "possible-duplicate": Rule(
        "No two entries of a city and kind, a day apart at most, have like titles, unless relations tell how they stand.",
        "warning",
    ),
    "near-tags": Rule("No two tags differ by a letter, a hyphen or a plural alone.", "warning"),
    "same-address": Rule("An address has one seed, and is cited by it.", "warning"),
    # the files
    "no-archived-copy": Rule("What is cited from the web has an archived copy.", "note"),
    "uncited-source": Rule("A seed is cited by an entry, copied by a seed or linked in a text.", "note"),
}
"""The rules that a good editor applies: `check` tells of them, and a build of those alone that a chronicle has made errors."""


RULES: dict[str, Rule] = DESK | {
    # the file
    "bad-id": Rule("A file's name up to its first dot is an id: a–z, 0–9 and single hyphens, 1 to 80 letters."),
    "not-utf8": Rule("A file is text in UTF-8."),
    "byte-order-mark": Rule("A file does not begin with a byte order mark.", "warning"),
    "duplicate-id": Rule("No two files of one type share an id."),
    "file-changing": Rule("No other program is writing a file while it is read."),
    "file-exists": Rule("A new entry does not take the place of a file."),
    "file-missing": Rule("A file that was there at the start is still there."),
    "file-name": Rule("A file's name is plain text without control characters."),
    "file-too-large": Rule("A file is small enough to be read by a person."),
    "file-unreadable": Rule("A file may be read by who builds."),
    "folder-depth": Rule("Folders are not nested endlessly."),
    "odd-file": Rule("A file is a regular file: no symbolic link, device or pipe is followed."),
    "wrong-folder": Rule("An entry stands in the folder of the year in its id.", "either"),
    # front matter as YAML
    "bad-character": Rule(
        "Texts hold no control characters, invisible marks or unpaired signs of direction.", "either"
    ),
    "bad-yaml": Rule("The front matter can be read as YAML."),
    "cut-by-comment": Rule("A value is not cut off by a comment.", "warning"),
    "duplicate-key": Rule("A key stands once."),
    "empty-value": Rule("A key has a value; what is not known is left out."),
    "front-matter-not-closed": Rule("The front matter ends with a line of three hyphens."),
    "no-front-matter": Rule("A file begins with a line of three hyphens."),
    "not-a-mapping": Rule("The front matter is a map of keys to values."),
    "not-normalised": Rule("Texts are in Unicode normal form C.", "warning"),
    "second-document": Rule("A file holds one front matter."),
    "split-address": Rule("An address with a comma inside a list stands in quotes."),
    "tab": Rule("Indentation is made of spaces."),
    "too-deep": Rule("Values are not nested deeper than any schema needs."),
    "too-long": Rule("A text, list or front matter keeps to its limit."),
    "yaml-alias": Rule("Anchors, aliases, tags and merge keys are not used."),
    # values
    "bad-address": Rule("The address of the site is whole and ends in a slash."),
    "bad-count": Rule("A count is a number, a range (2-5), at least (40+) or about (~30)."),
    "bad-date": Rule("A date is EDTF: 2025-12-15, 2025-12, [2025-12-14,2025-12-15] …"),
    "bad-form": Rule("A text has the form its key asks for."),
    "bad-moment": Rule("A moment is a day, a day with a part of day, or a day and time with its zone."),
    "bad-number": Rule("A number lies in the range its key allows."),
    "bad-time": Rule(
        "A time is 01:42, ~00:32, 23:49/00:08, ../01:51, 02:00/.. or a part of day, and exists in its zone."
    ),
    "missing-key": Rule("The required keys are there."),
    "unknown-key": Rule("A key is one the schema knows, or begins with x_."),
    "firm-rule": Rule("A rule that protects content or readers stays an error."),
    "unknown-rule": Rule("site.yaml sets rules that exist."),
    "unknown-word": Rule("A word is one of those its key allows."),
    "unknown-zone": Rule("A time zone is one of the IANA database."),
    "wrong-shape": Rule("A text, list or map stands where the schema asks for one."),
    # one record
    "change-chain": Rule("What updates say of a value leads to the value of today.", "warning"),
    "half-a-point": Rule("A point has both coordinates."),
    "placeholder-text": Rule("A published entry has a text, and not the line that a new entry begins with.", "warning"),
    "relation-to-itself": Rule("No record is related to, part of or derived from itself."),
    "repeated-value": Rule("The same value stands once in a list."),
    "source-form": Rule("A cited source is a seed or an address, and a seed's keys stand in the seed."),
    "stray-quotes": Rule("A title does not stand in quotes, and holds no single one.", "warning"),
    "status-note": Rule("A withdrawn, retracted or merged entry says why and where it went."),
    "subgroup-above-whole": Rule("A subgroup is not larger than its whole."),
    "time-past-midnight": Rule("A time across midnight stands with a date that holds both days."),
    "unknown-footnote": Rule("A footnote names a source of its entry."),
    "withdrawal-date": Rule("An entry that is gone says when, in an update of kind retraction.", "warning"),
    "wave-query": Rule("Only a topic holds a query."),
    # Markdown
    "anchor-unknown": Rule("A link to a heading leads to one of the same text."),
    "footnote-defined": Rule("Footnotes name sources; their texts are not defined in the body."),
    "heading-empty": Rule("A heading has words."),
    "heading-glued": Rule("A blank stands between the # of a heading and its words.", "warning"),
    "heading-level": Rule("Headings begin at level 2; level 1 is the title."),
    "heading-skipped": Rule("No level of heading is skipped.", "warning"),
    "image-alt": Rule("A picture has a text for those who cannot see it."),
    "image-remote": Rule("Pictures are files of the chronicle, so that no other site learns of its readers."),
    "link-duplicate": Rule("A link's definition stands once."),
    "link-in-link": Rule("No link stands inside another."),
    "link-local": Rule("No address leads into a private network."),
    "link-malformed": Rule("A link [[type:id|text]] is whole."),
    "link-relative": Rule("Pages of the chronicle are linked by id, as [[id]]."),
    "link-scheme": Rule("Links use https, http, mailto, tel or geo."),
    "link-secret": Rule("No address holds a user name or password."),
    "link-slip": Rule("What was meant as a link is one.", "warning"),
    "link-undefined": Rule("A link's definition exists."),
    "link-unused": Rule("A link's definition is used.", "warning"),
    "media-path": Rule("A picture is named by its path under content/media/."),
    "query-malformed": Rule("A query {{count key=value}} is whole, and its words are known."),
    "raw-html": Rule("A body holds no HTML."),
    "too-many": Rule("A body keeps to limits that no honest text meets."),
    "table-cells": Rule("A row of a table has no more cells than its head."),
    "tracker": Rule("An address carries no mark that follows its reader.", "warning"),
    # all records together
    "address-taken": Rule("No two pages share an address."),
    "former-id-in-use": Rule("A former id is not in use, and leads to one record."),
    "future-date": Rule("An incident does not lie in the future."),
    "link-to-withheld": Rule("A text does not tell of a draft or an embargoed entry."),
    "private-in-output": Rule("Nothing under private stands in any page."),
    "relation-to-withheld": Rule("A relation to a draft or an embargoed entry is left out.", "warning"),
    "shared-name": Rule("An alias belongs to one city or publisher.", "warning"),
    "stale-translation": Rule("A translation is of the present text of its original.", "warning"),
    "unknown-city": Rule("A city exists, and its name means one place."),
    "unknown-incident": Rule("An incident that is named exists."),
    "unknown-kind": Rule("A kind is one of site.yaml."),
    "unknown-media": Rule("A picture that is named exists under content/media/."),
    "unknown-page": Rule("A page that is named exists."),
    "unknown-publisher": Rule("A publisher that is named exists."),
    "unknown-source": Rule("A source that is named exists in seeds/."),
    "unknown-tag": Rule("A tag that a query asks for is one that some entry has."),
    "unknown-wave": Rule("A wave that is named exists."),
    # pictures
    "media-broken": Rule("A picture is whole, and nothing but a picture."),
    "media-too-large": Rule("A picture is small enough for a reader's device."),
    "media-type": Rule("Media are JPEG, PNG, WebP or GIF pictures, and their names say which."),
    # the machine room
    "machine": Rule("The preview can read the folder that it shows."),
    "template": Rule("A template can be read and uses what its view holds."),
    "manifest-missing": Rule("A site to be compared has its manifest."),
    "page-altered": Rule("A published file is as the manifest says."),
    "page-missing": Rule("A file that the manifest lists is there."),
    "foreign-file": Rule("The output folder holds nothing we did not write.", "either"),
}
