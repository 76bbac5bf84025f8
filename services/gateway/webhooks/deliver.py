"""Delivers changes to subscribers, each in order and at its own pace. A place is stored after the call has arrived:
a kill repeats a call (its webhook-id is the change's), and loses none.
"""

import asyncio
import random
from collections.abc import Callable

from contracts.messages.story_change import StoryChangeV1
from services.gateway import metrics
from services.gateway.domain.retries import pause_after
from services.gateway.projection.notifier import Notifier
from services.gateway.projection.reader import Reader
from services.gateway.projection.values import StoredChange
from services.gateway.webhooks.call import GONE, Caller
from services.gateway.webhooks.subscriptions import Failure, Subscription, Subscriptions
from services.shared.runtime.clock import Clock
from services.shared.runtime.logs import logger

CHUNK = 100
Pauses = Callable[[int, float], float]


def spread(failures: int, told: float) -> float:
    """The pause after so many failures in a row."""
    return pause_after(failures, random.random(), told)  # noqa: S311  (spreads load, guards nothing)


class Deliverer:
    """A task for each subscription that is not disabled."""

    def __init__(
        self, kept: Subscriptions, reader: Reader, notifier: Notifier, caller: Caller, clock: Clock, most_failures: int,
        pauses: Pauses = spread,
    ) -> None:  # fmt: skip
        self._kept, self._reader, self._notifier, self._caller = kept, reader, notifier, caller
        self._clock, self._most, self._pauses = clock, most_failures, pauses
        self._changed = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def changed(self) -> None:
        """Subscriptions were added, removed, enabled or disabled. Any thread may say so."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._changed.set)

    async def run(self) -> None:
        """Deliver until the notifier closes."""
        self._loop = asyncio.get_running_loop()
        try:
            while not self._notifier.closed.is_set():
                self._changed.clear()
                self._arrange(await asyncio.to_thread(self._kept.all))
                await self._either(self._changed, self._notifier.closed)
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            await self._caller.close()

    def _arrange(self, subscriptions: list[Subscription]) -> None:
        wanted = {each.id for each in subscriptions if not each.disabled_at}
        metrics.SUBSCRIPTIONS.set(len(wanted))
        for identity in self._tasks.keys() - wanted:
            self._tasks.pop(identity).cancel()
        for identity in wanted:
            if identity not in self._tasks or self._tasks[identity].done():
                self._tasks[identity] = asyncio.create_task(self._follow(identity))

    async def _follow(self, identity: str) -> None:
        while not self._notifier.closed.is_set():
            gate = self._notifier.gate()
            subscription = await asyncio.to_thread(self._kept.get, identity)
            if subscription is None or subscription.disabled_at:
                return
            if not await self._advance(subscription):
                await gate.wait()

    async def _advance(self, subscription: Subscription) -> bool:
        """Deliver the next changes; False where there are none now."""
        lineage = await asyncio.to_thread(self._reader.lineage)
        if not lineage:
            return False
        # Another stream is news from its beginning; a receiver knows repeats by their webhook-id.
        position = subscription.position if subscription.lineage == lineage else -1
        found = await asyncio.to_thread(self._reader.stored_after, position, CHUNK)
        for each in found:
            if _wants(subscription, each) and not await self._insist(subscription, each.change):
                return True
            if _wants(subscription, each) or each is found[-1]:
                await asyncio.to_thread(self._kept.reached, subscription.id, lineage, each.position)
        return bool(found)

    async def _insist(self, subscription: Subscription, change: StoryChangeV1) -> bool:
        """Call until it arrives; False where the subscription was disabled over it."""
        await asyncio.sleep(max(0.0, subscription.next_at - self._clock.now().timestamp()))
        while True:
            now = self._clock.now()
            outcome = await self._caller.call(subscription.url, subscription.secret, change, now)
            metrics.WEBHOOKS.labels("arrived" if outcome.arrived else "failed").inc()
            if outcome.arrived:
                return True
            failure = Failure(change.change_id, now.isoformat(), outcome.status, outcome.why)
            held = await asyncio.to_thread(self._kept.get, subscription.id)
            pause = self._pauses((held or subscription).failures + 1, outcome.retry_after)
            failures = await asyncio.to_thread(self._kept.failed, subscription.id, failure, now.timestamp() + pause)
            if outcome.status == GONE or failures >= self._most:
                await asyncio.to_thread(self._kept.disable, subscription.id, now.isoformat(), outcome.why)
                logger().warning("webhook disabled", subscription=subscription.id, why=outcome.why, failures=failures)
                self.changed()
                return False
            await asyncio.sleep(pause)

    @staticmethod
    async def _either(*events: asyncio.Event) -> None:
        waiting = [asyncio.ensure_future(event.wait()) for event in events]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waiting:
                each.cancel()


def _wants(subscription: Subscription, each: StoredChange) -> bool:
    return subscription.wanted.accepts(each.told)
