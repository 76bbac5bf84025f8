"""A Faust app with every setting that matters written down, and a consumer that commits what was done and no more."""

from collections.abc import AsyncIterator
from typing import Any

import faust
from faust.transport.drivers import aiokafka as driver
from yarl import URL

from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.logs import logger
from services.shared.runtime.security import for_faust

MAX_MESSAGE_BYTES = 10 * 1024 * 1024
IN_FLIGHT = 64


class CommittingConsumer(driver.Consumer):
    """Faust forgets acked but uncommitted offsets when partitions are revoked; this one commits them first.

    And Faust skips what it has read while the group is being shared out, without reading it again where nothing has
    been committed yet, and commits past it: of a new group the first records of a partition were lost. This one knows
    what was read and not acked, goes back to it, and never commits past it.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._unfinished: dict[Any, dict[int, None]] = {}
        """Partition -> offsets that were read and are not known to be acked, in order."""

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[Any, Any]]:  # noqa: ASYNC109  (Faust names it)
        """Fetch, and note what was read."""
        async for partition, message in super().getmany(timeout):
            self._unfinished.setdefault(partition, {})[message.offset] = None
            yield partition, message

    def _new_offset(self, tp: Any) -> int | None:
        unfinished, acked = self._unfinished.get(tp, {}), self._acked[tp]
        for offset in acked:
            unfinished.pop(offset, None)
        if acked and unfinished and next(iter(unfinished)) < min(acked):
            return None  # a fresh start will read it again: what does not move is noticed
        new: int | None = super()._new_offset(tp)
        return new

    async def perform_seek(self) -> None:
        """Go to what is committed; where nothing is, back to what was read and skipped."""
        await super().perform_seek()
        skipped = {tp: next(iter(offsets)) for tp, offsets in self._unfinished.items() if offsets}
        self._unfinished.clear()
        for partition, offset in skipped.items():
            if not self._committed_offset.get(partition) and partition in self.assignment():
                await self.seek(partition, offset)

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """Hold the flow, commit what is done, then let go."""
        self.app.flow_control.suspend()
        try:
            await self.commit()
        except Exception as error:
            logger().warning("could not commit before partitions were revoked", error=repr(error))
        await super().on_partitions_revoked(revoked)


class CommittingTransport(driver.Transport):
    """Faust's Kafka transport with the committing consumer."""

    Consumer = CommittingConsumer


class StageApp(faust.App):
    """A Faust app on the committing transport."""

    def _new_transport(self) -> CommittingTransport:
        return CommittingTransport(self.conf.broker_consumer, self)


def build_app(given: Surroundings) -> StageApp:
    """Nothing listens, nothing is declared, nothing is pickled; memory is bounded whatever the size of messages."""
    settings = given.settings
    return StageApp(
        given.group,
        broker=[URL(f"kafka://{address.strip()}") for address in settings.brokers.split(",")],
        broker_credentials=for_faust(settings),
        autodiscover=False,
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        topic_replication_factor=1,
        worker_redirect_stdouts=False,
        datadir=str(settings.state_dir / "faust"),
        stream_wait_empty=True,
        stream_buffer_maxsize=IN_FLIGHT,
        broker_max_poll_records=IN_FLIGHT,
        broker_session_timeout=settings.session_seconds,
        broker_heartbeat_interval=1.0,
        broker_commit_interval=settings.commit_seconds,
        broker_request_timeout=max(30.0, settings.session_seconds + 1),
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=MAX_MESSAGE_BYTES,
        producer_request_timeout=30.0,
        producer_max_request_size=MAX_MESSAGE_BYTES,
        producer_acks=-1,
    )
