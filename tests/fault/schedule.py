"""Faults as data: what is published, what is done to whom and when. A failing schedule is a file one can run again."""

import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Action = Literal["kill", "term", "pause", "roll"]
ROOMS = ("ingest", "language_detection", "extraction", "deduplication")
BROKERS = ("broker-1", "broker-2", "broker-3")
# Two brokers down at once is an outage, not a fault: three keep two copies.
BROKER_REST = 14.0


@dataclass(frozen=True, slots=True)
class Fault:
    """At `at` seconds, do `action` to `target`; a pause and a broker's absence last `lasts` seconds."""

    at: float
    action: Action
    target: str
    lasts: float = 0.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole run. Of the articles, some are broken, some are sent twice, and all arrive a little out of order."""

    seed: int
    articles: int
    stories: int
    seconds: float
    faults: tuple[Fault, ...]
    broken_in_a_hundred: int = 2
    repeated_in_a_hundred: int = 3


def generate(seed: int, faults: int, articles: int, gap: float = 4.0) -> Schedule:
    """A schedule that hits every room and every broker, drawn from a seed."""
    chance = random.Random(seed)
    drawn: list[Fault] = []
    broker_free_at = 0.0
    at = 3.0
    targets = _targets(chance, faults)
    for target in targets:
        at += gap * chance.uniform(0.6, 1.4)
        if target in BROKERS:
            at = max(at, broker_free_at)
        fault = _fault(chance, at, target)
        if target in BROKERS:
            broker_free_at = at + fault.lasts + BROKER_REST
        drawn.append(fault)
    return Schedule(seed, articles, max(10, articles // 25), at + 5.0, tuple(drawn))


def _targets(chance: random.Random, faults: int) -> list[str]:
    workers = [f"{room}-{number}" for room in ROOMS for number in (1, 2)]
    everybody = [*workers, *BROKERS] * (faults // 11 + 1)
    chosen = everybody[:faults]
    chance.shuffle(chosen)
    return chosen


def _fault(chance: random.Random, at: float, target: str) -> Fault:
    if target in BROKERS:
        action: Action = chance.choice(("kill", "kill", "term", "pause"))
        return Fault(round(at, 1), action, target, round(chance.uniform(2.0, 5.0), 1))
    action = chance.choice(("kill", "kill", "kill", "term", "pause", "roll"))
    # Longer than the session: the group gives its partitions away and it comes back as a zombie.
    lasts = round(chance.choice((1.0, 6.0)), 1) if action == "pause" else 0.0
    return Fault(round(at, 1), action, target, lasts)


def save(schedule: Schedule, path: Path) -> None:
    """Write a schedule as JSON."""
    path.write_text(json.dumps(asdict(schedule), indent=1) + "\n")


def load(path: Path) -> Schedule:
    """Read a schedule back."""
    told = json.loads(path.read_text())
    return Schedule(**{**told, "faults": tuple(Fault(**fault) for fault in told["faults"])})
