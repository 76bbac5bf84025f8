"""A worker as an operator sees it: metrics, health, exit codes. With rooms of little judgement."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts import codec
from contracts.topics import ACCEPTED, RAW
from services.shared.runtime.brokers.embedded import EmbeddedBroker
from services.shared.runtime.failures import SURPRISE, WRONG_DEPLOYMENT
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.pipelines import publish, read
from tests.helpers.workers import TINY, Worker, beyond_loopback

pytestmark = pytest.mark.embedded
assert RAW.dead_letter is not None


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    """An embedded broker of the test's own, so that it may be taken away."""
    with EmbeddedBroker() as broker:
        yield broker


@pytest.fixture
def ingest(broker: EmbeddedBroker, tmp_path: Path) -> Iterator[Worker]:
    """A tiny ingest, started by the test, ended whatever happens."""
    worker = Worker("ingest", broker.address, tmp_path, TINY, dead_letters_in_a_row="3", session_seconds="5")
    yield worker
    worker.stop()


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Worker]]:
    """A broker and a tiny ingest that has handled two good records and a bad one, for tests that only look."""
    with EmbeddedBroker() as broker:
        worker = Worker("ingest", broker.address, tmp_path_factory.mktemp("lasting"), TINY, session_seconds="5").start()
        try:
            worker.wait_until(ready=True)
            publish(broker.address, [raw("one", "1 one"), raw("two", "2 two"), raw_bytes(b"{", "bad")])
            read(broker.address, ACCEPTED.name, lambda records: len(records) >= 2)
            read(broker.address, RAW.dead_letter or "", bool)
            yield broker.address, worker
        finally:
            worker.stop()


def _arrived(key: bytes):  # type: ignore[no-untyped-def]
    return lambda records: any(record.key == key for record in records)


def test_metrics_and_health_tell_the_truth(lasting: tuple[str, Worker]) -> None:
    """What was read, written and rejected is counted; the worker is ready while it can work and says so."""
    ingest = lasting[1]
    assert ingest.ask("/healthz")[0] == 200
    assert ingest.ask("/elsewhere")[0] == 404
    assert ingest.metric("storybraid_articles_in_total", stage="ingest") == 3
    assert ingest.metric("storybraid_articles_out_total", stage="ingest") == 2
    assert ingest.metric("storybraid_articles_rejected_total", stage="ingest", reason="invalid_json") == 1
    assert ingest.metric("storybraid_dead_letters_total", topic="articles.raw.v1.dlq") == 1
    assert ingest.metric("storybraid_stage_duration_seconds_count", stage="ingest") == 3
    assert ingest.metric("storybraid_ready") == 1


def test_only_loopback_listens(lasting: tuple[str, Worker]) -> None:
    """A worker listens on loopback and nowhere else unless an operator says so."""
    ingest = lasting[1]
    assert ingest.process is not None
    assert beyond_loopback(ingest.process.pid) == []


def test_an_operator_may_open_it(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Told to, a worker serves metrics on all addresses: the check before can see the difference."""
    worker = Worker("ingest", broker.address, tmp_path, TINY, metrics_host="0.0.0.0").start()
    try:
        worker.wait_until(ready=True)
        assert worker.process is not None
        assert beyond_loopback(worker.process.pid) == [f"00000000:{worker.port:04X}"]
    finally:
        worker.stop()


def test_not_ready_while_the_broker_is_away(broker: EmbeddedBroker, ingest: Worker) -> None:
    """A worker whose broker went away lives, and says it is not ready and why."""
    ingest.start().wait_until(ready=True)
    broker.close()
    ingest.wait_until(ready=False)
    assert "broker" in ingest.ask("/readyz")[1]
    assert ingest.ask("/healthz")[0] == 200
    assert ingest.process is not None
    assert ingest.process.poll() is None


def test_waits_for_a_broker_that_is_not_there_yet(tmp_path: Path) -> None:
    """A worker started before its broker waits, not ready, and ends at once when asked."""
    worker = Worker("ingest", "127.0.0.1:9", tmp_path, TINY).start()
    try:
        worker.wait_until(ready=False)
        worker.signal(signal.SIGTERM)
        assert worker.wait_for_end(10) == 0
    finally:
        worker.stop()


def test_sigterm_ends_within_ten_seconds(broker: EmbeddedBroker, ingest: Worker) -> None:
    """SIGTERM drains and ends with code 0."""
    ingest.start().wait_until(ready=True)
    ingest.signal(signal.SIGTERM)
    assert ingest.wait_for_end(10) == 0


def test_a_surprise_ends_the_process_loudly(broker: EmbeddedBroker, ingest: Worker) -> None:
    """An exception nobody foresaw ends the worker with its own code, and the log says where."""
    publish(broker.address, [raw("bad", "1 POISON")])
    ingest.start()
    assert ingest.wait_for_end(30) == SURPRISE
    assert any("RuntimeError: poison" in str(event.get("exception")) for event in ingest.events())


def test_poison_is_parked_after_three_kills(broker: EmbeddedBroker, ingest: Worker) -> None:
    """A record that ends the worker three times is put aside the fourth time, and what follows is handled."""
    publish(broker.address, [raw("bad", "1 EXIT")])
    for _ in range(3):
        ingest.start()
        assert ingest.wait_for_end(30) == 139
    publish(broker.address, [raw("good", "2 good")])
    ingest.start()
    assert read(broker.address, ACCEPTED.name, _arrived(b"good"))
    letter = read(broker.address, RAW.dead_letter or "", _arrived(b"bad"))[0]
    facts = codec.read_dead_letter_headers(letter.headers)
    assert (facts.reason, facts.attempts) == ("poison", 3)


def test_too_many_dead_letters_in_a_row_stop_the_worker(broker: EmbeddedBroker, ingest: Worker) -> None:
    """A worker that rejects everything stops with the code of a wrong deployment; the rest stays in the topic."""
    publish(broker.address, [raw_bytes(b"{", f"bad-{number}") for number in range(8)])
    ingest.start()
    assert ingest.wait_for_end(30) == WRONG_DEPLOYMENT
    assert len(read(broker.address, RAW.dead_letter or "", bool)) == 3


def test_logs_are_json_with_coordinates(lasting: tuple[str, Worker]) -> None:
    """Every line is a JSON object; a line about a record names its topic, partition and offset."""
    ingest = lasting[1]
    lines = ingest.log.read_text().splitlines()
    events = ingest.events()
    assert len(events) == len(lines)
    told = next(event for event in events if event["event"] == "dead letter")
    assert {"topic", "partition", "offset", "reason", "room"} <= told.keys()


def test_metric_names_are_declared_with_a_meaning(lasting: tuple[str, Worker]) -> None:
    """Every storybraid metric has a HELP text and a base unit in its name where it has a unit."""
    text = lasting[1].ask("/metrics")[1]
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE storybraid")}
    helped = {
        line.split()[2] for line in text.splitlines() if line.startswith("# HELP storybraid") and line.split()[3:]
    }
    assert names == helped
    assert not any(name.endswith(("_ms", "_milliseconds", "_millis")) for name in names)
