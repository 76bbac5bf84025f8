"""A compact map from hash to the places that have it: 8 bytes an entry, however many texts there are."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable

_SHARDS = 4096
_SHARD_SHIFT = 20  # the top 12 of 32 bits choose the shard
_SLOT_BITS = 32
_SLOT_MASK = (1 << _SLOT_BITS) - 1


class Postings:
    """Sorted arrays of `hash << 32 | slot`, cut into shards so that an insertion moves a few kilobytes at most."""

    def __init__(self) -> None:
        self._shards: list[array[int]] = [array("Q") for _ in range(_SHARDS)]

    def add(self, keys: Iterable[int], slot: int) -> None:
        """Note that the text in `slot` has these keys."""
        for key in keys:
            insort(self._shards[key >> _SHARD_SHIFT], key << _SLOT_BITS | slot)

    def fill(self, entries: Iterable[tuple[Iterable[int], int]]) -> None:
        """Note very many texts at once, as (keys, slot): put in order at the end instead of entry by entry."""
        for keys, slot in entries:
            for key in keys:
                self._shards[key >> _SHARD_SHIFT].append(key << _SLOT_BITS | slot)
        self._shards = [array("Q", sorted(shard)) for shard in self._shards]

    def remove(self, keys: Iterable[int], slot: int) -> None:
        """Forget what `add` noted."""
        for key in keys:
            shard, entry = self._shards[key >> _SHARD_SHIFT], key << _SLOT_BITS | slot
            place = bisect_left(shard, entry)
            if place < len(shard) and shard[place] == entry:
                del shard[place]

    def slots(self, first: int, last: int, most: int) -> list[int]:
        """The slots under the keys `first` to `last` (of one shard); of more than `most` the last ones."""
        shard = self._shards[first >> _SHARD_SHIFT]
        start = bisect_left(shard, first << _SLOT_BITS)
        end = bisect_left(shard, (last + 1) << _SLOT_BITS, start)
        return [entry & _SLOT_MASK for entry in shard[max(start, end - most) : end]]
