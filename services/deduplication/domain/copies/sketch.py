"""The signature of a text: hashes of its five-word sequences, so that two texts can be compared without being kept."""

import re
import zlib
from array import array
from dataclasses import dataclass
from itertools import accumulate

from services.shared.text.fold import Level, fold_text

WORDS_IN_A_ROW = 5
ALL_HASHES = 1 << 32
MOST_KEPT = 512
"""A long text keeps its smallest hashes: a sample that both sides of a comparison draw in the same way."""
MOST_NUMBERS = 64
LONGEST_TEXT = 200_000
_WORD = re.compile(r"[^\W_]+")
_SPREAD = 2654435761  # odd, so multiplying mixes the bits of the checksum and loses nothing


@dataclass(frozen=True, slots=True)
class Sketch:
    """`hashes` are the sorted hashes below `limit`; `shingles` counts all of them."""

    shingles: int
    limit: int
    hashes: "array[int]"
    numbers: "array[int]"
    """Hashes of the different numbers in digits: a template filled anew differs in them."""

    def members(self) -> frozenset[int]:
        """The hashes as a set."""
        return frozenset(self.hashes)


@dataclass(frozen=True, slots=True)
class OpenedSketch(Sketch):
    """The same with its hashes as a set, to be compared with many others; nobody keeps it."""

    known: frozenset[int]

    def members(self) -> frozenset[int]:
        """The hashes as a set."""
        return self.known


def opened_sketch(found: Sketch) -> OpenedSketch:
    """Open a sketch, to compare it with many others."""
    return OpenedSketch(found.shingles, found.limit, found.hashes, found.numbers, frozenset(found.hashes))


def words(text: str) -> list[str]:
    """The words of a text, folded so that house spelling does not matter."""
    return _WORD.findall(fold_text(text[:LONGEST_TEXT], Level.MATCH))


def sketch(text: str) -> Sketch:
    """The signature of a text. Linear in its length; at most `MOST_KEPT` hashes."""
    found = words(text)
    hashes = sorted(_shingle_hashes(found))
    kept = hashes[:MOST_KEPT]
    limit = ALL_HASHES if len(kept) == len(hashes) else hashes[MOST_KEPT]
    numbers = sorted({_hash(word) for word in found if word.isdigit()})[:MOST_NUMBERS]
    return Sketch(len(hashes), limit, array("I", kept), array("I", numbers))


def _shingle_hashes(found: list[str]) -> set[int]:
    """Every five words in a row, hashed where they stand: four bytes a character make offsets of lengths."""
    data = " ".join(found).encode("utf-32-le", "surrogatepass")
    ends = [4 * end for end in accumulate(len(word) + 1 for word in found)]
    if len(found) <= WORDS_IN_A_ROW:
        return {_mix(zlib.crc32(data))} if found else set()
    starts = [0, *ends]
    return {_mix(zlib.crc32(data[a : b - 4])) for a, b in zip(starts, ends[WORDS_IN_A_ROW - 1 :], strict=False)}


def _hash(text: str) -> int:
    return _mix(zlib.crc32(text.encode("utf-8", "surrogatepass")))


def _mix(checksum: int) -> int:
    return checksum * _SPREAD & 0xFFFFFFFF
