"""Sparse unit vectors in few bytes: sorted 32-bit keys and 32-bit weights."""

import math
from array import array
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


def dot(left: Vector, right: Vector) -> float:
    """Cosine of two unit vectors, by walking both in key order: the same sum whichever comes first."""
    total, i, j = 0.0, 0, 0
    a, b, m, n = left.keys, right.keys, len(left.keys), len(right.keys)
    while i < m and j < n:
        if a[i] == b[j]:
            total += left.weights[i] * right.weights[j]
            i, j = i + 1, j + 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return total
