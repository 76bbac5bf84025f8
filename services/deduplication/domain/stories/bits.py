"""Sets of small numbers as bits of one whole number, and counting over many such sets at once.

Python adds and compares whole numbers of any length word by word: sixty-four articles are counted in a nanosecond or
two, so that a feature which half of all articles have costs microseconds, not milliseconds.
"""

from collections.abc import Iterable, Mapping
from itertools import islice

_IN_BYTE = tuple(tuple(bit for bit in range(7, -1, -1) if byte >> bit & 1) for byte in range(256))


def bits_of(members: Iterable[int], size: int) -> int:
    """The set of `members`, all below `size`."""
    held = bytearray(size // 8 + 1)
    for member in members:
        held[member >> 3] |= 1 << (member & 7)
    return int.from_bytes(held, "little")


def highest(bits: int, most: int) -> list[int]:
    """The members of a set, the highest first, `most` of them."""
    held = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    found = (place * 8 + bit for place in _occupied(held) for bit in _IN_BYTE[held[place]])
    return list(islice(found, most))


def _occupied(held: bytes) -> Iterable[int]:
    """Where bytes are not zero, from the end."""
    end = len(held)
    while end:
        end = len(held[:end].rstrip(b"\0")) if not held[end - 1] else end
        if end:
            end -= 1
            yield end


class Tally:
    """How often each member stands in many sets: binary digits of the counts, each digit a set."""

    def __init__(self, counts: Mapping[int, int], size: int) -> None:
        digits = max(counts.values(), default=0).bit_length()
        self._digits = [bits_of((m for m, c in counts.items() if c >> d & 1), size) for d in range(digits)]

    def add(self, bits: int) -> None:
        """Count every member of `bits` once more."""
        for place, digit in enumerate(self._digits):
            self._digits[place], bits = digit ^ bits, digit & bits
            if not bits:
                return
        self._digits.append(bits)

    def highest(self) -> int:
        """No count is larger than this."""
        return (1 << len(self._digits)) - 1

    def exactly(self, count: int, among: int) -> int:
        """Those of `among` that were counted so often."""
        for place, digit in enumerate(self._digits):
            among &= digit if count >> place & 1 else ~digit
        return among
