"""What an article costs as stories grow: `python -m tests.benchmarks.stories [counts...]`.

Made-up articles of made-up events, some twelve an event in four languages, arriving over a week; each has people,
places and topics drawn from a world that does not grow with the number of articles. Prints the milliseconds of the last
arrivals at each size, the ratio to the first size, and the bytes of state an article.
"""

import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
from services.deduplication.handler import State

SIZES = (1_000, 10_000, 100_000)
MEASURED = 300
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


def articles(count: int, seed: int = 1) -> Iterator[ExtractedArticleV1]:
    """`count` articles in order of receipt."""
    chance = random.Random(seed)
    events = [_event(chance) for _ in range(count // PER_EVENT + 1)]
    moments = sorted((events[n % len(events)].day + chance.random() * 1.5, n) for n in range(count))
    for moment, number in moments:
        yield _article(chance, events[number % len(events)], number, START + timedelta(days=moment))


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


def measure(size: int) -> tuple[float, float, int]:
    """(milliseconds an article at this size, bytes of state an article, stories)."""
    state, before = State(), _memory()
    clock: list[float] = []
    for position, article in enumerate(articles(size)):
        begun = time.process_time()
        state.apply(article)
        if position >= size - MEASURED:
            clock.append(time.process_time() - begun)
    stories = sum(len(desk.window.members) for desk in state.desks.values())
    return 1000 * sum(clock) / len(clock), (_memory() - before) / size, stories


def _memory() -> int:
    with open("/proc/self/statm", encoding="ascii") as pages:
        return int(pages.read().split()[1]) * resource.getpagesize()


def main() -> None:
    """Print one line a size. Give sizes as arguments to choose others."""
    first = None
    for size in [int(given) for given in sys.argv[1:]] or SIZES:
        cost, memory, stories = measure(size)
        first = first or cost
        print(
            f"{size:>8} articles {stories:>7} stories  {cost:7.2f} ms  x{cost / first:.2f}  {memory / 1024:6.1f} kB",
            flush=True,
        )


if __name__ == "__main__":
    main()
