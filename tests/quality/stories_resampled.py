"""How stories are found in samples of the labelled articles: what a figure owes to luck of the set shows here.

A sample leaves out some of the events and some of the articles, and cuts some of those left to their first sentences.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from services.deduplication.domain.stories.fingerprint import fingerprint
from services.deduplication.domain.stories.reading import Reading
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.domain.stories.window import Window
from services.deduplication.packs import load_weights

SAMPLES = 24
EVENTS_KEPT, ARTICLES_KEPT, ARTICLES_CUT = 0.6, 0.8, 0.2
Named = tuple[str, Reading]


def grouped(readings: Sequence[Named], settings: StorySettings | None = None) -> dict[str, str]:
    """Label id -> story id."""
    window, weights, named = Window(settings or StorySettings()), load_weights(), dict[str, str]()
    for name, reading in readings:
        named[reading.article_id] = name
        window.add(fingerprint(reading, weights, window.settings))
    return {named[article]: story for article, story in window.story.items()}


def samples(readings: Sequence[Named], events: Mapping[str, str], many: int = SAMPLES) -> Iterator[list[Named]]:
    """Samples of a labelled set, the same at every call."""
    for seed in range(many):
        chance = random.Random(seed)
        kept = {event for event in sorted(set(events.values())) if chance.random() < EVENTS_KEPT}
        yield [
            (name, _cut(reading, chance))
            for name, reading in readings
            if events[name] in kept and chance.random() < ARTICLES_KEPT
        ]


def _cut(reading: Reading, chance: random.Random) -> Reading:
    length = chance.choice((1, 2, 3))
    return replace(reading, passages=reading.passages[:length]) if chance.random() < ARTICLES_CUT else reading


def cross_language_pairs(gold: Mapping[str, str], said: Mapping[str, str], language: Mapping[str, str]) -> float:
    """F1 over the pairs of articles in two languages, by counting groups."""
    true, found = _across(gold, gold, language), _across(gold, said, language)
    hit = _across(gold, {i: f"{gold[i]} {said[i]}" for i in gold}, language)
    return 2 * hit / (true + found) if true + found else 0.0


def _across(ids: Mapping[str, str], groups: Mapping[str, str], language: Mapping[str, str]) -> int:
    every = Counter(groups[i] for i in ids)
    alike = Counter((groups[i], language[i]) for i in ids)
    return _pairs(every.values()) - _pairs(alike.values())


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)
