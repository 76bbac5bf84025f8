"""The demonstration ends when every sample article has come through, not before."""

from datetime import UTC, datetime, timedelta

from services.client import inputs
from services.client.demonstration import SAMPLES, arrival
from services.client.pipeline import Refused, Rooms
from services.deduplication.handler import State


def test_as_many_arrivals_are_seen_as_articles_were_published() -> None:
    """Each article that comes is one arrival, whatever else it moves, and a correction is one too."""
    rooms, state, seen = Rooms(), State(), set[tuple[str, datetime]]()
    lines = list(inputs.read([str(SAMPLES)]))
    for number, line in enumerate(lines, 1):
        accepted = rooms.accept(line, datetime(2026, 3, 12, tzinfo=UTC) + timedelta(seconds=number))
        assert not isinstance(accepted, Refused)
        outcome = state.apply(rooms.extract(rooms.identify(accepted)))
        seen |= {arrival(change) for change in outcome.changes}
        assert len(seen) == number
