"""Who may be alike: an index by (telling feature, day of the event); whether two meet depends on them alone."""

from collections.abc import Iterator

from services.deduplication.domain.stories.fingerprint import Fingerprint

_NEAR = tuple(range(-9, 10))  # a bare weekday under an assumed day of publication may be a week off
_UNDATED = 0


class CandidateIndex:
    """Postings of article handles. A posting of one is kept as the bare handle: most are."""

    def __init__(self) -> None:
        self._days: dict[int, dict[int, int | list[int]]] = {}

    def add(self, handle: int, found: Fingerprint) -> None:
        """Enter an article under each of its keys."""
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
        postings = self._days.get(_day_of(found), {})
        for key in found.keys:
            held = postings.get(key)
            if isinstance(held, list) and handle in held:
                held.remove(handle)
            elif held == handle:
                del postings[key]
        if not postings:
            self._days.pop(_day_of(found), None)

    def near(self, found: Fingerprint) -> set[int]:
        """Handles that share a key within the days an event may be off."""
        met: set[int] = set()
        for postings in self._postings(found):
            for key in found.keys:
                held = postings.get(key)
                if isinstance(held, list):
                    met.update(held)
                elif held is not None:
                    met.add(held)
        return met

    def _postings(self, found: Fingerprint) -> Iterator[dict[int, int | list[int]]]:
        if found.undated:
            yield from self._days.values()
            return
        for day in (_UNDATED, *(found.event_day + offset for offset in _NEAR)):
            postings = self._days.get(day)
            if postings:
                yield postings


def _day_of(found: Fingerprint) -> int:
    return _UNDATED if found.undated else found.event_day
