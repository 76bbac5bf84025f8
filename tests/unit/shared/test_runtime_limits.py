"""Limits on the size of messages agree from the publisher to the last reader, so that nothing is stuck on the way."""

import re

import pytest

from contracts.messages.dead_letter import DeadLetterHeadersV1
from contracts.rejection import Reason, Rejection
from contracts.topics import DEAD_LETTERS, INPUTS, RAW, SNAPSHOTS, TOPICS, Topic
from services.client.library import Publisher
from services.shared.runtime import faust_app, lane, restore, snapshots, stage
from services.shared.runtime.brokers import docker, java
from tests.helpers.bus import START

LARGEST = max(topic.max_message_bytes for topic in TOPICS.values())


def test_every_client_can_send_and_fetch_the_largest_message() -> None:
    """Workers' producers and consumers take what the largest topic takes."""
    assert lane.MAX_REQUEST_BYTES >= LARGEST
    assert faust_app.MAX_MESSAGE_BYTES >= LARGEST
    assert restore.FETCH_BYTES >= LARGEST


def test_every_broker_takes_the_largest_message() -> None:
    """The brokers this project starts take what the largest topic takes, and pass it to their replicas."""
    settings = (java.DEPLOY / "server.properties.template").read_text()
    for name in ("message.max.bytes", "replica.fetch.max.bytes", "socket.request.max.bytes"):
        found = re.search(rf"^{re.escape(name)}=(\d+)$", settings, re.M)
        assert found
        assert int(found[1]) >= LARGEST
    assert docker.MAX_MESSAGE_BYTES >= LARGEST


async def test_a_publisher_may_send_what_the_raw_topic_takes() -> None:
    """The client library neither sends what the topic refuses nor refuses what it takes."""
    publisher = Publisher("127.0.0.1:9")
    try:
        assert publisher._producer._max_request_size == RAW.max_message_bytes
    finally:
        await publisher._producer.stop()


@pytest.mark.parametrize("topic", INPUTS, ids=lambda topic: topic.name)
def test_the_largest_message_fits_its_dead_letter_topic(topic: Topic) -> None:
    """A message of the largest size, with the longest reason, is smaller than its dead-letter topic's limit."""
    headers = [("h", b"x" * 100_000)]
    value = b"x" * (topic.max_message_bytes - 100_000)
    record = stage.Record(topic.name, 0, 2**60, b"k" * 1000, value, headers, START)
    letter = stage.dead_letter("room", record, Rejection(Reason.POISON, "why " * 10_000), START, 99)
    size = (
        len(letter.value or b"") + sum(len(name) + len(told) for name, told in letter.headers) + len(letter.key or b"")
    )
    assert size + stage.FRAME_BYTES < TOPICS[letter.topic].max_message_bytes
    assert len(DEAD_LETTERS) == len(INPUTS)
    assert set(DeadLetterHeadersV1.model_fields) == {name[4:] for name, _ in letter.headers if name[:4] == "dlq_"}


def test_a_chunk_of_a_snapshot_fits_its_topic() -> None:
    """Snapshots of any size travel in messages their topic takes."""
    assert SNAPSHOTS.max_message_bytes >= snapshots.CHUNK_BYTES + stage.FRAME_BYTES
