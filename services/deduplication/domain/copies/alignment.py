"""Whether two texts, in whatever languages, say the same things in the same order."""

from dataclasses import dataclass

from services.deduplication.domain.copies.features import Features

Sentence = dict[int, int]


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


def align(one: Features, other: Features, *, least: float = 0.0) -> Alignment:
    """Compare two texts by their features. Order is looked at (at most 6,400 cells) from containment `least` on."""
    mine, yours = one.all(), other.all()
    if not mine or not yours:
        return NOTHING
    shared = mine.keys() & yours.keys()
    common = sum(mine[feature] for feature in shared)
    left, right = sum(mine.values()), sum(yours.values())
    containment = common / min(left, right)
    sentences = (one.sentences(), other.sentences())
    return Alignment(
        containment=containment,
        jaccard=common / (left + right - common),
        cover=_cover(*sentences) if containment >= least else 0.0,
        shared=len(shared),
        sentences=min(map(len, sentences)),
    )


def _cover(left: list[Sentence], right: list[Sentence]) -> float:
    """The best one-to-one pairing of sentences that keeps their order, as a share of the lighter text."""
    own, others = [sum(s.values()) for s in left], [sum(s.values()) for s in right]
    before = [0.0] * (len(right) + 1)
    for mass, sentence in zip(own, left, strict=True):
        row = [0.0]
        for place, candidate in enumerate(right):
            gain = before[place] + _agreement(sentence, candidate, mass, others[place])
            row.append(max(before[place + 1], row[place], gain))
        before = row
    return before[-1] / min(sum(own), sum(others))


def _agreement(one: Sentence, other: Sentence, own: int, others: int) -> float:
    """The weight two sentences share, less as they differ otherwise."""
    common = sum(one[feature] for feature in one.keys() & other.keys())
    return common / (own + others - common) * min(own, others) if common else 0.0
