"""Articles onto the bus: acknowledged by every replica before anybody is told so."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from contracts.codec import Encoded
from contracts.topics import RAW
from services.shared.runtime.security import for_aiokafka
from services.shared.runtime.settings import RuntimeSettings

PATIENCE_SECONDS = 20.0
STOP_SECONDS = 3.0


class UnavailableError(RuntimeError):
    """The broker cannot be reached now; what was sent may or may not have arrived: sending again is safe."""


@dataclass(frozen=True, slots=True)
class Landed:
    """Where a record is."""

    partition: int
    offset: int


class Publisher(Protocol):
    """Puts raw articles on the bus."""

    async def publish(self, records: Sequence[Encoded]) -> list[Landed]:
        """All of them, in order; raises UnavailableError."""
        ...


class KafkaPublisher:
    """One idempotent producer, started when first needed, started anew after trouble."""

    def __init__(self, settings: RuntimeSettings) -> None:
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()

    async def publish(self, records: Sequence[Encoded]) -> list[Landed]:
        """All of them, in order; raises UnavailableError."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                producer = await self._started()
                sent = [
                    await producer.send(RAW.name, each.value, key=each.key, headers=each.headers) for each in records
                ]
                return [Landed(done.partition, done.offset) for done in await asyncio.gather(*sent)]
        except (KafkaError, OSError, TimeoutError) as error:
            await self.close()  # its state is uncertain: the next request starts another one
            raise UnavailableError(str(error) or type(error).__name__) from error

    async def _started(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    bootstrap_servers=self._settings.brokers.split(","), acks="all", enable_idempotence=True,
                    max_request_size=RAW.max_message_bytes, **for_aiokafka(self._settings),
                )  # fmt: skip
                try:
                    await producer.start()
                except BaseException:
                    await producer.stop()
                    raise
                self._producer = producer
            return self._producer

    async def close(self) -> None:
        """Let the broker go."""
        producer, self._producer = self._producer, None
        if producer is not None:
            with contextlib.suppress(KafkaError, OSError, TimeoutError):
                await asyncio.wait_for(producer.stop(), STOP_SECONDS)
