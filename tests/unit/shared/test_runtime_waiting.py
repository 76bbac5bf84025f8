"""How long records have waited, in messages and in seconds."""

from datetime import UTC, datetime, timedelta

from prometheus_client import REGISTRY

from services.shared.runtime import waiting
from services.shared.runtime.health import Health
from services.shared.runtime.waiting import WaitingTimes
from tests.helpers.bus import FixedClock

PLACE = ("t", 0)


def test_a_record_waits_since_the_look_that_first_saw_it() -> None:
    """Lag in seconds is the age of the oldest record not yet committed, and 0 where none waits."""
    times = WaitingTimes()
    assert times.seconds(PLACE, 10, 10, now=0) == 0
    assert times.seconds(PLACE, 10, 15, now=2) == 0
    assert times.seconds(PLACE, 10, 20, now=4) == 2
    assert times.seconds(PLACE, 16, 20, now=9) == 5
    assert times.seconds(PLACE, 20, 20, now=11) == 0


def test_after_a_quiet_hour_a_new_record_is_new() -> None:
    """What was handled long ago says nothing about a record that has just come."""
    times = WaitingTimes()
    times.seconds(PLACE, 10, 10, now=0)
    times.handled(PLACE, written=0)
    assert times.seconds(PLACE, 10, 11, now=3600) == 0


def test_a_backlog_found_at_the_start_is_as_old_as_its_records() -> None:
    """A worker that was away an hour says so, from the times of the records it works through."""
    times = WaitingTimes()
    assert times.seconds(PLACE, 0, 100, now=3600) == 0
    times.handled(PLACE, written=5)
    assert times.seconds(PLACE, 1, 100, now=3602) == 3597
    times.handled(PLACE, written=3599)
    assert times.seconds(PLACE, 100, 101, now=3604) == 0


def test_a_partition_that_went_away_is_forgotten() -> None:
    """What comes back after a rebalance begins anew."""
    times = WaitingTimes()
    times.seconds(PLACE, 0, 5, now=0)
    times.keep(set())
    assert times.seconds(PLACE, 0, 5, now=100) == 0


def test_notes_stay_bounded(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """A partition that nobody reads for days costs no more than its thousand notes, and looks a little younger."""
    monkeypatch.setattr(waiting, "MOST_NOTES", 8)
    times = WaitingTimes()
    for look in range(1000):
        seconds = times.seconds(PLACE, 0, look, now=2 * look)
        assert len(times._partitions[PLACE].notes) <= 9
    assert seconds == 2 * 999 - 2


def test_lag_is_told_in_messages_and_in_seconds() -> None:
    """Both gauges follow the looks, and a partition that went away leaves neither behind."""
    clock = FixedClock()
    health = Health("ingest", clock)
    health.lags({("aged", 3): 4}, ((3, 0),), {("aged", 3): 4})
    clock.advance(6)
    health.handled("aged", 3, datetime(2020, 1, 1, tzinfo=UTC))
    health.handled("aged", 3, clock.now() - timedelta(seconds=30))
    health.lags({("aged", 3): 3}, ((3, 1),), {("aged", 3): 4})
    labels = {"topic": "aged", "partition": "3"}
    assert REGISTRY.get_sample_value("storybraid_consumer_lag_messages", labels) == 3
    assert REGISTRY.get_sample_value("storybraid_consumer_lag_seconds", labels) == 30
    health.lags({}, None)
    assert REGISTRY.get_sample_value("storybraid_consumer_lag_messages", labels) is None
    assert REGISTRY.get_sample_value("storybraid_consumer_lag_seconds", labels) is None
