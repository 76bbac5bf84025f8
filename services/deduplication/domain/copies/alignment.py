"""Whether two texts, in whatever languages, say the same things in the same order.

Features (entities, concepts, numbers, days) are the same in every language; their weights are frozen inverse document
frequencies, so that a name every article of the saga has proves little.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

Weight = Callable[[str], float]
Sentences = tuple[tuple[str, ...], ...]
MOST_SENTENCES = 80
MOST_IN_A_SENTENCE = 40


@dataclass(frozen=True, slots=True)
class Alignment:
    """How far one text's features stand in the other (`containment`) and in the same order (`cover`)."""

    containment: float
    jaccard: float
    cover: float
    shared: int
    """Different features that both have."""
    sentences: int
    """Sentences with features on the shorter side."""


NOTHING = Alignment(0.0, 0.0, 0.0, 0, 0)


def align(one: Sentences, other: Sentences, weight: Weight) -> Alignment:
    """Compare two texts by their features; at most 80 sentences a side, so at most 6,400 cells."""
    left, right = _sentences(one, weight), _sentences(other, weight)
    if not left or not right:
        return NOTHING
    mine, yours = _merged(left), _merged(right)
    shared = {feature: value for feature, value in mine.items() if feature in yours}
    common, smaller = sum(shared.values()), min(sum(mine.values()), sum(yours.values()))
    total = sum(mine.values()) + sum(yours.values()) - common
    return Alignment(
        containment=common / smaller if smaller else 0.0,
        jaccard=common / total if total else 0.0,
        cover=_cover(left, right),
        shared=len(shared),
        sentences=min(len(left), len(right)),
    )


def _sentences(features: Sentences, weight: Weight) -> list[dict[str, float]]:
    speaking = list(islice((sentence[:MOST_IN_A_SENTENCE] for sentence in features if sentence), MOST_SENTENCES))
    weighed = [{feature: weight(feature) for feature in sentence} for sentence in speaking]
    return [sentence for sentence in weighed if sum(sentence.values()) > 0]


def _merged(sentences: list[dict[str, float]]) -> dict[str, float]:
    return {feature: value for sentence in sentences for feature, value in sentence.items()}


def _cover(left: list[dict[str, float]], right: list[dict[str, float]]) -> float:
    """The best one-to-one pairing of sentences that keeps their order, as a share of the lighter text."""
    lightest = min(_mass(left), _mass(right))
    sums = [sum(sentence.values()) for sentence in right]
    before = [0.0] * (len(right) + 1)
    for sentence in left:
        own, row = sum(sentence.values()), [0.0]
        for place, candidate in enumerate(right):
            gain = before[place] + _agreement(sentence, candidate, own, sums[place])
            row.append(max(before[place + 1], row[place], gain))
        before = row
    return before[-1] / lightest if lightest else 0.0


def _mass(sentences: list[dict[str, float]]) -> float:
    return sum(sum(sentence.values()) for sentence in sentences)


def _agreement(one: dict[str, float], other: dict[str, float], own: float, others: float) -> float:
    """The weight two sentences share, less as they differ otherwise."""
    common = sum(value for feature, value in one.items() if feature in other)
    return common / (own + others - common) * min(own, others) if common else 0.0
