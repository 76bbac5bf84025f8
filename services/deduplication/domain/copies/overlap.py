"""How much of one text stands in another."""

from bisect import bisect_left
from dataclasses import dataclass

from services.deduplication.domain.copies.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shared five-word sequences as shares of the smaller text (`containment`) and of both (`jaccard`)."""

    containment: float
    jaccard: float
    smaller: int
    """Five-word sequences of the smaller text."""
    numbers: float | None
    """Share of the numbers of the side with fewer of them that the other has too; None below three."""


def overlap(one: Sketch, other: Sketch) -> Overlap:
    """Compare two sketches; exact for texts of up to `MOST_KEPT` different sequences, sampled above."""
    smaller = min(one.shingles, other.shingles)
    if not smaller:
        return Overlap(0.0, 0.0, 0, None)
    limit = min(one.limit, other.limit)
    left = one.hashes[: bisect_left(one.hashes, limit)]
    right = other.hashes[: bisect_left(other.hashes, limit)]
    shared = len(set(left).intersection(right))
    fewest, union = min(len(left), len(right)), len(left) + len(right) - shared
    return Overlap(
        containment=shared / fewest if fewest else 0.0,
        jaccard=shared / union if union else 0.0,
        smaller=smaller,
        numbers=_shared_numbers(one, other),
    )


def _shared_numbers(one: Sketch, other: Sketch) -> float | None:
    fewest = min(len(one.numbers), len(other.numbers))
    if fewest < 3:
        return None
    return len(set(one.numbers).intersection(other.numbers)) / fewest
