"""Sparse unit vectors in few bytes: sorted 32-bit keys and 32-bit weights."""

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32


def key_of(feature: str) -> int:
    """The 32-bit key of a feature: the same on every machine."""
    return crc32(feature.encode())


@dataclass(frozen=True, slots=True)
class Vector:
    """A vector of length one, or the empty vector."""

    keys: "array[int]"
    weights: "array[float]"

    def items(self) -> Iterator[tuple[int, float]]:
        """Pairs of key and weight, by key."""
        return zip(self.keys, self.weights, strict=True)

    def __bool__(self) -> bool:
        return bool(self.keys)


def unit(values: Mapping[int, float]) -> Vector:
    """`values` scaled to length one."""
    length = math.sqrt(sum(value * value for _, value in sorted(values.items()))) or 1.0
    keys = sorted(values)
    return Vector(array("I", keys), array("f", [values[key] / length for key in keys]))


@dataclass(frozen=True, slots=True)
class Opened(Vector):
    """A vector about to be compared with many others: its weights can be looked up."""

    table: dict[int, float]


def opened(vector: Vector) -> Opened:
    """The same vector with a table; it takes ten times the memory, so nobody keeps it."""
    return Opened(vector.keys, vector.weights, dict(vector.items()))


def dot(left: Vector, right: Vector) -> float:
    """Cosine of two unit vectors: the same sum, added up in key order, whichever comes first."""
    if isinstance(right, Opened):
        left, right = right, left
    table = left.table if isinstance(left, Opened) else dict(left.items())
    keys, weights, total = right.keys, right.weights, 0.0
    for key in sorted(table.keys() & keys):
        total += table[key] * weights[bisect_left(keys, key)]
    return total
