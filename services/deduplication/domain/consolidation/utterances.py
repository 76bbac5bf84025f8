"""Quotations of one speaker, each with those that give the same words: found by an index, not by comparing all."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from services.deduplication.domain.consolidation.facts import Voiced
from services.deduplication.domain.stories.stems import stems

_SAME_WORDS = 0.6
_SAME_MARKS = 0.6
_FEWEST_MARKS = 2
_WINDOW = 80
"""A quotation is compared with so many utterances of its speaker, the ones begun last..."""
_SHOWN = 6
"""...and with the first so many quotations of each."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation is compared: its heap, its language, how many stems and marks it has."""

    heap: int
    language: str
    words: int
    marks: int


class Utterances:
    """What one speaker said: heaps of quotations with the same words or, across languages, the same features."""

    def __init__(self) -> None:
        self.heaps: list[list[int]] = []
        """Which of the quotations make one utterance, by the number they were added as."""
        self._added = 0
        self._places: list[Place] = []
        self._posted: dict[Key, list[int]] = {}
        self._keys: dict[int, list[tuple[int, list[Key]]]] = {}

    def add(self, voice: Voiced) -> None:
        """Put a quotation to the first utterance it repeats, or begin another."""
        language = voice.article.iso639_3
        words, marks = _stems_of(voice.statement.span.text, language), frozenset(voice.statement.marks)
        home = self._home(language, words, marks)
        if home is None:
            home = len(self.heaps)
            self.heaps.append([])
            self._give_up(home - _WINDOW)
        self.heaps[home].append(self._added)
        self._added += 1
        if len(self.heaps[home]) <= _SHOWN:
            self._post(home, language, words, marks)

    def _home(self, language: str, words: frozenset[str], marks: frozenset[str]) -> int | None:
        """The first heap that shares enough: words inside a language, features across languages."""
        found = set()
        for place, shared in self._shared([(language, stem) for stem in words]).items():
            other = self._places[place]
            if shared / min(len(words), other.words) >= _SAME_WORDS:
                found.add(other.heap)
        for place, shared in self._shared([("", mark) for mark in marks]).items():
            other = self._places[place]
            across = other.language != language and shared >= _FEWEST_MARKS
            if across and shared / min(len(marks), other.marks) >= _SAME_MARKS:
                found.add(other.heap)
        return min(found, default=None)

    def _shared(self, keys: list[Key]) -> Counter[int]:
        posted = self._posted
        return Counter([place for key in keys if key in posted for place in posted[key]])

    def _post(self, heap: int, language: str, words: frozenset[str], marks: frozenset[str]) -> None:
        place = len(self._places)
        self._places.append(Place(heap, language, len(words), len(marks)))
        keys = [(language, stem) for stem in words] + [("", mark) for mark in marks]
        self._keys.setdefault(heap, []).append((place, keys))
        for key in keys:
            self._posted.setdefault(key, []).append(place)

    def _give_up(self, heap: int) -> None:
        """Take a heap out of the comparisons."""
        for place, keys in self._keys.pop(heap, ()):
            for key in keys:
                self._posted[key].remove(place)


@lru_cache(maxsize=8_000)
def _stems_of(text: str, language: str) -> frozenset[str]:
    return frozenset(stem for _, stem in stems(text, language))
