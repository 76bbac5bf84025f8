"""What an operator types: `lag`, `dlq` and `doctor`, on the embedded broker and on a real Apache Kafka."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from contracts.schemas import json_schema
from contracts.topics import RAW
from services.client.commands import doctor
from services.client.main import app
from services.shared.runtime.brokers import topics
from services.shared.runtime.brokers.embedded import EmbeddedBroker
from tests.helpers import brokers
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.pipelines import publish, read
from tests.helpers.workers import TINY, Worker

BUSES = (pytest.param("embedded", marks=pytest.mark.embedded), pytest.param("kafka", marks=pytest.mark.kafka))
LETTERS = RAW.dead_letter or ""


@pytest.fixture(scope="module", params=BUSES)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker where a tiny ingest has read a good record, one that is not JSON, one that is empty, and then left."""
    home = tmp_path_factory.mktemp("operator")
    with brokers.embedded() if request.param == "embedded" else brokers.real_kafka(home) as started:
        address = started if isinstance(started, str) else started.address
        publish(address, [raw("good", "1 good"), raw_bytes(b'{"broken": \xff', "bad", [("from", b"a")])])
        publish(address, [raw_bytes(b"{", "worse")])
        worker = Worker("ingest", address, home, TINY).start()
        read(address, LETTERS, lambda records: len(records) >= 2)
        worker.stop()
        yield address


def _run(address: str, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, [*arguments, "--brokers", address], env={"COLUMNS": "200"})
    assert done.exit_code == code, done.output
    return done.output


def test_lag_tells_how_much_waits_and_since_when(address: str) -> None:
    """What was published after a worker left waits in its input, as old as its oldest record; the rest is read."""
    publish(address, [raw("later", "2 later")], datetime.now(UTC) - timedelta(hours=2))
    rows = [line.split() for line in _run(address, "lag").splitlines() if "ingest " in line]
    waiting = [row for row in rows if row[5] != "0"]
    assert sum(int(row[5]) for row in rows) == 1
    assert waiting[0][6:] == ["2.0", "h"]


def test_dead_letters_are_listed_with_where_and_why(address: str) -> None:
    """Each letter with topic, partition, offset and reason, as a table and as JSON lines."""
    lines = _run(address, "dlq", "list", "--topic", RAW.name, "--jsonl").splitlines()
    told = [json.loads(line) for line in lines]
    assert {letter["reason"] for letter in told} >= {"invalid_utf8", "invalid_json"}
    assert all({"topic", "partition", "offset", "detail", "bytes"} <= letter.keys() for letter in told)
    assert "invalid_utf8" in _run(address, "dlq", "list")


def test_a_dead_letter_is_shown_and_sent_again_as_it_was(address: str) -> None:
    """`show` finds it by its origin; `replay` publishes the same bytes, key and headers, only those asked for."""
    lines = _run(address, "dlq", "list", "--topic", RAW.name, "--jsonl").splitlines()
    letter = next(told for told in map(json.loads, lines) if told["reason"] == "invalid_utf8")
    shown = _run(address, "dlq", "show", str(letter["partition"]), str(letter["offset"]))
    assert "\\xff" in shown
    assert "invalid_utf8" in shown
    before = len(read(address, RAW.name, bool, seconds=5))
    assert "1 messages published again" in _run(address, "dlq", "replay", "--reason", "invalid_utf8")
    records = read(address, RAW.name, lambda found: len(found) > before)
    again = [record for record in records if record.key == b"bad"]
    assert len(again) == 2
    assert {record.value for record in again} == {b'{"broken": \xff'}
    assert all(record.headers == (("from", b"a"),) for record in again)


def test_what_is_no_dead_letter_stops_no_command(address: str) -> None:
    """A record that somebody else wrote into a dead-letter topic is passed over, with a word."""
    stranger = raw_bytes(b"hello", "stranger")
    publish(address, [type(stranger)(LETTERS, stranger.key, stranger.value, [])])
    shown = _run(address, "dlq", "list", "--topic", RAW.name)
    assert "no dead letter of ours" in shown
    assert "invalid_json" in shown


def test_an_unknown_letter_is_told_in_a_sentence(address: str) -> None:
    """`dlq show` of a place from which nothing came says so."""
    done = CliRunner().invoke(app, ["dlq", "show", "0", "99999", "--brokers", address])
    assert done.exit_code == 1
    assert "no dead letter" in str(done.exception)


def test_the_doctor_finds_nothing_wrong(address: str) -> None:
    """Packs, schemas, registry, broker, topics and clock are each told as well."""
    shown = _run(address, "doctor")
    assert [line.split()[1] for line in shown.splitlines()] == [
        "packs:",
        "schemas:",
        "registry:",
        "broker:",
        "topics:",
        "clock:",
    ]
    assert "bad" not in shown


def test_the_doctor_says_what_to_do_without_a_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody answers, the broker is bad, with advice, what needs it is not asked, and the exit code is 1."""
    monkeypatch.setattr(doctor, "SECONDS", 1)
    shown = _run("127.0.0.1:9", "doctor", code=1)
    assert "bad  broker" in shown
    assert "storybraid up" in shown
    assert "ok   packs" in shown
    assert "clock: cannot be seen without broker" in shown


def test_the_doctor_sees_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A topic unlike the contract, a schema unlike the code and a clock that runs ahead are each found."""
    with EmbeddedBroker() as broker:
        publish(broker.address, [raw("early", "1 early")], datetime.now(UTC) + timedelta(hours=3))
        ill = [topics.Difference(RAW.name, "partitions", "6", "1")]
        monkeypatch.setattr(topics, "check", lambda address: ill)
        changed = {**json_schema.all_schemas(), "story.v1.json": {"type": "object"}}
        monkeypatch.setattr(doctor, "all_schemas", lambda: changed)
        shown = _run(broker.address, "doctor", code=1)
    assert "partitions should be 6, is 1" in shown
    assert "story.v1.json: the published schema is not that of the code" in shown
    assert "ahead of this machine" in shown
    assert "NTP" in shown


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux' kernel is asked about its clock")
def test_the_kernel_is_asked_about_the_clock() -> None:
    """The answer is yes or no, and asking changes nothing."""
    from services.shared.runtime.clock import synchronised

    assert synchronised() in (True, False)
    assert synchronised() == synchronised()
