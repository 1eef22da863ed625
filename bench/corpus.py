"""A deterministic chronicle of invented entries, for measuring; the same number and seed give the same bytes.

    python -m bench.corpus N FOLDER

Every place, person and event is invented. The texts have the length and the mixture of a real entry's.
"""

from __future__ import annotations

import bisect
import datetime
import itertools
import random
import sys
from pathlib import Path
from typing import Any

KINDS = ("drone", "rocket", "shelling", "airstrike", "mine", "fire", "outage", "evacuation")
ASSESSMENTS = ("confirmed", "confirmed", "confirmed", "likely", "contested", "single-source")
PUBLISHERS = (
    "Regional Desk", "City Council Bulletin", "River Radio", "Morning Ledger", "Emergency Service", "Open Map Project",
    "Northern Wire", "Harbour Gazette", "Field Monitors", "Hospital Press Office", "Rail Operator", "Grid Operator",
)  # fmt: skip
TAGS = [
    "housing",
    "school",
    "hospital",
    "power-grid",
    "railway",
    "bridge",
    "port",
    "warehouse",
    "market",
    "night",
    "morning",
    "evening",
    "debris",
    "fire",
    "glass",
    "windows",
    "vehicles",
    "road",
    "water-supply",
    "heating",
    "farm",
    "forest",
    "church",
    "library",
    "museum",
    "office",
    "factory",
    "depot",
    "bus",
    "tram",
    "children",
    "rescue",
    "shelter",
    "siren",
    "air-defence",
    "verified-video",
    "satellite",
    "witness",
    "official",
    "update",
]
_A = [
    "Ash",
    "Bel",
    "Cal",
    "Dor",
    "Elm",
    "Far",
    "Glen",
    "Hol",
    "Ivy",
    "Kel",
    "Lin",
    "Mar",
    "Nor",
    "Oak",
    "Pen",
    "Quar",
    "Ros",
    "Sten",
    "Tor",
    "Ul",
    "Ver",
    "Wal",
    "Yar",
    "Zel",
]
_B = ["brook", "bury", "dale", "ford", "gate", "ham", "mere", "moor", "port", "stead", "ton", "vale", "wick", "worth"]
STREETS = [
    "Mill Street",
    "Station Road",
    "Orchard Lane",
    "Victory Avenue",
    "Canal Street",
    "Garden Street",
    "Museum Square",
    "Harbour Road",
    "School Lane",
    "Baker Street",
    "Bridge Street",
    "Poplar Avenue",
]
DISTRICTS = ["northern", "southern", "eastern", "western", "central", "riverside", "old town", "industrial"]
BUILDINGS = [
    "a five-storey apartment block",
    "a nine-storey residential building",
    "two private houses",
    "a kindergarten",
    "a secondary school",
    "a grain warehouse",
    "a repair depot",
    "the district clinic",
    "a transformer substation",
    "a bus garage",
    "a covered market",
    "a row of garages",
    "an office building",
    "a pumping station",
    "the railway freight yard",
    "a printing house",
]
WHO = [
    "The regional administration",
    "The emergency service",
    "The city council",
    "The mayor's office",
    "The district police",
    "A duty officer",
    "The hospital press office",
    "The grid operator",
    "Residents of the street",
    "A volunteer group",
    "The railway company",
    "Local reporters",
]
CREWS = [
    "Rescue crews",
    "Firefighters",
    "Paramedics",
    "Utility workers",
    "Volunteers",
    "Engineers",
    "Sappers",
    "Police investigators",
]
VERBS = ["said", "reported", "confirmed", "wrote", "told journalists", "announced", "noted"]
TIMES = [
    "shortly before dawn",
    "after midnight",
    "in the early morning",
    "around noon",
    "late in the evening",
    "during the evening rush",
    "within the hour",
    "by the end of the day",
]
DAMAGE = [
    "broken windows",
    "a collapsed roof",
    "a burned-out vehicle",
    "a severed power line",
    "a damaged gas pipe",
    "cracked load-bearing walls",
    "a crater in the roadway",
    "a flooded basement",
    "a damaged water main",
    "shrapnel marks on the facade",
    "a destroyed staircase",
    "a torn overhead tram wire",
]
SERVICES = ["electricity", "water", "heating", "gas", "mobile coverage", "tram service", "street lighting"]
SENT = [
    "{who} {verb} that the {kind} hit {building} in the {district} district {time}.",
    "{crews} arrived {time} and cordoned off the area around {street}.",
    "Windows were broken in at least *{n}* neighbouring buildings, and {damage} was recorded on {street}.",
    "The fire covered about {m} square metres and was put out {time}.",
    "{who} {verb} that {n} people asked for medical help, most of them with light injuries.",
    "Supply of {service} to the {district} district was interrupted for **{n} hours**.",
    "Witnesses described two loud sounds a few seconds apart, followed by smoke over {street}.",
    "A later update corrected the address from {street} to {street2} and left the other details unchanged.",
    "{crews} worked through the night to clear debris from the staircase and the courtyard.",
    "The first photographs show {damage} and {damage2}; the location was matched with street-level imagery.",
    "No group of monitors has yet published an independent count for this entry.",
    "{who} opened a warming point at the school on {street} and asked residents to keep documents with them.",
    "Traffic on {street} was closed until the structure of {building} could be inspected.",
    "The account given by the {district} district differs in one detail: it puts the time {n} minutes later.",
    "Investigators collected fragments and opened a file, reference `R-{m}-{n}`.",
    "Families from the upper floors were moved to relatives or to a dormitory {time}.",
    "Repair of {service} was finished {time}, and the utility asked people to switch appliances on one by one.",
    "The total length of the damaged roof is put at {m} metres \u2013 about half of {building}.",
    "Nobody was inside {building} at the time, according to the caretaker.",
    "An earlier version of this report mentioned {damage}; that could not be confirmed.",
]
QUOTES = [
    "We heard the sound and went down to the basement, and then the lights went out.",
    "Everyone from our staircase is accounted for, and that is what matters today.",
    "The crews came in eight minutes; the neighbours were already carrying buckets.",
    "Please do not come close to the cordon while the inspection goes on.",
    "We will publish the list of addresses for window repair tomorrow morning.",
    "The children are fine, they slept in the corridor as we had agreed.",
]
HEADS = [
    ["What happened", "Damage and response"],
    ["Summary", "Damage", "Response"],
    ["Timeline", "Consequences"],
    ["First reports", "What is confirmed", "What is still unclear"],
    ["The incident", "Aftermath", "Verification"],
]
ADJ = ["residential", "night", "morning", "industrial", "suburban", "central", "riverside", "repeat", "minor", "large"]


