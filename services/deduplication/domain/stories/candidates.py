"""Who may be alike: an index by (telling feature, day of the event); whether two meet depends on them alone."""

from collections import Counter
from collections.abc import Iterator
from heapq import nlargest

from services.deduplication.domain.stories.fingerprint import Fingerprint

_NEAR = tuple(range(-5, 6))
_WEEK_OFF = tuple(range(-9, 10))  # a bare weekday under an assumed day of publication may be a week off
_UNDATED = 0
MOST_COMPARED = 500
"""Past this many, those that share most are compared: the one bound that a flood can make order matter by."""


class CandidateIndex:
    """Postings of article handles. A posting of one is kept as the bare handle: most are."""

    def __init__(self) -> None:
        self._days: dict[int, dict[int, int | list[int]]] = {}
        self._sizes: dict[int, int] = {}
        self._most_keys = 0

    def add(self, handle: int, found: Fingerprint) -> None:
        """Enter an article under each of its keys."""
        self._sizes[handle] = len(found.keys)
        self._most_keys = max(self._most_keys, len(found.keys))
        postings = self._days.setdefault(_day_of(found), {})
        for key in found.keys:
            held = postings.get(key)
            if held is None:
                postings[key] = handle
            elif isinstance(held, int):
                postings[key] = [held, handle]
            else:
                held.append(handle)

    def remove(self, handle: int, found: Fingerprint) -> None:
        """Take an article out again."""
        self._sizes.pop(handle, None)
        postings = self._days.get(_day_of(found), {})
        for key in found.keys:
            held = postings.get(key)
            if isinstance(held, list) and handle in held:
                held.remove(handle)
            elif held == handle:
                del postings[key]
        if not postings:
            self._days.pop(_day_of(found), None)

    def near(self, found: Fingerprint) -> list[int]:
        """Handles that share enough keys within the days an event may be off."""
        shared: Counter[int] = Counter()
        for postings in self._postings(found):
            for key in found.keys:
                held = postings.get(key)
                if isinstance(held, list):
                    shared.update(held)
                elif held is not None:
                    shared[held] += 1
        size, sizes = len(found.keys), self._sizes
        # Looked up rather than reckoned: with many active articles this line is most of what an arrival costs.
        needed = [_needed(min(size, other)) for other in range(self._most_keys + 1)]
        enough = [(count, handle) for handle, count in shared.items() if count >= needed[sizes[handle]]]
        if len(enough) > MOST_COMPARED:
            enough = nlargest(MOST_COMPARED, enough)
        return [handle for _, handle in enough]

    def _postings(self, found: Fingerprint) -> Iterator[dict[int, int | list[int]]]:
        if found.adrift:
            yield from self._days.values()
            return
        for day in (_UNDATED, *(found.event_day + offset for offset in _WEEK_OFF)):
            postings = self._days.get(day)
            if postings:
                yield postings


def _needed(keys: int) -> int:
    """How many keys two articles share at least, by the fewer keys of the two: a brief has few to share."""
    return max(1, keys * 3 // 20)


def _day_of(found: Fingerprint) -> int:
    return _UNDATED if found.adrift else found.event_day
