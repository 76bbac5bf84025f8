"""librdkafka's mock cluster: real TCP on loopback, up in a moment, nothing durable. For trying out and fast tests.

One member per group, no transactions, no create-topics request: topics come to be when somebody asks
for their metadata.
"""

from collections.abc import Iterable
from types import TracebackType
from typing import Any

from contracts.topics import TOPICS

# The mock cluster names itself so in every metadata answer; workers look for it to choose their delivery.
CLUSTER_PREFIX = "mockCluster"


class EmbeddedBroker:
    """A broker that lives as long as this object, in this process."""

    def __init__(self, brokers: int = 1) -> None:
        from confluent_kafka import Producer

        settings: dict[str, Any] = {
            "test.mock.num.brokers": brokers,
            "bootstrap.servers": "replaced-by-the-mock:1",
            "log_level": 2,
        }
        self._keeper: Any = Producer(settings)
        found = self._keeper.list_topics(timeout=10).brokers.values()
        self.address = ",".join(f"127.0.0.1:{broker.port}" for broker in found)

    def create_topics(self, names: Iterable[str] = tuple(TOPICS)) -> None:
        """Bring topics into being, each with the mock's fixed number of partitions."""
        for name in names:
            self._keeper.list_topics(name, timeout=10)

    def close(self) -> None:
        """End the broker; everything on it is gone."""
        self._keeper = None

    def __enter__(self) -> "EmbeddedBroker":
        self.create_topics()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_embedded(cluster_id: str | None) -> bool:
    """Whether a cluster id is that of an embedded broker."""
    return bool(cluster_id) and str(cluster_id).startswith(CLUSTER_PREFIX)
