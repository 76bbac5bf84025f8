"""The failure rules: attempts remembered, rows of dead letters counted, the surroundings waited for, stalls seen."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiokafka.errors import KafkaConnectionError, MessageSizeTooLargeError

from services.shared.runtime.attempts import AttemptJournal
from services.shared.runtime.failures import DeadLetterLimit, insist, pauses
from services.shared.runtime.health import Health, waiting
from services.shared.runtime.serving import liveness, readiness
from services.shared.runtime.stage import Record
from services.shared.runtime.watchdog import deaf, verdict
from tests.helpers.bus import FixedClock

AT = datetime(2026, 1, 7, tzinfo=UTC)


def _record(offset: int, partition: int = 0) -> Record:
    return Record("articles.raw.v1", partition, offset, b"k", b"v", (), AT)


def test_attempts_outlive_the_process(tmp_path: Path) -> None:
    """Each new journal over the same directory, as after a kill, counts one more attempt of the same record."""
    attempts = [AttemptJournal(tmp_path, "g").begin(_record(5)) for _ in range(4)]
    assert attempts == [1, 2, 3, 4]


def test_an_ended_record_is_forgotten(tmp_path: Path) -> None:
    """A record that was decided does not count when the next process meets it again."""
    journal = AttemptJournal(tmp_path, "g")
    journal.begin(_record(5))
    journal.end(_record(5))
    assert AttemptJournal(tmp_path, "g").begin(_record(5)) == 1


def test_attempts_are_per_partition_and_record(tmp_path: Path) -> None:
    """Another record, partition or group starts at one."""
    AttemptJournal(tmp_path, "g").begin(_record(5))
    assert AttemptJournal(tmp_path, "g").begin(_record(5, partition=1)) == 1
    assert AttemptJournal(tmp_path, "other").begin(_record(5)) == 1
    assert AttemptJournal(tmp_path, "g").begin(_record(6)) == 1


def test_partitions_that_come_back_are_read_again(tmp_path: Path) -> None:
    """What another worker on this machine noted meanwhile counts."""
    first, second = AttemptJournal(tmp_path, "g"), AttemptJournal(tmp_path, "g")
    first.begin(_record(1))
    first.end(_record(1))
    first.forget()
    second.begin(_record(2))
    assert first.begin(_record(2)) == 2


def test_without_a_directory_the_worker_still_works(tmp_path: Path) -> None:
    """Where nothing can be written, every attempt is the first."""
    (tmp_path / "file").write_text("in the way")
    journal = AttemptJournal(tmp_path / "file" / "below", "g")
    assert [journal.begin(_record(1)), journal.begin(_record(1))] == [1, 1]
    journal.end(_record(1))


def test_only_a_row_of_dead_letters_is_too_many() -> None:
    """A good message ends the row; one more than the limit in a row is refused."""
    limit = DeadLetterLimit(2)
    assert [limit.bad(), limit.bad()] == [False, False]
    limit.good()
    assert [limit.bad(), limit.bad(), limit.bad()] == [False, False, True]


def test_pauses_grow_with_jitter_up_to_a_bound() -> None:
    """Pauses double, never exceed the longest, and two workers do not wait alike."""
    waits = pauses(1.0, 8.0, random.Random(1))
    drawn = [next(waits) for _ in range(8)]
    assert all(0.5 * min(2**n, 8) <= wait <= min(2**n, 8) for n, wait in enumerate(drawn))
    assert drawn[-1] != drawn[-2]


async def test_the_surroundings_are_waited_for() -> None:
    """A broker that comes back is waited for; every failed attempt is told."""
    outcomes = [KafkaConnectionError("away"), OSError("disk full"), None]
    told: list[str] = []

    async def attempt() -> str:
        if trouble := outcomes.pop(0):
            raise trouble
        return "done"

    assert await insist(attempt, lambda error, _: told.append(str(error)), iter([0.0, 0.0, 0.0])) == "done"
    assert len(told) == 2


@pytest.mark.parametrize("surprise", [ValueError("a bug"), MessageSizeTooLargeError("9 MB")])
async def test_what_waiting_cannot_cure_is_raised(surprise: Exception) -> None:
    """A bug, and a message the broker will never take, are not retried."""

    async def attempt() -> None:
        raise surprise

    with pytest.raises(type(surprise)):
        await insist(attempt, lambda *_: None, iter([0.0]))


def test_readiness_names_every_hindrance() -> None:
    """Ready only when nothing hinders; until then the reasons are told."""
    health = Health("ingest", FixedClock())
    health.hindered("broker", "away")
    assert readiness(health)[0] == 503
    health.cleared("starting")
    assert readiness(health)[1]["because"] == {"broker": "away"}
    health.cleared("broker")
    assert readiness(health)[0] == 200


def test_a_stuck_event_loop_is_not_alive() -> None:
    """Liveness follows the event loop's pulse."""
    clock = FixedClock()
    health = Health("ingest", clock)
    health.beat()
    assert liveness(health)[0] == 200
    clock.advance(60)
    assert liveness(health)[0] == 503
    assert "event loop" in (verdict(health, 30) or "")


def test_lag_without_progress_is_a_stall() -> None:
    """Records that wait while nothing is committed end the process after the patience, and not before."""
    clock = FixedClock()
    health = Health("ingest", clock)
    health.lags({("t", 0): 5}, ((0, 10),))
    clock.advance(29)
    assert verdict(health, 30) is None
    clock.advance(2)
    assert "nothing was committed" in (verdict(health, 30) or "")


def test_what_retention_took_away_does_not_wait() -> None:
    """A partition whose records expired before they were read has no lag, so that nobody is ended for it."""
    assert waiting(committed=10, begin=0, end=30) == 20
    assert waiting(committed=10, begin=25, end=30) == 5
    assert waiting(committed=None, begin=30, end=30) == 0


def test_progress_and_idleness_are_no_stall() -> None:
    """A commit, an empty topic, and an absent broker each start the patience anew."""
    clock = FixedClock()
    health = Health("ingest", clock)
    for step in range(5):
        health.lags({("t", 0): 5}, ((0, step),))
        clock.advance(20)
        assert verdict(health, 30) is None
    health.lags({("t", 0): 0}, ((0, 4),))
    clock.advance(100)
    assert verdict(health, 30) is None
    health.lags({("t", 0): 5}, ((0, 4),))
    clock.advance(20)
    health.excused()
    clock.advance(20)
    assert verdict(health, 30) is None


def test_a_client_that_hears_nothing_though_the_broker_answers_is_stuck() -> None:
    """Nobody listening is an absent broker and waited for; somebody listening means this client is deaf."""
    from tests.helpers.workers import free_port

    clock = FixedClock()
    health = Health("ingest", clock)
    health.hindered("broker", "no answer")
    clock.advance(61)
    assert deaf(health, 30, f"127.0.0.1:{free_port()}") is None
    from services.shared.runtime.serving import serve

    server = serve(health, "127.0.0.1", 0)
    try:
        assert deaf(health, 30, f"127.0.0.1:{server.server_address[1]}") is not None
    finally:
        server.shutdown()
        server.server_close()
