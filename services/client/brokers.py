"""Which broker a command talks to, and how `up` gets one."""

import contextlib
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from services.client.stack import announced_brokers
from services.shared.runtime.settings import RuntimeSettings

DEFAULT = "127.0.0.1:9092"


class BrokerKind(StrEnum):
    """The brokers `up` can start."""

    EMBEDDED = "embedded"
    KAFKA = "kafka"


def address(given: str | None) -> str:
    """The broker to talk to: the one given, STORYBRAID_BROKERS, a running `storybraid up`, else the usual port."""
    if given or "STORYBRAID_BROKERS" in os.environ:
        return given or RuntimeSettings().brokers
    return announced_brokers() or DEFAULT


@contextlib.contextmanager
def started(kind: BrokerKind, home: Path) -> Iterator[str]:
    """A broker with every topic on it, as long as the block runs; yields its address."""
    if kind is BrokerKind.EMBEDDED:
        from services.shared.runtime.brokers.embedded import EmbeddedBroker

        with EmbeddedBroker() as broker:
            yield broker.address
        return
    from services.shared.runtime.brokers import local_kafka, topics

    with local_kafka.at(home) as cluster:
        topics.create(cluster.address)
        yield cluster.address
