"""Waiting for the world: the broker answers, the topics exist. Nothing is skipped; /readyz says what is missing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from services.shared.runtime import metrics, schema_registry
from services.shared.runtime.brokers.embedded import is_embedded
from services.shared.runtime.failures import WRONG_DEPLOYMENT, insist, leave
from services.shared.runtime.health import Health
from services.shared.runtime.logs import logger
from services.shared.runtime.security import for_aiokafka
from services.shared.runtime.settings import RuntimeSettings

BROKER = "broker"
REGISTRY = "schema registry"
LOOK_SECONDS, LOOK_TIMEOUT = 2.0, 5.0


class TopicsMissingError(OSError):
    """Topics this worker needs do not exist (yet): `storybraid topics create` makes them."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What answered."""

    cluster_id: str | None
    partitions: dict[str, int]

    @property
    def embedded(self) -> bool:
        """Whether it is the embedded broker, which knows no transactions."""
        return is_embedded(self.cluster_id)


async def look(settings: RuntimeSettings, topics: Iterable[str]) -> Cluster:
    """Ask the cluster who it is and how the topics are split."""
    from aiokafka.client import AIOKafkaClient

    client = AIOKafkaClient(
        bootstrap_servers=settings.brokers.split(","), request_timeout_ms=5000, **for_aiokafka(settings)
    )
    try:
        await client.bootstrap()
        client.set_topics(list(topics))
        metadata = await client.fetch_all_metadata()
        found = {topic: len(metadata.partitions_for_topic(topic) or ()) for topic in topics}
    finally:
        await client.close()
    if missing := sorted(topic for topic, partitions in found.items() if not partitions):
        raise TopicsMissingError(
            f"no such topics, or not for this account: {', '.join(missing)}; `storybraid topics create` makes them"
        )
    return Cluster(await _cluster_id(settings), found)


async def _cluster_id(settings: RuntimeSettings) -> str | None:
    from aiokafka.admin import AIOKafkaAdminClient

    admin = AIOKafkaAdminClient(bootstrap_servers=settings.brokers.split(","), **for_aiokafka(settings))
    await admin.start()
    try:
        told = await admin.describe_cluster()
        return str(told.get("cluster_id") or "") or None
    finally:
        await admin.close()


async def wait_for(settings: RuntimeSettings, health: Health, topics: Iterable[str]) -> Cluster:
    """Wait, with growing pauses, until the broker answers and the topics exist."""
    names = tuple(topics)

    def trouble(error: Exception, pause: float) -> None:
        health.hindered(BROKER, str(error)[:300] or type(error).__name__)
        metrics.RETRIES.labels(health.stage).inc()
        logger().warning("waiting for the broker", error=str(error)[:300], pause_seconds=round(pause, 1))

    cluster = await insist(lambda: look(settings, names), trouble)
    health.cleared(BROKER)
    await _agreed(settings, health, names)
    return cluster


async def _agreed(settings: RuntimeSettings, health: Health, names: tuple[str, ...]) -> None:
    """Wait for the schema registry, where there is one; a worker that disagrees with it does not start."""

    def trouble(error: Exception, pause: float) -> None:
        health.hindered(REGISTRY, str(error)[:300])
        logger().warning("waiting for the schema registry", error=str(error)[:300], pause_seconds=round(pause, 1))

    try:
        told = await insist(lambda: asyncio.to_thread(schema_registry.agree, settings, names), trouble)
    except schema_registry.IncompatibleError as error:
        leave(WRONG_DEPLOYMENT, "the schema registry refuses this version's messages", error=str(error))
    if told:
        logger().info("the schema registry agrees", topics=told)
    health.cleared(REGISTRY)


async def keep_looking(look_once: Callable[[], Awaitable[None]], health: Health) -> None:
    """Look how far the records go, for ever; a broker that does not answer is a hindrance, not a stall."""
    while True:
        try:
            await asyncio.wait_for(look_once(), LOOK_TIMEOUT)
            health.cleared(BROKER)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            health.hindered(BROKER, repr(error)[:300])
            health.excused()
        await asyncio.sleep(LOOK_SECONDS)
