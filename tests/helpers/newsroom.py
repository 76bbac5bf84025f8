"""Articles for benchmarks: made-up events told by made-up outlets in seven languages, some of them copying each other.

The sentences lie in `sentences/<language>.txt`; an event fixes the place, the day and the figures, an article chooses
among the sentences and adds figures of its own, so that no two are alike but those that copy.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from services.client.inputs import Line

LANGUAGES = ("eng", "eng", "arb", "arb", "pes", "pes", "prs", "ukr", "rus", "fra")  # as often as they are written
KINDS = ("quake", "talks", "swap", "flood")
PER_EVENT = 5  # articles, on average
COPIES = 0.25  # of the articles of an event repeat one that came before
SYLLABLES = 24
PLACES = 35
DAYS = 7  # over which the events are spread
Book = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Event:
    """What all articles about it agree on."""

    kind: str
    place: int
    day: date
    figures: Mapping[str, int]
    names: tuple[tuple[int, ...], ...]  # of a district and of somebody who lives there, as numbers of syllables


def articles(number: int, seed: int = 1, last: date = date(2026, 3, 12)) -> Iterator[Line]:
    """So many raw articles, the same ones for the same seed; events overlap as they do in a real day."""
    chance = random.Random(seed)
    events = [_event(chance, last) for _ in range(max(1, number // PER_EVENT))]
    told: dict[tuple[int, str], list[str]] = {}
    for position in range(number):
        at = min(len(events) - 1, int(len(events) * (position / number + chance.gauss(0, 0.03)) % len(events)))
        language = chance.choice(LANGUAGES)
        before = told.setdefault((at, language), [])
        yield _line(position, _article(chance, events[at], language, before), events[at], chance, language)


def _event(chance: random.Random, last: date) -> Event:
    figures = {"a": chance.randint(11, 95), "b": chance.randint(100, 480), "c": chance.randint(3, 9)}
    figures |= {"n": chance.randint(3, 29), "e": chance.randrange(1_000, 9_000, 50)}
    names = tuple(tuple(chance.sample(range(SYLLABLES), 3)) for _ in range(3))
    return Event(
        chance.choice(KINDS), chance.randrange(PLACES), last - timedelta(chance.randrange(DAYS)), figures, names
    )


def _article(chance: random.Random, event: Event, language: str, before: list[str]) -> str:
    if before and chance.random() < COPIES:
        lines = chance.choice(before).split("\n")
        return "\n".join(lines[: max(1, len(lines) - chance.randrange(3))])
    text = _told(chance, event, _book(language))
    before.append(text)
    return text


def _told(chance: random.Random, event: Event, book: Book) -> str:
    kind, values = event.kind, _values(chance, event, book)
    lead = chance.choice(book[f"{kind}.lead"]).format(**values | {"in_place": f"{values['in_place']}{values['where']}"})
    own = [
        *chance.sample(book[f"{kind}.more"], chance.randint(1, 3)),
        *chance.sample(book["own"], chance.randint(1, 2)),
    ]
    more = chance.sample(book["any"], min(len(book["any"]), int(chance.lognormvariate(1.1, 0.7))))
    sentences = [lead, *(sentence.format(**values) for sentence in chance.sample(own, len(own)) + more)]
    paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    dispatch = chance.choice(book["agency"]) if chance.random() < 0.5 else ""
    return chance.choice(book[f"{kind}.head"]).format(**values) + "\n" + dispatch + "\n\n".join(paragraphs)


def _values(chance: random.Random, event: Event, book: Book) -> dict[str, object]:
    place, _, in_place = book["place"][event.place].partition("|")
    later = event.day + timedelta(chance.randint(3, 40))
    month = book["month"][0].split()[later.month - 1]
    own = {"x": chance.randint(20, 900), "y": chance.randint(11, 60), "z": chance.randint(1_000, 9_000)}
    district, given, family = (_name(name, book) for name in event.names)
    return {
        **event.figures, **own, "place": place, "in_place": in_place, "country": book["country"][event.place],
        "weekday": book["weekday"][0].split()[event.day.weekday()], "year": chance.randint(2009, 2024),
        "date": book["date"][0].format(d=later.day, month=month), "v": district, "p": f"{given} {family}",
        "where": book["district"][0].format(v=district),
    }  # fmt: skip


def _name(syllables: tuple[int, ...], book: Book) -> str:
    """A name nobody bears, in the script of the language."""
    return "".join(book["syllable"][0].split()[number] for number in syllables).capitalize()


def _line(position: int, text: str, event: Event, chance: random.Random, language: str) -> Line:
    headline, _, body = text.partition("\n")
    moment = datetime.combine(event.day, datetime.min.time()) + timedelta(minutes=chance.randrange(1440))
    article = {
        "id": f"made-{position}",
        "outlet": chance.choice(_book(language)["outlet"]),
        "headline": headline,
        "body": body,
        "published_at": f"{moment.isoformat()}+00:00",
    }
    return Line(json.dumps(article, ensure_ascii=False).encode(), f"made:{position}")


@cache
def _book(language: str) -> Book:
    """The sentences of a language by their kind; a line with bars between is several."""
    book: dict[str, list[str]] = {}
    path = Path(__file__).parent / "sentences" / f"{language}.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition(": ")
        book.setdefault(kind, []).extend([text] if kind == "place" else text.split("|"))
    return book
