"""Creates the topics of the registry on a cluster and tells where a cluster differs from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from contracts.topics import TOPICS, Topic
from services.shared.runtime.brokers.embedded import is_embedded
from services.shared.runtime.security import for_confluent
from services.shared.runtime.settings import RuntimeSettings, SecuritySettings

SECONDS = 20


class TopicsError(RuntimeError):
    """The topics could not be read or made; the message says why."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a cluster is not as the registry says."""

    topic: str
    what: str
    expected: str
    found: str


def create(address: str, settings: SecuritySettings | None = None, topics: Iterable[Topic] = ()) -> list[str]:
    """Create every topic that is missing; returns their names. The cluster's replication default applies."""
    from confluent_kafka.admin import NewTopic  # type: ignore[attr-defined]

    admin = _admin(address, settings)
    wanted = tuple(topics) or tuple(TOPICS.values())
    metadata = _metadata(admin, address)
    if is_embedded(metadata.cluster_id):
        return _ask_for(admin, [topic.name for topic in wanted if topic.name not in metadata.topics])
    missing = [topic for topic in wanted if topic.name not in metadata.topics]
    if not missing:
        return []
    requests = [NewTopic(topic.name, topic.partitions, -1, config=topic.config()) for topic in missing]
    for name, answer in admin.create_topics(requests, request_timeout=SECONDS).items():
        _settle(name, answer)
    _await_leaders(admin, [topic.name for topic in missing])
    return [topic.name for topic in missing]


def check(address: str, settings: SecuritySettings | None = None) -> list[Difference]:
    """Every difference between the cluster and the registry; empty where all is well."""
    admin = _admin(address, settings)
    metadata = _metadata(admin, address)
    embedded = is_embedded(metadata.cluster_id)
    differences: list[Difference] = []
    for topic in TOPICS.values():
        found = metadata.topics.get(topic.name)
        if found is None:
            differences.append(Difference(topic.name, "topic", "exists", "missing"))
        elif not embedded:
            differences += _partitions(topic, len(found.partitions)) + _settings(admin, topic)
    return differences


def grow(address: str, name: str, partitions: int, settings: SecuritySettings | None = None) -> int:
    """Give a topic more partitions; returns how many it had. Raises TopicsError where that would break something."""
    from confluent_kafka.admin import NewPartitions  # type: ignore[attr-defined]

    topic = TOPICS.get(name)
    if topic is None or topic.partitions == 1:
        raise TopicsError(f"{name} is not to be split: only {', '.join(_growing())} grow; their order means nothing")
    admin = _admin(address, settings)
    metadata = _metadata(admin, address)
    found = len(metadata.topics[name].partitions) if name in metadata.topics else 0
    if is_embedded(metadata.cluster_id) or not found < partitions:
        raise TopicsError(f"{name} has {found} partitions; on a real Kafka they can become more, never fewer")
    for answer in admin.create_partitions([NewPartitions(name, partitions)], request_timeout=SECONDS).values():
        answer.result(SECONDS)
    return found


def _growing() -> list[str]:
    return [topic.name for topic in TOPICS.values() if topic.partitions > 1]


def _partitions(topic: Topic, found: int) -> list[Difference]:
    if found == topic.partitions or (found > topic.partitions > 1):
        return []
    return [Difference(topic.name, "partitions", str(topic.partitions), str(found))]


def _settings(admin: Any, topic: Topic) -> list[Difference]:
    from confluent_kafka.admin import ConfigResource  # type: ignore[attr-defined]

    resource = ConfigResource(ConfigResource.Type.TOPIC, topic.name)
    found = next(iter(admin.describe_configs([resource], request_timeout=SECONDS).values())).result(SECONDS)
    told = {name: entry.value for name, entry in found.items()}
    wanted = topic.config().items()
    return [
        Difference(topic.name, name, value, str(told.get(name))) for name, value in wanted if told.get(name) != value
    ]


def _admin(address: str, settings: SecuritySettings | None) -> Any:
    from confluent_kafka.admin import AdminClient

    return AdminClient({"bootstrap.servers": address, "log_level": 2, **for_confluent(settings or RuntimeSettings())})


def _metadata(admin: Any, address: str) -> Any:
    from confluent_kafka import KafkaException

    try:
        return admin.list_topics(timeout=SECONDS)
    except KafkaException as error:
        raise TopicsError(f"no answer from {address} within {SECONDS} s: {error.args[0].str()}") from error


def _ask_for(admin: Any, names: list[str]) -> list[str]:
    for name in names:
        admin.list_topics(name, timeout=SECONDS)
    return names


def _settle(name: str, answer: Any) -> None:
    from confluent_kafka import KafkaError, KafkaException

    try:
        answer.result(SECONDS)
    except KafkaException as error:
        if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
            raise TopicsError(f"{name} could not be created: {error.args[0].str()}") from error


def _await_leaders(admin: Any, names: list[str]) -> None:
    import time

    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        known = admin.list_topics(timeout=SECONDS).topics
        partitions = [part for name in names for part in (known[name].partitions.values() if name in known else ())]
        if partitions and all(part.leader >= 0 for part in partitions):
            return
        time.sleep(0.05)
    raise TopicsError(f"no leaders for {', '.join(names)} within {SECONDS} s")
