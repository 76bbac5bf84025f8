"""Takes one record through one stage: attempts counted, decision made, delivery awaited, everything measured."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor

from contracts.rejection import Reason, Rejection
from services.shared.runtime import metrics, tracing
from services.shared.runtime.failures import SURPRISE, WRONG_DEPLOYMENT, insist, leave
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.logs import handling, logger
from services.shared.runtime.stage import Outgoing, Record, Stage, dead_letter, decide

Send = Callable[[Outgoing], Awaitable[None]]


class StageRunner:
    """The one wrapper around every stateless handler. `handle` returns only when the outcome is acknowledged."""

    def __init__(self, stage: Stage, given: Surroundings, send: Send, executor: Executor) -> None:
        self._stage, self._given, self._send, self._executor = stage, given, send, executor

    async def handle(self, record: Record) -> None:
        """Decide and deliver. Whatever surprises ends the process here, so that the record is never acked."""
        bound = handling(topic=record.topic, partition=record.partition, offset=record.offset)
        with bound, tracing.processing(self._stage.name, record):
            try:
                metrics.ARTICLES_IN.labels(self._stage.name).inc()
                await self._deliver(record, await self._decide(record))
            except asyncio.CancelledError:
                raise
            except Exception as error:
                logger().exception("surprise")
                leave(SURPRISE, "surprise while handling a record", error=repr(error))

    async def _decide(self, record: Record) -> Outgoing:
        attempt = self._given.journal.begin(record)
        most = self._given.settings.attempts_before_parking
        now = self._given.clock.now()
        if attempt > most:
            parked = Rejection(Reason.POISON, f"stopped a worker {attempt - 1} times")
            outgoing = dead_letter(self._stage.name, record, parked, now, attempt - 1)
        else:
            loop = asyncio.get_running_loop()
            with metrics.STAGE_DURATION.labels(self._stage.name).time():
                outgoing = await loop.run_in_executor(self._executor, decide, self._stage, record, now)
        self._given.journal.end(record)
        return outgoing

    async def _deliver(self, record: Record, outgoing: Outgoing) -> None:
        if outgoing.reason is not None and self._given.limit.bad():
            leave(WRONG_DEPLOYMENT, "too many dead letters in a row: is this the right version for this topic?",
                  reason=outgoing.reason, limit=self._given.settings.dead_letters_in_a_row)  # fmt: skip
        tracing.decided((outgoing,))
        with tracing.sending(outgoing) as carrying:
            await insist(lambda: self._send(carrying), self._trouble)
        self._account(record, outgoing)
        self._given.health.handled(record.topic, record.partition, record.timestamp)

    def _trouble(self, error: Exception, pause: float) -> None:
        metrics.RETRIES.labels(self._stage.name).inc()
        self._given.health.excused()
        logger().warning("delivery failed, trying again", error=repr(error), pause_seconds=round(pause, 1))

    def _account(self, record: Record, outgoing: Outgoing) -> None:
        if outgoing.reason is not None:
            metrics.ARTICLES_REJECTED.labels(self._stage.name, outgoing.reason).inc()
            metrics.DEAD_LETTERS.labels(outgoing.topic, outgoing.reason).inc()
            logger().warning("dead letter", reason=outgoing.reason, to=outgoing.topic)
            return
        self._given.limit.good()
        metrics.ARTICLES_OUT.labels(self._stage.name).inc()
        self._stage.observe(outgoing.message)
        logger().debug("passed on", article_id=getattr(outgoing.message, "article_id", None))
