"""Brokers for tests: the embedded one, and a real Apache Kafka that is skipped in words where it cannot run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.shared.runtime.brokers import docker, java, local_kafka, topics
from services.shared.runtime.brokers.embedded import EmbeddedBroker


@contextmanager
def embedded() -> Iterator[str]:
    """An embedded broker with every topic."""
    with EmbeddedBroker() as broker:
        yield broker.address


@contextmanager
def real_kafka(home: Path, brokers: int = 1) -> Iterator[local_kafka.LocalKafka]:
    """A real Apache Kafka with every topic, gone afterwards."""
    if reason := java.missing():
        if os.environ.get("STORYBRAID_REQUIRE_KAFKA"):
            pytest.fail(f"a real Apache Kafka is required here: {reason}")
        pytest.skip(f"no real Apache Kafka here: {reason}")
    cluster = local_kafka.at(home / "kafka", brokers)
    with cluster:
        topics.create(cluster.address)
        yield cluster


@contextmanager
def in_docker() -> Iterator[str]:
    """A real Apache Kafka in a container, with every topic."""
    if reason := docker.missing():
        pytest.skip(f"no Kafka in a container here: {reason}")
    with docker.started() as address:
        topics.create(address)
        yield address
