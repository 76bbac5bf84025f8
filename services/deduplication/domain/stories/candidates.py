"""Who may be alike: an index by telling features and the day of the event; whether two meet depends on them alone.

A feature that few articles have is a list of them, one that many have a set of bits: common features cost next to
nothing, however many articles there are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from services.deduplication.domain.stories.bits import Tally, bits_of, highest
from services.deduplication.domain.stories.fingerprint import Fingerprint

_WEEK_OFF = tuple(range(-9, 10))  # a bare weekday under an assumed day of publication may be a week off
_UNDATED = 0
MOST_COMPARED = 500
"""Past this many, those that share most are compared: the one bound that a flood can make order matter by."""
_FEWEST_AS_BITS, _SHARE_AS_BITS = 48, 256
"""A list becomes bits from so many articles on, and one in so many of all: bits take at most four times its memory."""
_SPARE = 1_024

Posting = int | list[int]


class CandidateIndex:
    """Postings of articles by key. Articles stand in slots, in the order of their handles; a posting of one is its
    bare slot: most are."""

    def __init__(self) -> None:
        self._few: dict[int, Posting] = {}
        self._many: dict[int, int] = {}
        self._days: dict[int, int] = {}
        self._by_need: dict[int, int] = {}
        self._handles: list[int] = []
        self._slots: dict[int, int] = {}

    def add(self, handle: int, found: Fingerprint) -> None:
        """Enter an article under each of its keys; handles only ever grow."""
        slot = len(self._handles)
        self._handles.append(handle)
        self._slots[handle] = slot
        self._mark(slot, found)
        for key in found.keys:
            self._post(key, slot)

    def remove(self, handle: int, found: Fingerprint) -> None:
        """Take an article out again."""
        slot = self._slots.pop(handle)
        self._unmark(slot, found)
        for key in found.keys:
            self._withdraw(key, slot)
        if len(self._handles) > 2 * len(self._slots) + _SPARE:
            self._close_ranks()

    def restore(self, prints: Mapping[int, Fingerprint]) -> None:
        """Enter many articles at once into an empty index."""
        held: dict[int, list[int]] = {}
        days: dict[int, list[int]] = {}
        needs: dict[int, list[int]] = {}
        for slot, (handle, found) in enumerate(sorted(prints.items())):
            self._handles.append(handle)
            days.setdefault(_day_of(found), []).append(slot)
            needs.setdefault(_needed(len(found.keys)), []).append(slot)
            for key in found.keys:
                held.setdefault(key, []).append(slot)
        size = len(self._handles)
        self._slots = {handle: slot for slot, handle in enumerate(self._handles)}
        self._days = {day: bits_of(slots, size) for day, slots in days.items()}
        self._by_need = {need: bits_of(slots, size) for need, slots in needs.items()}
        self._many = {key: bits_of(slots, size) for key, slots in held.items() if len(slots) >= self._bound()}
        self._few = {key: slots if len(slots) > 1 else slots[0] for key, slots in held.items() if key not in self._many}

    def near(self, found: Fingerprint) -> list[int]:
        """Handles that share enough keys within the days an event may be off."""
        met: list[int] = []
        for posting in map(self._few.get, found.keys):
            if posting is not None:
                met += (posting,) if isinstance(posting, int) else posting
        counts = Counter(met)
        tally = Tally(counts, len(self._handles))
        for key in found.keys:
            if key in self._many:
                tally.add(self._many[key])
        return [self._handles[slot] for slot in self._likeliest(tally, found)]

    def _likeliest(self, tally: Tally, found: Fingerprint) -> list[int]:
        """Those that share enough, those that share most first."""
        within, need, chosen = self._within(found), _needed(len(found.keys)), list[int]()
        for count in range(min(tally.highest(), len(found.keys)), 0, -1):
            allowed = 0
            for own, members in self._by_need.items():
                if count >= min(need, own):
                    allowed |= members
            chosen += highest(tally.exactly(count, allowed & within), MOST_COMPARED - len(chosen))
            if len(chosen) >= MOST_COMPARED:
                break
        return chosen

    def _within(self, found: Fingerprint) -> int:
        """Everybody whose event may be this one's by its day."""
        if found.adrift:
            return -1
        within = self._days.get(_UNDATED, 0)
        for offset in _WEEK_OFF:
            within |= self._days.get(found.event_day + offset, 0)
        return within

    def _mark(self, slot: int, found: Fingerprint) -> None:
        for marks, name in self._marks(found):
            marks[name] = marks.get(name, 0) | 1 << slot

    def _unmark(self, slot: int, found: Fingerprint) -> None:
        for marks, name in self._marks(found):
            marks[name] &= ~(1 << slot)
            if not marks[name]:
                del marks[name]

    def _marks(self, found: Fingerprint) -> Iterator[tuple[dict[int, int], int]]:
        yield self._days, _day_of(found)
        yield self._by_need, _needed(len(found.keys))

    def _post(self, key: int, slot: int) -> None:
        if key in self._many:
            self._many[key] |= 1 << slot
            return
        held = self._few.get(key)
        if held is None:
            self._few[key] = slot
        elif isinstance(held, int):
            self._few[key] = [held, slot]
        else:
            held.append(slot)
            if len(held) >= self._bound():
                self._many[key] = bits_of(self._few.pop(key), len(self._handles))  # type: ignore[arg-type]

    def _bound(self) -> int:
        """From so many articles on a posting is kept as bits."""
        return max(_FEWEST_AS_BITS, len(self._slots) // _SHARE_AS_BITS)

    def _withdraw(self, key: int, slot: int) -> None:
        if key in self._many:
            self._many[key] &= ~(1 << slot)
            if not self._many[key]:
                del self._many[key]
            return
        held = self._few[key]
        if isinstance(held, list) and len(held) > 1:
            held.remove(slot)
        else:
            del self._few[key]

    def _close_ranks(self) -> None:
        """Give the articles that are left new slots in the same order, so that those gone take no room."""
        old = sorted(self._slots.items())
        moved = {slot: place for place, (_, slot) in enumerate(old)}
        self._handles = [handle for handle, _ in old]
        self._slots = {handle: place for place, handle in enumerate(self._handles)}
        for sets in (self._days, self._by_need, self._many):
            for name, members in sets.items():
                sets[name] = bits_of((moved[slot] for slot in highest(members, len(old))), len(old))
        self._few = {
            key: moved[held] if isinstance(held, int) else [moved[slot] for slot in held]
            for key, held in self._few.items()
        }


def _needed(keys: int) -> int:
    """How many keys two articles share at least, by the fewer keys of the two: a brief has few to share."""
    return max(1, keys * 3 // 20)


def _day_of(found: Fingerprint) -> int:
    return _UNDATED if found.adrift else found.event_day
