"""The words that invented entries are made of; every place, person and event is invented."""

from __future__ import annotations

import random

KINDS = ("drone", "rocket", "shelling", "airstrike", "mine", "fire", "outage", "evacuation")
ASSESSMENTS = ("confirmed", "confirmed", "confirmed", "likely", "contested", "single-source")
PUBLISHERS = (
    "Regional Desk", "City Council Bulletin", "River Radio", "Morning Ledger", "Emergency Service", "Open Map Project",
    "Northern Wire", "Harbour Gazette", "Field Monitors", "Hospital Press Office", "Rail Operator", "Grid Operator",
)  # fmt: skip
TAGS = (
    "housing", "school", "hospital", "power-grid", "railway", "bridge", "port", "warehouse", "market", "night", "morning",
    "evening", "debris", "fire", "glass", "windows", "vehicles", "road", "water-supply", "heating", "farm", "forest", "church",
    "library", "museum", "office", "factory", "depot", "bus", "tram", "children", "rescue", "shelter", "siren", "air-defence",
    "verified-video", "satellite", "witness", "official", "update",
)  # fmt: skip
STREETS = (
    "Mill Street", "Station Road", "Orchard Lane", "Victory Avenue", "Canal Street", "Garden Street", "Museum Square",
    "Harbour Road", "School Lane", "Baker Street", "Bridge Street", "Poplar Avenue",
)  # fmt: skip
DISTRICTS = ("northern", "southern", "eastern", "western", "central", "riverside", "old town", "industrial")
BUILDINGS = (
    "a five-storey apartment block", "a nine-storey residential building", "two private houses", "a kindergarten",
    "a secondary school", "a grain warehouse", "a repair depot", "the district clinic", "a transformer substation",
    "a bus garage", "a covered market", "a row of garages", "an office building", "a pumping station",
    "the railway freight yard", "a printing house",
)  # fmt: skip
WHO = (
    "The regional administration", "The emergency service", "The city council", "The mayor's office", "The district police",
    "A duty officer", "The hospital press office", "The grid operator", "Residents of the street", "A volunteer group",
    "The railway company", "Local reporters",
)  # fmt: skip
CREWS = (
    "Rescue crews", "Firefighters", "Paramedics", "Utility workers", "Volunteers", "Engineers", "Sappers",
    "Police investigators",
)  # fmt: skip
VERBS = ("said", "reported", "confirmed", "wrote", "told journalists", "announced", "noted")
TIMES = (
    "shortly before dawn", "after midnight", "in the early morning", "around noon", "late in the evening",
    "during the evening rush", "within the hour", "by the end of the day",
)  # fmt: skip
DAMAGE = (
    "broken windows", "a collapsed roof", "a burned-out vehicle", "a severed power line", "a damaged gas pipe",
    "cracked load-bearing walls", "a crater in the roadway", "a flooded basement", "a damaged water main",
    "shrapnel marks on the facade", "a destroyed staircase", "a torn overhead tram wire",
)  # fmt: skip
SERVICES = ("electricity", "water", "heating", "gas", "mobile coverage", "tram service", "street lighting")
SENTENCES = (
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
)
QUOTES = (
    "We heard the sound and went down to the basement, and then the lights went out.",
    "Everyone from our staircase is accounted for, and that is what matters today.",
    "The crews came in eight minutes; the neighbours were already carrying buckets.",
    "Please do not come close to the cordon while the inspection goes on.",
    "We will publish the list of addresses for window repair tomorrow morning.",
    "The children are fine, they slept in the corridor as we had agreed.",
)
HEADINGS = (
    ("What happened", "Damage and response"),
    ("Summary", "Damage", "Response"),
    ("Timeline", "Consequences"),
    ("First reports", "What is confirmed", "What is still unclear"),
    ("The incident", "Aftermath", "Verification"),
)
MANNERS = (
    "residential", "night", "morning", "industrial", "suburban", "central", "riverside", "repeat", "minor", "large",
)  # fmt: skip
_BEGINNINGS = (
    "Ash", "Bel", "Cal", "Dor", "Elm", "Far", "Glen", "Hol", "Ivy", "Kel", "Lin", "Mar", "Nor", "Oak", "Pen", "Quar", "Ros",
    "Sten", "Tor", "Ul", "Ver", "Wal", "Yar", "Zel",
)  # fmt: skip
_ENDINGS = (
    "brook", "bury", "dale", "ford", "gate", "ham", "mere", "moor", "port", "stead", "ton", "vale", "wick", "worth",
)  # fmt: skip


def city_names() -> list[str]:
    """120 names of cities, in an order that is always the same."""
    names = [beginning + ending for ending in _ENDINGS for beginning in _BEGINNINGS][:120]
    random.Random(7).shuffle(names)
    return names


def slug(text: str) -> str:
    """A text as part of an address."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in text.lower()).split())
