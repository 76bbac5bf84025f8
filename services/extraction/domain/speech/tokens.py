"""The words of a part, cut once an article: quotations and promises read the same words, line by line."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from services.extraction.domain.speech.lexicon import HYPHEN
from services.extraction.domain.values import ArticleText, TextPart

_WORD = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:'\w+)*|[^\w\s\"]")


@dataclass(frozen=True, slots=True)
class Words:
    """Words and punctuation with where they stand: `places`/`finishes` in the folded text, `starts`/`ends` raw."""

    part: TextPart
    texts: Sequence[str]
    places: Sequence[int]
    finishes: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]

    def between(self, start: int, end: int) -> "Words":
        """The words of raw `[start, end)`; one that an edge divides is cut anew, as if nothing stood beyond."""
        folded = self.part.folded.starts
        low, high = bisect_left(folded, start), bisect_left(folded, end)
        first = bisect_left(self.places, low)
        stop = bisect_left(self.places, high, first)
        if (first and self.finishes[first - 1] > low) or (stop > first and self.finishes[stop - 1] > high):
            return cut(self.part, low, high)
        inside = slice(first, stop)
        return Words(
            self.part, self.texts[inside], self.places[inside], self.finishes[inside],
            self.starts[inside], self.ends[inside],
        )  # fmt: skip


def cut_words(text: ArticleText) -> tuple[Words, ...]:
    """The words of every part."""
    return tuple(cut(part, 0, len(part.folded.text)) for part in text.parts)


def cut(part: TextPart, low: int, high: int) -> Words:
    """The words of folded `[low, high)`."""
    text, starts, ends = part.folded.text, part.folded.starts, part.folded.ends
    found = list(_WORD.finditer(text, low, high))
    places = array("l", [match.start() for match in found])
    finishes = array("l", [match.end() for match in found])
    texts = [match.group() for match in found]
    if "-" in texts:
        texts = [HYPHEN if word == "-" and _joins(text, at) else word for word, at in zip(texts, places, strict=True)]
    return Words(part, texts, places, finishes, [starts[at] for at in places], [ends[at - 1] for at in finishes])


def _joins(text: str, at: int) -> bool:
    """Whether a dash stands inside a word."""
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
