"""Every type of the chronicle, once: what an author may write, what a parsed file is, and what a page is.

The reader, the JSON Schema, the codebook page and the `new` template are made from the types in this file. A field of a
record type is a key of its front matter, in the same words; the fields of `Record` itself come from the file, not from
its front matter. `Meta(extra=…)` says how the reader takes a value:

- `ref`: the text is an id of that type (cities and publishers also by any of their names);
- `lone`: a single value may stand for a list of one;
- `free`: the keys of a map are the author's own;
- `flat`: the keys of the part stand beside those of what holds it;
- `short`: a scalar may stand for a map with this one key;
- `drop`: the value is never kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, NewType, get_args

import msgspec
from msgspec import Meta

from .counts import Count
from .days import FIRST_YEAR, LAST_YEAR
from .edtf import Edtf
from .marks import Marks
from .moments import Moment
from .problems import Problem, Span
from .times import Time

# ---------------------------------------------------------------- ids and plain values

Slug = NewType("Slug", str)
"""The id of a record: a–z, 0–9 and single hyphens, 1 to 80 letters."""

Text = Annotated[str, Meta(min_length=1)]
Url = Annotated[str, Meta(extra={"scalar": "url"})]
Lang = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="a BCP 47 language tag")]
CityRef = Annotated[str, Meta(extra={"ref": "city"})]
IncidentRef = Annotated[str, Meta(extra={"ref": "incident"})]
SourceRef = Annotated[str, Meta(extra={"ref": "source"})]
PublisherRef = Annotated[str, Meta(extra={"ref": "publisher"})]
WaveRef = Annotated[str, Meta(extra={"ref": "wave"})]
KindRef = Annotated[str, Meta(extra={"ref": "kind"})]
Zone = Annotated[str, Meta(extra={"scalar": "zone"}, description="an IANA time zone, such as Europe/Moscow")]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", description="an ISO 3166-1 code of two letters")]
Year = Annotated[int, Meta(ge=FIRST_YEAR, le=LAST_YEAR)]
Lat = Annotated[float, Meta(ge=-90, le=90, description="degrees north, WGS 84")]
Lon = Annotated[float, Meta(ge=-180, le=180, description="degrees east, WGS 84")]
PreviousIds = Annotated[
    tuple[str, ...],
    Meta(extra={"scalar": "slug", "lone": True}, description="former ids; each keeps a page that leads here"),
]

Status = Literal["published", "draft", "withdrawn", "retracted", "merged"]
Assessment = Literal["confirmed", "likely", "single-source", "contested", "discounted", "unassessed"]
TimeOf = Literal["event", "statement", "alert"]
Outcome = Literal["killed", "injured", "missing", "detained", "evacuated"]
DamageSeverity = Literal["possible", "minor", "moderate", "severe", "destroyed"]
Confidence = Literal["known", "probable", "suspected", "unknown"]
Role = Literal["attributed", "claimed-by", "target", "defender", "responder"]
Position = Literal["accepts", "denies", "no-comment", "not-asked"]
Hit = Literal["yes", "no", "unknown"]
Precision = Literal["exact", "within-100m", "street", "neighbourhood", "settlement", "district", "region", "country"]
LocationRole = Literal["impact", "launch", "interception", "debris", "affected"]
RelationKind = Literal["follow-up-to", "same-event-as", "duplicate-of", "responds-to", "contradicts", "related"]
UpdateKind = Literal["update", "correction", "clarification", "retraction", "upgrade", "downgrade"]
Sensitivity = Literal[
    "graphic", "personal-information", "minors", "ongoing-operation", "deceptive", "deleted-by-source"
]
ClaimStatus = Literal["current", "superseded", "withdrawn"]
SourceKind = Literal[
    "official-statement", "news-agency", "outlet", "local-outlet", "international-outlet", "aggregator", "encyclopaedia",
    "content-farm", "post", "video", "photo", "document", "satellite", "testimony", "database",
]  # fmt: skip
SourceState = Literal["live", "dead", "deleted", "edited", "paywalled", "unchecked"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
WaveKind = Literal["night", "campaign", "topic"]
Feature = Literal[
    "feeds", "group-feeds", "maps", "data", "incidents", "kinds", "tags", "sources", "waves", "corrections", "changes",
    "contradictions",
]  # fmt: skip
RuleSeverity = Literal["off", "note", "warning", "error"]
Outliers = Literal["shown", "widen"]
Derived = Literal["shown", "left-out"]

GONE: tuple[Status, ...] = ("withdrawn", "retracted", "merged")
OUTCOMES: tuple[Outcome, ...] = ("killed", "injured", "missing", "detained", "evacuated")
FEATURES: tuple[Feature, ...] = get_args(Feature)
PRECISIONS: tuple[Precision, ...] = (
    "exact", "within-100m", "street", "neighbourhood", "settlement", "district", "region", "country",
)  # fmt: skip


class Part(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A value with keys of its own inside a record."""


