"""What is published during a run, and what must come of it."""

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from services.shared.runtime.stage import Outgoing
from tests.fault.schedule import Schedule
from tests.fault.verify import Stories, final_stories
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.bus import START, MemoryBus
from tests.helpers.tiny_rooms import deduplication, stages


@dataclass(frozen=True, slots=True)
class Traffic:
    """Records in the order they are sent."""

    records: tuple[Outgoing, ...]
    broken: frozenset[bytes]

    @property
    def repeated(self) -> int:
        """How many records are sent a second time."""
        return len(self.records) - len({record.key for record in self.records})

    @property
    def reordered(self) -> int:
        """How many records come after one that was written later."""
        numbers = [int((record.key or b"0").rpartition(b"-")[2]) for record in self.records]
        newest, late = -1, 0
        for number in numbers:
            late += number < newest
            newest = max(newest, number)
        return late


def traffic(schedule: Schedule) -> Traffic:
    """The articles of a schedule: broken ones among them, some repeated, all a little out of order."""
    chance = random.Random(schedule.seed)
    records = [_record(number, schedule, chance) for number in range(schedule.articles)]
    records += [chance.choice(records) for _ in range(schedule.articles * schedule.repeated_in_a_hundred // 100)]
    order = sorted(range(len(records)), key=lambda place: place + chance.uniform(0, 40))
    shuffled = tuple(records[place] for place in order)
    return Traffic(shuffled, frozenset(r.key for r in records if r.key and r.key.startswith(b"broken")))


def _record(number: int, schedule: Schedule, chance: random.Random) -> Outgoing:
    if chance.randrange(100) < schedule.broken_in_a_hundred:
        return raw_bytes(b'{"body": never', f"broken-{number}")
    story = chance.randrange(schedule.stories)
    return raw(f"article-{number}", f"{story} happened, says correspondent {number}. " + "More of it. " * 40)


def undisturbed(sent: Traffic) -> Stories:
    """The stories of a run without faults, in memory."""
    bus = MemoryBus(stages(), [deduplication()])
    for record in sent.records:
        bus.publish(record)
    return final_stories(bus.read("stories.v1"))


@dataclass
class Publisher:
    """Sends the traffic evenly over the run, from a thread, and waits for every acknowledgement."""

    brokers: str
    sent: Traffic
    seconds: float
    failures: list[str] = field(default_factory=list)
    lasted: float = 0.0

    def start(self) -> threading.Thread:
        """Begin; join the thread to know that everything is acknowledged."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        from confluent_kafka import Producer

        settings: dict[str, Any] = {
            "bootstrap.servers": self.brokers,
            "enable.idempotence": True,
            "message.timeout.ms": 120_000,
            "log_level": 2,
        }
        producer = Producer(settings)
        began = time.monotonic()
        # Received when the undisturbed run received it: windows of time must not tell the two apart.
        at = int(START.timestamp() * 1000)
        for number, record in enumerate(self.sent.records):
            due = began + self.seconds * number / len(self.sent.records)
            # Not poll(seconds): it returns with the first acknowledgement, and everything would be sent at once.
            time.sleep(max(0.0, due - time.monotonic()))
            producer.poll(0)
            producer.produce(record.topic, record.value, record.key, timestamp=at, on_delivery=self._delivered)
        self.lasted = time.monotonic() - began
        left = producer.flush(120)
        if left:
            self.failures.append(f"{left} records were never acknowledged")

    def _delivered(self, error: object, _: object) -> None:
        if error:
            self.failures.append(str(error))
