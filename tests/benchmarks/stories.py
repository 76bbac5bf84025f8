"""What an article costs as stories grow: `python -m tests.benchmarks.stories [counts...]`.

Made-up articles of made-up events, twelve an event, over a week; each has people, places and topics drawn from a world
that does not grow with the number of articles. The window is filled at once; then articles arrive one by one. Prints
the milliseconds an arrival at each size, the ratio to the first size, the bytes of state an article, and how long a
restart takes.
"""

import gc
import random
import resource
import sys
import time
import zlib
from array import array
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from contracts.messages.accepted_article import PublicationDateV1
from contracts.messages.extracted_article import (
    EntityV1,
    ExtractedArticleV1,
    ExtractionV1,
    MentionV1,
    NumberV1,
    SentenceV1,
)
from contracts.messages.identified_article import LanguageV1
from contracts.messages.spans import SpanV1
from services.deduplication.domain.consolidation.keep import pack
from services.deduplication.domain.consolidation.ledger import Entry
from services.deduplication.domain.consolidation.story import StoryLink
from services.deduplication.domain.copies.sketch import ALL_HASHES, Sketch
from services.deduplication.domain.copies.trace import Trace, trace
from services.deduplication.domain.desk import Desk
from services.deduplication.domain.stories.fingerprint import Fingerprint, fingerprint
from services.deduplication.domain.stories.vector import Vector
from services.deduplication.domain.versions import Kept
from services.deduplication.handler import State
from services.deduplication.wire import account_of, article_of, reading_of

SIZES = (1_000, 10_000, 100_000)
MEASURED = 200
PER_EVENT = 12
START = datetime(2026, 3, 1, tzinfo=UTC)
LANGUAGES = (("en", "eng"), ("ru", "rus"), ("fa-IR", "pes"), ("ar", "arb"))
PEOPLE, PLACES, CONCEPTS, VOCABULARY = 4_000, 1_200, 300, 12_000


@dataclass(frozen=True)
class Event:
    """What the articles of one event draw from."""

    day: float
    figure: int
    words: list[int]
    named: dict[str, list[int]]


def _event(chance: random.Random) -> Event:
    def some(of: int, how_many: int) -> list[int]:
        return [min(of - 1, int(of * chance.random() ** 3)) for _ in range(how_many)]

    named = {"person": some(PEOPLE, 5), "place": some(PLACES, 3), "concept": some(CONCEPTS, 4)}
    return Event(7 * chance.random(), chance.randint(5, 4_000), some(VOCABULARY, 60), named)


def _article(chance: random.Random, event: Event, number: int, received: datetime) -> ExtractedArticleV1:
    language, iso = LANGUAGES[number % len(LANGUAGES)]
    body, entities, numbers, sentences = "", [], [], []
    for index in range(12):
        start, words = len(body), [_word(iso, w) for w in chance.sample(event.words, 14)]
        body += " ".join(words) + " "
        for kind, numbered in event.named.items():
            name = f"{kind}{chance.choice(numbered)}"
            span = SpanV1(start=len(body), end=len(body) + len(name), text=name)
            body += name + " "
            entities.append(
                EntityV1.model_validate({"id": name, "type": kind, "name": name, "mentions": (MentionV1(span=span),)})
            )
        if index % 5 == 0:
            figure = str(event.figure)
            span = SpanV1(start=len(body), end=len(body) + len(figure), text=figure)
            body += figure + " "
            numbers.append(NumberV1(value=float(figure), unit="person", span=span))
        sentences.append(SentenceV1(start=start, end=len(body) - 1))
        body += ". "
    return ExtractedArticleV1(
        article_id=f"a{number:06d}", version_id="v1", source_id=f"s{number}", outlet=f"outlet {number % 97}",
        headline=None, body=body, received_at=received,
        published=PublicationDateV1(value=received.date().isoformat(), precision="day", source="header", confidence=1),
        identified=LanguageV1(language=language, iso639_3=iso, script="Latn", confidence=1, model_version="bench"),
        extracted=ExtractionV1(sentences=tuple(sentences), entities=tuple(entities), numbers=tuple(numbers)),
    )  # fmt: skip


def _word(language: str, number: int) -> str:
    """A made-up word in letters; other languages have other words."""
    letters = "bcdfghklmnprstvz"
    return "".join(letters[number >> shift & 15] + "aeou"[number >> shift & 3] for shift in (0, 4, 8, 12)) + language


@dataclass(frozen=True)
class Measured:
    """What a size costs: seconds an arrival, bytes of memory and of snapshot an article, seconds to come back."""

    arrival: float
    memory: float
    snapshot: float
    restore: float
    stories: int