# ---------------------------------------------------------------- what an incident is made of


class Toll(Part, frozen=True):
    """Outcome to count. A missing outcome is one that nobody reported; `0` is one that somebody reported as none."""

    killed: Count | None = None
    injured: Count | None = None
    missing: Count | None = None
    detained: Count | None = None
    evacuated: Count | None = None


class Casualties(Toll, frozen=True):
    """The latest knowledge, with subgroups; a subgroup is never above its whole."""

    of_which: Annotated[
        dict[str, Toll], Meta(extra={"free": True}, description="a group, such as children, to its own counts")
    ] = {}


class Damage(Part, frozen=True):
    """One kind of thing that was damaged: `{what: apartment building, part: windows, count: 6, severity: minor}`."""

    what: Text
    part: Text | None = None
    count: Count | None = None
    severity: DamageSeverity | None = None
    note: Text | None = None


class Weapon(Part, frozen=True):
    """What was used, as far as it is known."""

    kind: Text
    model: Text | None = None
    count: Count | None = None
    confidence: Confidence | None = None


class Target(Part, frozen=True):
    """What was aimed at, or is said to have been."""

    kind: Text
    name: Text | None = None
    hit: Hit | None = None


class Actor(Part, frozen=True):
    """A party to the incident, in the role somebody gives it; `basis` says who gives it, `position` what the party itself says."""

    who: Text
    role: Role
    confidence: Confidence | None = None
    basis: Text | None = None
    position: Position | None = None


class Location(Part, frozen=True):
    """A point of the incident, with how exactly it is known; `radius_m` in metres."""

    name: Text | None = None
    lat: Lat | None = None
    lon: Lon | None = None
    precision: Precision | None = None
    radius_m: Annotated[int, Meta(ge=1, le=2_000_000)] | None = None
    role: LocationRole | None = None
    method: Text | None = None


class Says(Part, frozen=True):
    """What one source claims, in the entry's own form.

    `scope` is what its counts are of, where that is not the whole of this incident; only counts of one scope are compared.
    `before` and `after` are other incidents that came after or before this one, as the source has it.
    """

    date: Edtf | None = None
    time: Time | None = None
    time_of: TimeOf | None = None
    city: Annotated[tuple[CityRef, ...], Meta(extra={"lone": True})] = ()
    kind: KindRef | None = None
    casualties: Casualties | None = None
    damage: tuple[Damage, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    targets: tuple[Target, ...] = ()
    actors: tuple[Actor, ...] = ()
    locations: tuple[Location, ...] = ()
    scope: Text | None = None
    before: Annotated[tuple[IncidentRef, ...], Meta(extra={"lone": True})] = ()
    after: Annotated[tuple[IncidentRef, ...], Meta(extra={"lone": True})] = ()


class Archived(Part, frozen=True):
    """A kept copy: its address and the day it was taken."""

    url: Url
    at: Moment | None = None


class Document(Part, frozen=True):
    """What is known of a source document itself, in a seed or beside a bare address."""

    title: Text | None = None
    untitled: bool = False
    publisher: PublisherRef | None = None
    url: Url | None = None
    published: Moment | None = None
    accessed: Moment | None = None
    language: Lang | None = None
    kind: SourceKind | None = None
    author: Text | None = None
    derived_from: Annotated[
        tuple[SourceRef, ...], Meta(extra={"lone": True}, description="the reports this one copies or rewrites")
    ] = ()
    archived: tuple[Archived, ...] = ()
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="64 hex digits")] | None = None
    files: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    state: SourceState | None = None


