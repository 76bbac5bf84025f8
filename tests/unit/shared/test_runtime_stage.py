"""A stage without Kafka: what becomes of a record."""

from datetime import UTC, datetime

import pytest

from contracts import codec
from contracts.topics import ACCEPTED, EXTRACTED, RAW
from services.shared.runtime import stage as stage_module
from services.shared.runtime.stage import Outgoing, Record, decide
from services.shared.runtime.stateful_stage import GrownError, advance, replay
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.bus import MemoryBus
from tests.helpers.tiny_rooms import deduplication, stages

NOW = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
PUBLISHED = datetime(2026, 1, 7, 11, 0, tzinfo=UTC)
INGEST = stages()[0]


def _record(sent: Outgoing, offset: int = 7) -> Record:
    return Record(sent.topic, 3, offset, sent.key, sent.value, tuple(sent.headers), PUBLISHED)


def test_a_good_record_becomes_the_next_message() -> None:
    """The outgoing message keeps the publisher's time in its headers, not the worker's."""
    outgoing = decide(INGEST, _record(raw("a", "1 text")), NOW)
    assert outgoing.topic == ACCEPTED.name
    assert outgoing.reason is None
    assert dict(outgoing.headers)["ce_time"] == PUBLISHED.isoformat().encode()


def test_deciding_twice_gives_the_same_bytes() -> None:
    """A repeat after a crash is byte for byte the same message, whenever it happens."""
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert decide(INGEST, _record(raw("a", "1 text")), NOW) == decide(INGEST, _record(raw("a", "1 text")), later)


def test_a_dead_letter_keeps_bytes_key_and_headers() -> None:
    """The original is untouched, and the coordinates lead back to it."""
    sent = raw_bytes(b"\xff", "k", [("trace", b"t1")])
    letter = decide(INGEST, _record(sent), NOW)
    facts = codec.read_dead_letter_headers(letter.headers)
    assert (letter.value, letter.key) == (b"\xff", b"k")
    assert ("trace", b"t1") in letter.headers
    assert (facts.topic, facts.partition, facts.offset) == (RAW.name, 3, 7)
    assert facts.failed_at == NOW.isoformat()


def test_a_record_of_nothing_can_be_put_aside() -> None:
    """A record with neither key nor value still has a key as a dead letter: Kafka refuses one without both."""
    letter = decide(INGEST, Record(RAW.name, 0, 0, None, None, (), PUBLISHED), NOW)
    assert (letter.key, letter.value, letter.reason) == (b"", None, "empty_message")


def test_an_output_the_broker_would_refuse_is_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that grew beyond its topic's limit becomes a dead letter instead of an endless retry."""
    monkeypatch.setattr(stage_module, "FRAME_BYTES", ACCEPTED.max_message_bytes)
    assert decide(INGEST, _record(raw("a", "1 text")), NOW).reason == "too_large"


def test_surprises_are_raised() -> None:
    """A stage does not turn a bug into a dead letter."""
    with pytest.raises(RuntimeError):
        decide(INGEST, _record(raw("a", "1 POISON")), NOW)


def test_topics_of_one_partition_are_one_everywhere() -> None:
    """Extracted articles go to partition 0 even where a broker made more of them; keyed topics leave it to the key."""
    assert Outgoing(EXTRACTED.name, b"k", b"v", []).partition == 0
    assert Outgoing(ACCEPTED.name, b"k", b"v", []).partition is None


def test_replaying_the_log_rebuilds_the_state() -> None:
    """The state after replay equals the state that wrote the outputs, and both answer the next record alike."""
    bus = MemoryBus(stages())
    for number in range(20):
        bus.publish(raw(f"a-{number}", f"{number % 3} text"))
    log = bus.read(EXTRACTED.name)
    room = deduplication()
    lived, rebuilt = room.fresh(), room.fresh()
    for record in log[:-1]:
        advance(room, lived, record, NOW)
        replay(room, rebuilt, record)
    assert lived == rebuilt
    assert advance(room, lived, log[-1], NOW) == advance(room, rebuilt, log[-1], NOW)


def test_replay_passes_over_what_was_put_aside() -> None:
    """A record that cannot be read was dead-lettered when it was met; the replay does not stop at it."""
    state: dict[str, list[str]] = {}
    replay(deduplication(), state, Record(EXTRACTED.name, 0, 0, b"k", b"{", (), PUBLISHED))
    assert state == {}


def test_a_story_too_large_for_its_topic_is_a_surprise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outputs of the state cannot be put aside one by one, so the worker must stop."""
    bus = MemoryBus(stages())
    bus.publish(raw("a", "1 text"))
    monkeypatch.setattr(stage_module, "FRAME_BYTES", ACCEPTED.max_message_bytes)
    with pytest.raises(GrownError):
        advance(deduplication(), {}, bus.read(EXTRACTED.name)[0], NOW)