def measure(size: int) -> Measured:
    """Fill a state with `size` articles, let some more arrive, and bring the state back from its snapshot."""
    gc.collect()
    before, state = _memory(), State()
    events = filled(state, size)
    gc.collect()
    memory = (_memory() - before) / size
    cost = _arrivals(state, events, size)
    stories = sum(len(desk.window.members) for desk in state.desks.values())
    held = state.snapshot()
    del state
    begun = time.process_time()
    State.restore(held)
    return Measured(cost, memory, len(held) / (size + MEASURED), time.process_time() - begun, stories)


def filled(state: State, size: int) -> list[Event]:
    """Put articles into the window, the lineage book and the ledger at once, as a restart does.

    One article of each event is read from the wire; its fellows share what it is about and have words of their own.
    """
    chance = random.Random(1)
    events = [_event(chance) for _ in range(size // PER_EVENT + 1)]
    desk = state.desks[ExtractedArticleV1.model_fields["subject"].default] = Desk(state.weights, state.settings)
    prints: dict[int, Fingerprint] = {}
    traces: list[Trace] = []
    kept: dict[str, tuple[Kept, ...]] = {}
    for number, event in enumerate(events):
        message = _article(chance, event, number, START + timedelta(days=event.day))
        found = fingerprint(reading_of(message), state.weights, state.settings)
        known, packed = trace(article_of(message), state.weights.feature), zlib.decompress(pack(account_of(message)))
        for position in range(number * PER_EVENT, min(size, (number + 1) * PER_EVENT)):
            name = f"a{position:06d}"
            prints[position] = _own(found, name)
            traces.append(replace(known, article_id=name, places=(position,), sketch=_sketch(chance)))
            own = zlib.compress(packed.replace(message.article_id.encode(), name.encode()), 6)
            kept[name] = (Kept("v1", message.received_at, own, False, _DAY),)
    desk.versions.restore(kept)
    desk.window.restore(prints, _edges(size))
    desk.lineage.restore(traces, {})
    desk.watermark = date.fromordinal(_DAY)
    desk.relink_all()
    desk.ledger.update({s: Entry(1, "open", articles=m, links=_links(desk, s)) for s, m in desk.window.members.items()})
    return events


def _links(desk: Desk, story: str) -> tuple[StoryLink, ...]:
    return tuple(StoryLink(found.story_id, found.relation, found.score) for found in desk.links.links(story))


_DAY = (START + timedelta(days=9)).toordinal()


def _own(found: Fingerprint, name: str) -> Fingerprint:
    """A fellow's fingerprint: the same content in memory of its own."""
    keys = tuple(key + 0 for key in found.keys)
    features, words, places = (
        Vector(array("I", held.keys), array("f", held.weights)) for held in (found.features, found.words, found.places)
    )
    order = (found.order[0], name)
    return replace(found, article_id=name, order=order, keys=keys, features=features, words=words, places=places)


def _sketch(chance: random.Random) -> Sketch:
    hashes = array("I", sorted(set(array("I", chance.randbytes(4 * 190)))))
    return Sketch(len(hashes), ALL_HASHES, hashes, array("I", hashes[:4]))


def _edges(size: int) -> list[tuple[int, ...]]:
    """Fellows of an event are joined, nobody else."""
    rows = []
    for number in range(size):
        last = min(size, (number // PER_EVENT + 1) * PER_EVENT)
        rows.append((number, *(part for other in range(number + 1, last) for part in (other, 400_000))))
    return rows


def _arrivals(state: State, events: list[Event], size: int) -> float:
    chance, spent = random.Random(2), 0.0
    for number in range(size, size + MEASURED):
        article = _article(chance, chance.choice(events), number, START + timedelta(days=9, seconds=number - size))
        begun = time.process_time()
        state.apply(article)
        spent += time.process_time() - begun
    return spent / MEASURED


def _memory() -> int:
    with open("/proc/self/statm", encoding="ascii") as pages:
        return int(pages.read().split()[1]) * resource.getpagesize()


def main() -> None:
    """Print one line a size. Give sizes as arguments to choose others."""
    first = None
    for size in [int(given) for given in sys.argv[1:]] or SIZES:
        found = measure(size)
        first = first or found.arrival
        print(
            f"{size:>8} articles {found.stories:>7} stories  {1000 * found.arrival:7.2f} ms an arrival"
            f"  x{found.arrival / first:.2f}  {found.memory / 1024:5.1f} kB in memory an article"
            f"  {found.snapshot / 1024:5.1f} kB in a snapshot  back in {found.restore:.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