class Citation(Part, frozen=True):
    """A source as an entry cites it: a seed by `source`, or an address by `url` with any key of a seed beside it."""

    document: Annotated[Document, Meta(extra={"flat": True})] = Document()
    source: SourceRef | None = None
    label: Annotated[str, Meta(extra={"scalar": "slug"}, description="names this source for footnotes")] | None = None
    says: Says | None = None
    note: Text | None = None
    as_of: Moment | None = None
    credibility: (
        Annotated[int, Meta(ge=1, le=6, description="1 confirmed … 5 improbable, 6 cannot be judged")] | None
    ) = None
    quote: Text | None = None
    status: ClaimStatus = "current"


class Relation(Part, frozen=True):
    """How this entry stands to another; the other side is made by the tool."""

    kind: RelationKind
    to: IncidentRef


class Change(Part, frozen=True):
    """A value before and after a correction, as written in the entry."""

    was: Text | None = None
    now: Text | None = None


class Update(Part, frozen=True):
    """A change to a published entry that a reader should see."""

    date: Moment
    kind: UpdateKind
    text: Text
    changes: Annotated[
        dict[str, Change], Meta(extra={"free": True}, description="the dotted key to what it was and is now")
    ] = {}
    source: SourceRef | None = None
    by: Text | None = None


class Medium(Part, frozen=True):
    """A picture under `content/media/`."""

    file: Text
    alt: Text
    credit: Text | None = None
    licence: Text | None = None
    source: SourceRef | None = None
    graphic: bool = False


# ---------------------------------------------------------------- records: one file each