def city_names() -> list[str]:
    names = [a + b for b in _B for a in _A][:120]
    random.Random(7).shuffle(names)
    return names


def slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _sentence(r: random.Random, kind: str) -> str:
    c = r.choice
    return c(SENT).format(
        who=c(WHO), verb=c(VERBS), kind=kind, building=c(BUILDINGS), district=c(DISTRICTS), time=c(TIMES), crews=c(CREWS),
        street=c(STREETS), street2=c(STREETS), n=r.randint(2, 40), m=r.randint(20, 900), damage=c(DAMAGE), damage2=c(DAMAGE),
        service=c(SERVICES),
    )  # fmt: skip


def _body(r: random.Random, entry: dict[str, Any], targets: list[dict[str, Any]]) -> str:
    """120 to 290 words under two or three headings, with a list, a quotation, links, and a table in one of five."""
    heads = r.choice(HEADS)
    goal = r.randint(120, 290)
    paragraphs: list[list[str]] = [[] for _ in range(1 + len(heads))]
    words, n = 25 + 30 * entry["table"] + 8 * len(targets), 0
    while words < goal:
        sentence = _sentence(r, entry["kind"])
        words += len(sentence.split())
        paragraphs[n % len(paragraphs)].append(sentence)
        n += 1
    for k, target in enumerate(targets):
        paragraphs[k % len(paragraphs)].append(f"See also [[{target['id']}|{target['title']}]] for an earlier entry.")
    out = [" ".join(paragraphs[0]) or _sentence(r, entry["kind"])]
    for k, title in enumerate(heads):
        out += [f"## {title}", " ".join(paragraphs[k + 1]) or _sentence(r, entry["kind"])]
        if k == 0:
            out.append("\n".join(f"- {r.choice(STREETS)}: {r.choice(DAMAGE)}" for _ in range(r.randint(2, 4))))
        elif k == 1:
            out.append(f"> {r.choice(QUOTES)}")
            if entry["table"]:
                rows = ["| Address | Buildings | Status |", "|---|---:|---|"]
                rows += [
                    f"| {r.choice(STREETS)} | {r.randint(1, 30)} | {r.choice(['inspected', 'repaired', 'closed'])} |"
                    for _ in range(r.randint(3, 5))
                ]
                out.append("\n".join(rows))
    return "\n\n".join(out) + "\n"


