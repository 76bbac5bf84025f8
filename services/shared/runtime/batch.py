"""Decides a batch of records for the worker with state: attempts counted, poison parked, everything measured."""

import asyncio
from concurrent.futures import Executor
from dataclasses import replace

from contracts.rejection import Reason, Rejection
from services.shared.runtime import metrics, snapshots, tracing
from services.shared.runtime.failures import SURPRISE, WRONG_DEPLOYMENT, leave
from services.shared.runtime.garbage import give_back
from services.shared.runtime.lane import Lane
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.logs import handling, logger
from services.shared.runtime.stage import Outgoing, Record, dead_letter
from services.shared.runtime.stateful_stage import StatefulStage, Step, advance

SNAPSHOT_EVERY = 2000
# A batch of slow articles is published in pieces: subscribers wait less, and progress is seen.
PIECE_SECONDS = 1.0


class BatchRunner:
    """Applies records to a lane's state, in a thread so that heartbeats go on."""

    def __init__(self, stage: StatefulStage, given: Surroundings, executor: Executor) -> None:
        self._stage, self._given, self._executor = stage, given, executor

    async def decide(self, lane: Lane, records: list[Record]) -> list[Step]:
        """What the first records lead to, as many as fit in a second. A surprise ends the process."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, self._decide_piece, lane, records)

    def _decide_piece(self, lane: Lane, records: list[Record]) -> list[Step]:
        until = self._given.clock.monotonic() + PIECE_SECONDS
        steps = []
        for record in records:
            steps.append(self._decide(lane, record))
            if self._given.clock.monotonic() > until:
                break
        return steps

    def _decide(self, lane: Lane, record: Record) -> Step:
        bound = handling(topic=record.topic, partition=record.partition, offset=record.offset)
        with bound, tracing.processing(self._stage.name, record):
            metrics.ARTICLES_IN.labels(self._stage.name).inc()
            attempt = self._given.journal.begin(record)
            try:
                with metrics.STAGE_DURATION.labels(self._stage.name).time():
                    step = self._step(lane, record, attempt)
            except Exception as error:
                logger().exception("surprise")
                leave(SURPRISE, "surprise while applying a record", error=repr(error))
            self._given.journal.end(record)
            self._limit(step)
            tracing.decided(step.outgoing, step.message)
            trace, outgoing = tracing.begin_sending(step.outgoing)
        return replace(step, outgoing=outgoing, trace=trace) if trace else step

    def _step(self, lane: Lane, record: Record, attempt: int) -> Step:
        now = self._given.clock.now()
        if attempt > self._given.settings.attempts_before_parking:
            parked = Rejection(Reason.POISON, f"stopped a worker {attempt - 1} times")
            return Step(record, None, (dead_letter(self._stage.name, record, parked, now, attempt - 1),))
        return advance(self._stage, lane.state, record, now)

    def _limit(self, step: Step) -> None:
        if not step.rejected:
            self._given.limit.good()
        elif self._given.limit.bad():
            leave(WRONG_DEPLOYMENT, "too many dead letters in a row: is this the right version for this topic?",
                  reason=step.outgoing[0].reason, limit=self._given.settings.dead_letters_in_a_row)  # fmt: skip

    async def snapshot(self, lane: Lane, next_offset: int, every: int = SNAPSHOT_EVERY) -> list[Outgoing]:
        """From time to time the frozen state, so that the next start takes seconds."""
        lane.since_snapshot += next_offset - lane.next_offset
        if self._stage.freeze is None or not lane.transactional or lane.since_snapshot < every:
            return []
        loop = asyncio.get_running_loop()
        value = await loop.run_in_executor(self._executor, self._stage.freeze, lane.state)
        lane.since_snapshot = 0
        pieces = snapshots.cut(self._stage.name, lane.partition.partition, snapshots.Frozen(next_offset, value))
        del value
        await asyncio.to_thread(give_back)
        return pieces

    def account(self, steps: list[Step]) -> None:
        """Count what is published; called after the commit, so that nothing is counted that did not happen."""
        now = self._given.clock.now()
        last = steps[-1].record
        self._given.health.handled(last.topic, last.partition, last.timestamp)
        for step in steps:
            if step.rejected:
                self._rejected(step.outgoing[0])
                continue
            received = getattr(step.message, "received_at", None)
            if received is not None:
                metrics.END_TO_END.observe(max(0.0, (now - received).total_seconds()))
            for outgoing in step.outgoing:
                metrics.ARTICLES_OUT.labels(self._stage.name).inc()
                told = getattr(outgoing.message, "story_id", None)
                logger().debug("published", story_id=told, to=outgoing.topic, offset=step.record.offset)

    def _rejected(self, outgoing: Outgoing) -> None:
        reason = outgoing.reason or "unknown"
        metrics.ARTICLES_REJECTED.labels(self._stage.name, reason).inc()
        metrics.DEAD_LETTERS.labels(outgoing.topic, reason).inc()
        logger().warning("dead letter", reason=reason, to=outgoing.topic)
