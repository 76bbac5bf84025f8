"""Articles for a soak: invented events in three languages, each told by several outlets over some hours of its day."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

START = datetime.fromisoformat("2026-01-07T00:00:00+00:00")
SYLLABLES = (
    "dor",
    "vel",
    "hal",
    "sor",
    "mar",
    "tes",
    "ard",
    "quil",
    "len",
    "kor",
    "bra",
    "nim",
    "osk",
    "pel",
    "ru",
    "tan",
)
ROLES = ("Governor", "Mayor", "Minister", "Engineer", "Professor", "Judge", "Captain")
THINGS = ("bridge", "hospital", "tram line", "library", "dam", "school", "harbour", "museum", "market hall", "airport")
DEEDS = ("opened", "closed", "inspected", "promised to repair", "sold", "renamed", "flooded", "searched")
PERSIAN_THINGS = ("پل", "بیمارستان", "کتابخانه", "سد", "مدرسه", "بندر", "موزه", "بازار", "فرودگاه", "راه‌آهن")
RUSSIAN_THINGS = ("мост", "больница", "библиотека", "плотина", "школа", "порт", "музей", "рынок", "аэропорт", "трамвай")
MOST_TOLD = 7


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, and how many articles tell of it."""

    number: int
    day: datetime
    town: str
    who: str
    thing: int
    deed: str
    cost: int
    people: int
    told: int


def articles(seed: int, rate: float, day_seconds: float) -> Iterator[tuple[bytes, bytes, datetime]]:
    """Key, value and time of receipt of one article after the other; a day of news lasts `day_seconds`."""
    chance, number = random.Random(seed), 0
    open_events: list[tuple[Event, int]] = []
    while True:
        moment = START + timedelta(days=number / rate / day_seconds)
        while len(open_events) < 12:
            open_events.append((_event(chance, moment), 0))
        at = chance.randrange(len(open_events))
        event, told = open_events.pop(at)
        if told + 1 < event.told:
            open_events.append((event, told + 1))
        identity = f"soak-{number}"
        yield identity.encode(), _article(identity, event, told, moment), moment
        number += 1


def _event(chance: random.Random, moment: datetime) -> Event:
    town = "".join(chance.choices(SYLLABLES, k=3)).title()
    first, last = "".join(chance.choices(SYLLABLES, k=2)).title(), chance.choice(SYLLABLES).title()
    who = f"{chance.choice(ROLES)} {first} {last}sen"
    return Event(
        chance.randrange(10**9), moment, town, who, chance.randrange(len(THINGS)), chance.choice(DEEDS),
        chance.randrange(2, 900), chance.randrange(30, 90_000), chance.randint(1, MOST_TOLD),
    )  # fmt: skip


def _article(identity: str, event: Event, told: int, moment: datetime) -> bytes:
    own = random.Random(event.number + told)
    text = own.choice((_english, _english, _persian, _russian))(event, own)
    article = {
        "id": identity,
        "outlet": f"Outlet {own.randrange(40)}",
        "headline": text.partition("\n")[0],
        "body": text,
        "published_at": moment.isoformat(timespec="seconds"),
    }
    return json.dumps(article, ensure_ascii=False).encode()


def _english(event: Event, own: random.Random) -> str:
    thing = THINGS[event.thing]
    sentences = [
        f"{event.who} {event.deed} the {thing} of {event.town} on {event.day:%A}.",
        f"The work on the {thing} cost {event.cost} million dollars, the council of {event.town} said.",
        f"About {event.people:,} people in {event.town} are concerned by it.",
        f'"We have waited long for this {thing}," {event.who} told reporters in {event.town}.',
        f"A spokesman of the council said a report would follow within {own.randrange(2, 60)} days.",
        f"Neighbours counted {own.randrange(3, 400)} lorries in one night, our correspondent writes.",
    ]
    return _told(sentences, own)


def _persian(event: Event, own: random.Random) -> str:
    thing = PERSIAN_THINGS[event.thing]
    sentences = [
        f"{event.who} روز گذشته از {thing} شهر {event.town} دیدن کرد.",
        f"شورای شهر {event.town} گفت که کار {thing} {event.cost} میلیون دلار هزینه داشته است.",
        f"نزدیک به {event.people} نفر در {event.town} از آن تأثیر می‌گیرند.",
        f"{event.who} به خبرنگاران گفت: «ما مدت‌ها در انتظار این {thing} بودیم.»",
        f"سخنگوی شورا گفت گزارشی در {own.randrange(2, 60)} روز آینده منتشر می‌شود.",
    ]
    return _told(sentences, own)


def _russian(event: Event, own: random.Random) -> str:
    thing = RUSSIAN_THINGS[event.thing]
    sentences = [
        f"{event.who} накануне осмотрел объект «{thing}» в городе {event.town}.",
        f"Работы обошлись в {event.cost} миллионов долларов, сообщил совет города {event.town}.",
        f"Около {event.people} человек в городе {event.town} это затронуло.",
        f"«Мы долго ждали этого дня», — сказал {event.who} журналистам.",
        f"Отчёт обещают представить через {own.randrange(2, 60)} дней.",
    ]
    return _told(sentences, own)


def _told(sentences: list[str], own: random.Random) -> str:
    return "\n".join(sentences[: own.randint(4, len(sentences))])
