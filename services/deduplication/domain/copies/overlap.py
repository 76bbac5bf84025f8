"""How much of one text stands in another."""

from bisect import bisect_left
from dataclasses import dataclass

from services.deduplication.domain.copies.sketch import OpenedSketch, Sketch

FEWEST_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shared five-word sequences as shares of the smaller text (`containment`) and of both (`jaccard`)."""

    containment: float
    jaccard: float
    smaller: int
    """Five-word sequences of the smaller text."""
    numbers: float | None
    """Share of the numbers of the side with fewer of them that the other has too; None below three."""
    density: float
    """Numbers of that side for each of its five-word sequences."""


def overlap(one: Sketch, other: Sketch) -> Overlap:
    """Compare two sketches; exact for texts of up to `MOST_KEPT` different sequences, sampled above."""
    if isinstance(other, OpenedSketch):
        one, other = other, one
    limit = min(one.limit, other.limit)
    left, right = bisect_left(one.hashes, limit), other.hashes[: bisect_left(other.hashes, limit)]
    shared = len(one.members().intersection(right))
    fewest, union = min(left, len(right)), left + len(right) - shared
    numbers, density = _numbers(one, other)
    return Overlap(
        containment=shared / fewest if fewest else 0.0,
        jaccard=shared / union if union else 0.0,
        smaller=min(one.shingles, other.shingles),
        numbers=numbers,
        density=density,
    )


def _numbers(one: Sketch, other: Sketch) -> tuple[float | None, float]:
    """The share and density of the side with fewer numbers; where both have as many, of the longer text."""
    side, against = sorted((one, other), key=lambda item: (len(item.numbers), -item.shingles))
    if len(side.numbers) < FEWEST_NUMBERS:
        return None, 0.0
    return len(set(side.numbers).intersection(against.numbers)) / len(side.numbers), len(side.numbers) / side.shingles
