"""The connecting words of dates, times and counts, by language; dates and numbers themselves come from Babel.

`{}` stands for what is connected. Russian and Ukrainian put a month after `about`, `until` and `since` in the genitive,
which is the form Babel gives within a date.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """One language."""

    about: str
    probably: str
    probably_about: str
    until: str
    since: str
    start_unknown: str
    end_unknown: str
    between: str
    to: str
    from_to: str
    on: str
    within: str
    decade: str
    at: str
    at_about: str
    before: str
    after: str
    parts: dict[str, str]
    night: str
    in_night: str
    statement: str
    alert: str
    or_more: str
    up_to: str
    no_number: str
    toll: str
    unreported: str
    outcomes: dict[str, str]
    nobody: dict[str, str]


ENGLISH = Catalogue(
    about="about {}",
    probably="probably {}",
    probably_about="probably about {}",
    until="until {}",
    since="from {}",
    start_unknown="until {}, start unknown",
    end_unknown="from {}, end unknown",
    between="between {} and {}",
    to="{} to {}",
    from_to="from {} to {}",
    on="on {}",
    within="in {}",
    decade="the {}s",
    at="at {}",
    at_about="at about {}",
    before="before {}",
    after="after {}",
    parts={
        "night": "at night",
        "early-morning": "in the early morning",
        "morning": "in the morning",
        "midday": "around midday",
        "afternoon": "in the afternoon",
        "evening": "in the evening",
        "overnight": "overnight",
    },
    night="the night of {} to {}",
    in_night="in the night of {} to {}",
    statement="statement {}",
    alert="alert {}",
    or_more="{} or more",
    up_to="up to {}",
    no_number="an unknown number",
    toll="{count} {outcome}",
    unreported="{outcome}: not reported",
    outcomes={
        "killed": "killed",
        "injured": "injured",
        "missing": "missing",
        "detained": "detained",
        "evacuated": "evacuated",
    },
    nobody={
        "killed": "nobody killed",
        "injured": "nobody hurt",
        "missing": "nobody missing",
        "detained": "nobody detained",
        "evacuated": "nobody evacuated",
    },
)

RUSSIAN = Catalogue(
    about="около {}",
    probably="вероятно, {}",
    probably_about="вероятно, около {}",
    until="до {}",
    since="с {}",
    start_unknown="до {}, начало неизвестно",
    end_unknown="с {}, окончание неизвестно",
    between="между {} и {}",
    to="{} – {}",
    from_to="{} – {}",
    on="{}",
    within="{}",
    decade="{}-е годы",
    at="в {}",
    at_about="около {}",
    before="до {}",
    after="после {}",
    parts={
        "night": "ночью",
        "early-morning": "ранним утром",
        "morning": "утром",
        "midday": "около полудня",
        "afternoon": "днём",
        "evening": "вечером",
        "overnight": "в течение ночи",
    },
    night="ночь с {} на {}",
    in_night="в ночь с {} на {}",
    statement="сообщение {}",
    alert="тревога {}",
    or_more="{} или больше",
    up_to="до {}",
    no_number="неизвестное число",
    toll="{outcome}: {count}",
    unreported="{outcome}: нет сообщений",
    outcomes={
        "killed": "погибшие",
        "injured": "пострадавшие",
        "missing": "пропавшие без вести",
        "detained": "задержанные",
        "evacuated": "эвакуированные",
    },
    nobody={
        "killed": "погибших нет",
        "injured": "пострадавших нет",
        "missing": "пропавших без вести нет",
        "detained": "задержанных нет",
        "evacuated": "эвакуированных нет",
    },
)

UKRAINIAN = Catalogue(
    about="близько {}",
    probably="імовірно, {}",
    probably_about="імовірно, близько {}",
    until="до {}",
    since="з {}",
    start_unknown="до {}, початок невідомий",
    end_unknown="з {}, кінець невідомий",
    between="між {} і {}",
    to="{} – {}",
    from_to="{} – {}",
    on="{}",
    within="{}",
    decade="{}-ті роки",
    at="о {}",
    at_about="близько {}",
    before="до {}",
    after="після {}",
    parts={
        "night": "вночі",
        "early-morning": "рано-вранці",
        "morning": "вранці",
        "midday": "близько полудня",
        "afternoon": "удень",
        "evening": "увечері",
        "overnight": "протягом ночі",
    },
    night="ніч з {} на {}",
    in_night="у ніч з {} на {}",
    statement="повідомлення {}",
    alert="тривога {}",
    or_more="{} або більше",
    up_to="до {}",
    no_number="невідома кількість",
    toll="{outcome}: {count}",
    unreported="{outcome}: немає повідомлень",
    outcomes={
        "killed": "загиблі",
        "injured": "постраждалі",
        "missing": "зниклі безвісти",
        "detained": "затримані",
        "evacuated": "евакуйовані",
    },
    nobody={
        "killed": "загиблих немає",
        "injured": "постраждалих немає",
        "missing": "зниклих безвісти немає",
        "detained": "затриманих немає",
        "evacuated": "евакуйованих немає",
    },
)

CATALOGUES: dict[str, Catalogue] = {"en": ENGLISH, "ru": RUSSIAN, "uk": UKRAINIAN}


@lru_cache(maxsize=64)
def catalogue_of(lang: str) -> Catalogue:
    """The connecting words of a BCP 47 tag's language; English ones where it has none."""
    return CATALOGUES.get(lang.partition("-")[0].lower(), ENGLISH)
