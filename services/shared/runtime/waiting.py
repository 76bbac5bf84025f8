"""How long the oldest record that waits has waited, told from what a worker sees anyway: nothing is fetched for it.

Each look at the broker notes when the end of a partition was where; a record waits since the look that first saw it.
What waited already at the first look is as old as the time in the last record handled says.
"""

from collections import deque
from dataclasses import dataclass, field

MOST_NOTES = 1024
Place = tuple[str, int]


@dataclass(slots=True)
class _Partition:
    backlog_until: int
    """Records before this one were there when the partition came to us."""
    notes: deque[tuple[int, float]]
    """Ends seen, and when each was seen first; ends grow."""


@dataclass(slots=True)
class WaitingTimes:
    """By partition, since when the oldest record not yet committed waits. Times are seconds of the wall clock."""

    _partitions: dict[Place, _Partition] = field(default_factory=dict)
    _handled: dict[Place, float] = field(default_factory=dict)

    def handled(self, place: Place, written: float) -> None:
        """A record was handled that was written at this time."""
        self._handled[place] = written

    def keep(self, places: set[Place]) -> None:
        """Forget the partitions that are not ours any more."""
        self._partitions = {place: known for place, known in self._partitions.items() if place in places}
        self._handled = {place: known for place, known in self._handled.items() if place in places}

    def seconds(self, place: Place, committed: int, end: int, now: float) -> float:
        """Note where the partition ends now; how long its oldest waiting record has waited, 0 where none does."""
        partition = self._partitions.get(place)
        if partition is None:
            partition = self._partitions[place] = _Partition(end, deque([(end, now)]))
        elif end > partition.notes[-1][0]:
            partition.notes.append((end, now))
            _thin(partition.notes)
        while len(partition.notes) > 1 and partition.notes[0][0] <= committed:
            partition.notes.popleft()
        if committed >= end:
            return 0.0
        since = partition.notes[0][1]
        if committed < partition.backlog_until:
            since = min(since, self._handled.get(place, since))
        return max(0.0, now - since)


def _thin(notes: deque[tuple[int, float]]) -> None:
    """A backlog of days needs no look of every two seconds; each that goes makes records look a little younger."""
    if len(notes) > MOST_NOTES:
        kept = [note for number, note in enumerate(notes) if number % 2 == 0 or number == len(notes) - 1]
        notes.clear()
        notes.extend(kept)
