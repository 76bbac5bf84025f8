"""The brokers themselves: up by one command, down by one, topics as the registry says, nothing left behind."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.topics import TOPICS
from services.shared.runtime.brokers import java, local_kafka, topics
from services.shared.runtime.brokers.kafka_node import alive
from tests.helpers.workers import REPOSITORY, free_port


@pytest.mark.embedded
def test_the_embedded_broker_has_every_topic(embedded_broker: str) -> None:
    """Topics come to be on request; creating them again creates nothing; nothing differs that can be told."""
    assert topics.create(embedded_broker) == []
    assert topics.check(embedded_broker) == []


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "services.shared.runtime.brokers.local_kafka", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)


@pytest.mark.kafka
def test_one_command_up_and_one_down(tmp_path: Path) -> None:
    """`up` prints an address that answers, `status` tells the truth, `down --wipe` leaves neither process nor file."""
    if reason := java.missing():
        pytest.skip(f"no real Apache Kafka here: {reason}")
    home = tmp_path / "cluster"
    try:
        up = _command("up", "--port", "0", "--at", str(home))
        assert up.returncode == 0, up.stderr
        host, _, port = up.stdout.strip().rpartition(":")
        pid = local_kafka.at(home).nodes[0].pid()
        assert alive(pid)
        assert _command("up", "--at", str(home)).stdout == up.stdout
        assert local_kafka.at(home).nodes[0].pid() == pid
        assert _command("status", "--at", str(home)).returncode == 0
    finally:
        assert _command("down", "--wipe", "--at", str(home)).returncode == 0
    assert not alive(pid)
    assert not home.exists()
    assert _command("status", "--at", str(home)).returncode != 0
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((host, int(port)), 1)


@pytest.mark.kafka
def test_topics_are_as_the_registry_says(kafka_broker: str) -> None:
    """Partitions, retention and sizes are those of the registry, and a second creation finds all there."""
    assert topics.create(kafka_broker) == []
    assert topics.check(kafka_broker) == []


@pytest.mark.kafka
def test_differences_are_told(kafka_broker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing topic, a wrong number of partitions and a wrong setting are each named with what was expected."""
    import dataclasses

    changed = dataclasses.replace(TOPICS["stories.v1"], partitions=3, max_message_bytes=1234)
    other = dataclasses.replace(TOPICS["stories.v1"], name="stories.v9")
    monkeypatch.setitem(TOPICS, "stories.v1", changed)
    monkeypatch.setitem(TOPICS, "stories.v9", other)
    told = {(difference.topic, difference.what) for difference in topics.check(kafka_broker)}
    assert told == {("stories.v1", "partitions"), ("stories.v1", "max.message.bytes"), ("stories.v9", "topic")}


@pytest.mark.kafka
def test_a_topic_before_deduplication_grows(kafka_broker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets more partitions, never fewer, and more than the registry says is no difference to be mended."""
    import dataclasses

    other = dataclasses.replace(TOPICS["articles.raw.v1"], name="articles.raw.v9", partitions=2)
    monkeypatch.setitem(TOPICS, other.name, other)
    topics.create(kafka_broker, topics=[other])
    assert topics.grow(kafka_broker, other.name, 4) == 2
    with pytest.raises(topics.TopicsError, match="never fewer"):
        topics.grow(kafka_broker, other.name, 3)
    assert topics.check(kafka_broker) == []


@pytest.mark.parametrize("name", ["articles.extracted.v1", "stories.v1", "deduplication.snapshots.v1", "nothing.v1"])
def test_topics_whose_order_means_something_do_not_grow(name: str) -> None:
    """A subject must stay in its partition, a story in order: such topics are refused before any broker is asked."""
    with pytest.raises(topics.TopicsError, match="not to be split"):
        topics.grow("127.0.0.1:9", name, 4)


def test_nobody_there_is_told_in_words() -> None:
    """A broker that does not answer is an error that names the address."""
    address = f"127.0.0.1:{free_port()}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(topics, "SECONDS", 1)
        with pytest.raises(topics.TopicsError, match=address):
            topics.check(address)