class Record(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What every file gives besides its front matter.

    `id` is the file's name up to the first dot, `path` is relative to the chronicle, `opening` the first sentence of the
    body as plain text, `links` the records the body leads to (`type:id`, sorted), `notes` the footnotes it uses and `queries`
    what it asks, both in order, `digest` and `body_digest` are hex digests of everything else in the record and of the body.
    """

    id: str = ""
    path: str = ""
    opening: str = ""
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    digest: str = ""
    body_digest: str = ""


class Incident(Record, frozen=True):
    """One incident, `content/incidents/<year>/<id>.md`."""

    title: Text
    date: Annotated[Edtf, Meta(description="EDTF, in the zone of the first city")]
    city: Annotated[
        tuple[CityRef, ...],
        Meta(
            min_length=1,
            extra={"lone": True},
            description="a city's id or any of its names; or a list, the main one first",
        ),
    ]
    sources: tuple[Citation, ...] = ()
    time: Time | None = None
    time_of: TimeOf = "event"
    summary: Annotated[str, Meta(min_length=1, max_length=300)] | None = None
    kind: KindRef | None = None
    status: Status = "published"
    status_note: Text | None = None
    merged_into: IncidentRef | None = None
    published: Moment | None = None
    assessment: Assessment = "unassessed"
    assessment_note: Text | None = None
    casualties: Casualties | None = None
    damage: tuple[Damage, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    targets: tuple[Target, ...] = ()
    actors: tuple[Actor, ...] = ()
    locations: tuple[Location, ...] = ()
    publish_precision: Precision | None = None
    part_of: Annotated[tuple[WaveRef, ...], Meta(extra={"lone": True})] = ()
    relations: tuple[Relation, ...] = ()
    tags: tuple[Text, ...] = ()
    updates: tuple[Update, ...] = ()
    previous_ids: PreviousIds = ()
    content_warning: Text | None = None
    sensitivity: Annotated[tuple[Sensitivity, ...], Meta(extra={"lone": True})] = ()
    media: tuple[Medium, ...] = ()
    embargo_until: Annotated[Moment, Meta(extra={"scalar": "instant"})] | None = None
    private: Annotated[
        Any, Meta(extra={"drop": True}, description="never published; dropped when the file is read")
    ] = None
    authors: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    reviewed_by: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    licence: Text | None = None
    external_ids: Annotated[dict[str, str], Meta(extra={"free": True})] = {}
    lang: Lang | None = None


class Translation(Record, frozen=True):
    """An incident in another language, `<id>.<lang>.md` beside the original; `lang` comes from the file's name."""

    title: Text
    summary: Annotated[str, Meta(min_length=1, max_length=300)] | None = None
    translated_from: Text | None = None
    authors: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    lang: Lang | None = None


class Source(Record, frozen=True):
    """A source document, `seeds/<id>.md`. It needs a `title` or `untitled`, a `publisher`, and a `url` or `files`."""

    document: Annotated[Document, Meta(extra={"flat": True})] = Document()
    note: Text | None = None
    previous_ids: PreviousIds = ()


class Disputed(Part, frozen=True):
    """Who claims and who administers a place."""

    claimed_by: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    administered_by: Text | None = None
    note: Text | None = None


class City(Record, frozen=True):
    """A place, `content/cities/<id>.md`."""

    name: Text
    country: Country
    lat: Lat
    lon: Lon
    timezone: Zone
    names: Annotated[dict[str, str], Meta(extra={"free": True}, description="a language to the name in it")] = {}
    aliases: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    region: Text | None = None
    part_of: CityRef | None = None
    disputed: Disputed | None = None
    wikidata: (
        Annotated[str, Meta(pattern=r"^Q[1-9][0-9]*$", description="an item of Wikidata, such as Q649")] | None
    ) = None
    geonames: Annotated[str, Meta(pattern=r"^[0-9]+$", description="a number of GeoNames, such as 524901")] | None = (
        None
    )
    previous_ids: PreviousIds = ()


class Publisher(Record, frozen=True):
    """Who reports, `content/publishers/<id>.md`."""

    name: Text
    aliases: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    kind: SourceKind | None = None
    country: Country | None = None
    languages: Annotated[tuple[Lang, ...], Meta(extra={"lone": True})] = ()
    reliability: Annotated[Reliability, Meta(description="A reliable … E unreliable, F cannot be judged")] | None = None
    party_to_conflict: Text | None = None
    url: Url | None = None
    note: Text | None = None
    previous_ids: PreviousIds = ()


class Where(Part, frozen=True):
    """The query of a topic: every incident that fits all of it."""

    kind: Annotated[tuple[KindRef, ...], Meta(extra={"lone": True})] = ()
    city: Annotated[tuple[CityRef, ...], Meta(extra={"lone": True})] = ()
    tag: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    year: Annotated[tuple[Year, ...], Meta(extra={"lone": True})] = ()
    date: Annotated[Edtf, Meta(description="a day, a month, a year, or the time between two")] | None = None


class Wave(Record, frozen=True):
    """A night, campaign or topic that groups incidents, `content/waves/<id>.md`."""

    title: Text
    date: Edtf
    kind: WaveKind
    summary: Text | None = None
    where: Where | None = None
    previous_ids: PreviousIds = ()


class Prose(Record, frozen=True):
    """Prose that is no incident, `content/pages/<id>.md`."""

    title: Text
    summary: Text | None = None
    navigation: Annotated[int, Meta(ge=0, description="place in the navigation; absent for none")] | None = None
    lang: Lang | None = None
    previous_ids: PreviousIds = ()


class Kind(Part, frozen=True):
    """A kind of incident, as `site.yaml` defines it; `glyph` is one character, `colour` a hex colour."""

    label: Annotated[dict[str, str], Meta(extra={"free": True}, description="a language to the word in it")]
    colour: Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$", description="a hex colour, such as #0072B2")] | None = None
    glyph: Annotated[str, Meta(min_length=1, max_length=2)] | None = None


class Licence(Part, frozen=True):
    """The terms under which the content may be used."""

    name: Text
    url: Url | None = None


class LedgerRules(Part, frozen=True):
    """What of the rules of the ledger a site may set; `generator/tenets.py` says what each means."""

    outliers: Outliers = "shown"
    derived: Derived = "shown"
    unreliable: Annotated[tuple[Reliability, ...], Meta(extra={"lone": True})] = ("D", "E")


class Settings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`site.yaml`."""

    title: Text
    base_url: Annotated[str, Meta(extra={"scalar": "base_url"}, description="where the site is published, ending in /")]
    tagline: Text | None = None
    languages: Annotated[tuple[Lang, ...], Meta(min_length=1, extra={"lone": True})] = ("en",)
    kinds: Annotated[dict[str, Kind], Meta(extra={"free": True, "keys": "slug"})] = {}
    licence: Annotated[Licence, Meta(extra={"short": "name"})] | None = None
    authors: Annotated[tuple[Text, ...], Meta(extra={"lone": True})] = ()
    contact: Annotated[str, Meta(extra={"scalar": "contact"}, description="a mail address or a web address")] | None = (
        None
    )
    navigation: Annotated[tuple[Text, ...], Meta(description="ids of the index pages in the header, in order")] = (
        "incidents", "cities", "dates", "kinds", "sources",
    )  # fmt: skip
    publish_precision: Annotated[
        dict[str, Precision],
        Meta(extra={"free": True, "short": "default"}, description="`default` or a kind to a precision"),
    ] = {}
    rules: Annotated[dict[str, RuleSeverity], Meta(extra={"free": True, "keys": "rule"})] = {}
    ledger: LedgerRules = LedgerRules()
    features: tuple[Feature, ...] = FEATURES


RecordType = Literal["incident", "translation", "source", "city", "publisher", "wave", "page"]

RECORD_TYPES: dict[RecordType, type[Record]] = {
    "incident": Incident,
    "translation": Translation,
    "source": Source,
    "city": City,
    "publisher": Publisher,
    "wave": Wave,
    "page": Prose,
}


# ---------------------------------------------------------------- bodies


class Hole(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place in a body that is filled when a page is rendered.

    `kind` and what stands in `target`:

    - `href`: `type:id` of ours (`incident:…`, `city:…`, `kind:…`, `page:…`), filled with an address;
    - `title`: the same, filled with its title as text;
    - `cite`: the footnote name of a source of this entry, filled with a marker that leads to it;
    - `media`: a path under `content/media/`, filled with an address;
    - `anchor`: the name of a heading of this body, filled with an id that is unique where the body stands;
    - `query`: a query as it is written canonically, filled with its answer in words.
    """

    kind: Literal["href", "title", "cite", "media", "anchor", "query"]
    target: str


class Heading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A heading of a body: level 2 to 6, its anchor name and its plain text."""

    level: int
    anchor: str
    text: str


class Body(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A body as HTML with holes."""

    chunks: tuple[str | Hole, ...] = ()
    headings: tuple[Heading, ...] = ()


class Reference(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A link of a body to something of ours, with its place: `type` as in `[[type:id]]`, or `cite` for a footnote, `media` for a file, `anchor` for a heading of the same body, `query` for a query as it is written canonically; and
    `asked-kind`, `asked-city`, `asked-tag`, `asked-wave` for what a query names."""

    type: str
    id: str
    span: Span


class Parsed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One file, read alone: its record (none where it cannot be read), body, places and problems.

    `shadow` stands for a record that lacks a required key: rules may look at what of it is good, nothing shows it.
    `marks` are the places of its values. `private` holds the texts under `private`, which no
    output may contain; they are never remembered. `withheld` is set where an unreadable status or embargo forbids publishing.
    """

    type: RecordType
    id: str
    path: str
    record: Record | None = None
    shadow: Record | None = None
    body: Body = Body()
    marks: Marks = Marks()
    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()
    private: tuple[str, ...] = ()
    withheld: bool = False

    def span(self, key: str) -> Span:
        """The place of the value of a key; of the nearest key around it where it has none of its own."""
        return self.marks.span(key)


# ---------------------------------------------------------------- pages


class Draft(NamedTuple):
    """A page whose parts are at hand: its key, how its content is made from them, and the files whose texts are among them."""

    key: str
    make: Callable[[], Any]
    texts: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One file of the site that will exist: where, from which template, and how its parts are gathered.

    `path` is relative to the output folder. `template` is empty for what no template makes (feeds, sitemap, data); then
    `make` gives bytes, else a view. `origin` is the file an author would edit to change the page.

    A page is named long before anybody asks what is on it, so its parts are gathered by `draft`, in the process that needs
    them, and let go with it. Its key is a hex digest of them: equal keys mean equal bytes.
    """

    path: str
    template: str
    draft: Callable[[], Draft]
    origin: str = ""

    @cached_property
    def key(self) -> str:
        return self.draft().key

    def make(self) -> Any:
        return self.draft().make()