def entries(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """So many entries over four years, in the order of their times; cities are as unequal as real ones."""
    r = random.Random(seed)
    cities = city_names()
    shares = list(itertools.accumulate(1 / (k + 1) for k in range(len(cities))))
    start = datetime.datetime(2022, 3, 1)  # noqa: DTZ001  local time of an invented place
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    by_city: dict[str, list[dict[str, Any]]] = {}
    for minutes in sorted(r.randrange(4 * 365 * 1440) for _ in range(count)):
        when = start + datetime.timedelta(minutes=minutes)
        city = cities[bisect.bisect(shares, r.random() * shares[-1])]
        kind = r.choice(KINDS)
        base = f"{when:%Y-%m-%d}-{slug(f'{kind} {city}')}"
        id, k = base, 2
        while id in seen:
            id, k = f"{base}-{k}", k + 1
        seen.add(id)
        killed = r.choice([0] * 12 + [1, 1, 2, 3])
        entry: dict[str, Any] = {
            "id": id,
            "title": f"{r.choice(ADJ).capitalize()} {kind} in {city}: {r.choice(BUILDINGS)}",
            "when": when,
            "city": city,
            "kind": kind,
            "assessment": r.choice(ASSESSMENTS),
            "killed": killed,
            "injured": r.choice([0, 0, 0, 1, 2, 3, 5, 8]) + killed,
            "table": r.random() < 0.2,
        }
        entry["sources"] = [_source(r, entry) for _ in range(r.randint(1, 4))]
        entry["tags"] = sorted(r.sample(TAGS, r.randint(2, 5)))
        same = by_city.setdefault(city, [])
        entry["relations"] = sorted({x["id"] for x in r.choices(same[-40:], k=r.randint(0, 3))}) if same else []
        near = range(max(0, len(found) - 2000), len(found))
        targets = [found[r.choice(near)] for _ in range(r.randint(1, 3))] if found else []
        entry["body"] = _body(r, entry, targets)
        same.append(entry)
        found.append(entry)
    return found


def _source(r: random.Random, entry: dict[str, Any]) -> dict[str, str]:
    publisher = r.choice(PUBLISHERS)
    day = entry["when"] + datetime.timedelta(hours=r.randint(0, 60))
    return {
        "title": f"{publisher}: {entry['kind']} in {entry['city']}",
        "url": f"https://{slug(publisher)}.example/{day:%Y/%m/%d}/{r.randint(1000, 999999)}",
        "publisher": publisher,
        "published": f"{day:%Y-%m-%d}",
    }


def text_of(entry: dict[str, Any]) -> str:
    """The file of one entry."""
    lines = [
        "---",
        f'title: "{entry["title"]}"',
        f"date: {entry['when']:%Y-%m-%d}",
        f'time: "{entry["when"]:%H:%M}"',
        f"city: {slug(entry['city'])}",
        f"kind: {entry['kind']}",
        f"assessment: {entry['assessment']}",
        "casualties:",
        f"  killed: {entry['killed']}",
        f"  injured: {entry['injured']}",
        "sources:",
    ]
    for source in entry["sources"]:
        lines += [
            f'  - title: "{source["title"]}"',
            *(f"    {key}: {source[key]}" for key in ("url", "publisher", "published")),
        ]
    lines.append(f"tags: [{', '.join(entry['tags'])}]")
    if entry["relations"]:
        lines += ["relations:", *(f"  - {id}" for id in entry["relations"])]
    return "\n".join(lines) + "\n---\n\n" + entry["body"]


def files(count: int, seed: int = 1) -> dict[str, str]:
    """Every file of the chronicle by its path."""
    kinds = "".join(f"  {kind}: {{label: {{en: {kind.capitalize()}}}}}\n" for kind in KINDS)
    found = {"site.yaml": f"title: A measured chronicle\nbase_url: https://example.org/\nkinds:\n{kinds}"}
    for n, name in enumerate(city_names()):
        place = f"lat: {48 + n % 11 * 0.7:.2f}\nlon: {24 + n % 17 * 0.9:.2f}"
        found[f"content/cities/{slug(name)}.md"] = (
            f"---\nname: {name}\ncountry: UA\n{place}\ntimezone: Europe/Minsk\n---\n"
        )
    for entry in entries(count, seed):
        found[f"content/incidents/{entry['id'][:4]}/{entry['id']}.md"] = text_of(entry)
    return found


def write(count: int, folder: Path) -> None:
    """The chronicle, written into a folder."""
    for path, text in files(count).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
