"""Brokers that live as long as the test run."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.helpers import brokers

settings.register_profile("thousands", max_examples=20_000)


@pytest.fixture(scope="session")
def embedded_broker() -> Iterator[str]:
    """The address of an embedded broker."""
    with brokers.embedded() as address:
        yield address


@pytest.fixture(scope="session")
def kafka_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Apache Kafka with one node."""
    with brokers.real_kafka(tmp_path_factory.mktemp("real")) as cluster:
        yield cluster.address


@pytest.fixture(scope="session")
def docker_broker() -> Iterator[str]:
    """The address of a real Apache Kafka in a container."""
    with brokers.in_docker() as address:
        yield address
