"""A linear model over words, word pairs, punctuation and letter sequences: which of two varieties a text reads like.

The features are the same in training and in use; the score is divided by the square root of their number, so that a
sentence and an article are measured on one scale.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from services.language_detection.domain.values import Token, WordFacts

BEFORE = "^"
_MARK = re.compile(r"[!-/:-@\[-`{-~«»،؛؟٪…‘-„–—]")
_LONGEST_WORD = 16
_ORDERS = (2, 3, 4, 5)
_PAIR_FEATURES = 4


def sequence(text: str, offset: int, words: Sequence[Token]) -> list[str]:
    """The folded words with the punctuation between them, one mark for each gap."""
    forms: list[str] = []
    before = words[0].start if words else 0
    for form, start, end in words:
        if start - before > 1:
            mark = _MARK.search(text, before - offset, start - offset)
            if mark:
                forms.append(mark.group())
        forms.append(form)
        before = end
    return forms


def features(forms: Sequence[str]) -> Iterator[str]:
    """Everything the model looks at in a sequence of words and marks."""
    previous = BEFORE
    for form in forms:
        yield from pair_features(f"{previous} {form}")
        yield from word_features(form)
        previous = form


def pair_features(pair: str) -> Iterator[str]:
    """Two words side by side: whole, and the letters around the space."""
    yield pair
    left, _, right = pair.partition(" ")
    yield f"{left[-2:]} {right[:2]}+"
    yield f"{left[-2:]} {right}+"
    yield f"{left} {right[:2]}+"


def word_features(form: str) -> Iterator[str]:
    """The features inside one word; a number or a mark has no letters."""
    yield form[:_LONGEST_WORD]
    if form[0].isalpha():
        padded = f"<{form[:_LONGEST_WORD]}>"
        for order in _ORDERS:
            for start in range(len(padded) - order + 1):
                yield "~" + padded[start : start + order]


def word_odds(form: str, weights: Mapping[str, float]) -> tuple[float, int]:
    """What one word says on its own, and in how many features."""
    found = [weights.get(feature, 0.0) for feature in word_features(form)]
    return sum(found), len(found)


def pair_odds(pair: str, weights: Mapping[str, float]) -> float:
    """What two words side by side say."""
    return sum([weights.get(feature, 0.0) for feature in pair_features(pair)])


def odds(forms: Sequence[str], words: Mapping[str, WordFacts], pairs: Mapping[str, float]) -> tuple[float, int]:
    """What a sequence of words says (positive for the left variety), and in how many features."""
    total, count, previous = 0.0, 0, BEFORE
    for form in forms:
        facts = words[form]
        total += facts.odds + pairs[f"{previous} {form}"]
        count += facts.features + _PAIR_FEATURES
        previous = form
    return total, count


def scale(total: float, count: int) -> float:
    """The score of `total` log-odds from `count` features."""
    return total / math.sqrt(count) if count else 0.0
