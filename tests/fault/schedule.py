"""Faults as data: what is published, what is done to whom and when. A failing schedule is a file one can run again."""

import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

# roll: both workers of a room, one after the other; upgrade: the worker comes back as the other release.
Action = Literal["kill", "term", "pause", "roll", "upgrade"]
WORKER_ACTIONS: tuple[Action, ...] = ("kill", "term", "pause", "roll", "upgrade")
BROKER_ACTIONS: tuple[Action, ...] = ("kill", "term", "pause")
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
    """A schedule drawn from a seed. It does everything to everybody at least once where there are faults enough."""
    chance = random.Random(seed)
    drawn: list[Fault] = []
    broker_free_at = 0.0
    at = 3.0
    for target, action in _strokes(chance, faults):
        at += gap * chance.uniform(0.6, 1.4)
        if target in BROKERS:
            at = max(at, broker_free_at)
        fault = Fault(round(at, 1), action, target, _lasts(chance, action, target))
        if target in BROKERS:
            broker_free_at = at + fault.lasts + BROKER_REST
        drawn.append(fault)
    return Schedule(seed, articles, max(10, articles // 25), round(at + 5.0, 1), tuple(drawn))


def _strokes(chance: random.Random, faults: int) -> list[tuple[str, Action]]:
    """Who is hit and how: first each action on each, every worker of a room in turn, then more by chance."""
    every = [(f"{room}-{chance.choice((1, 2))}", action) for room in ROOMS for action in WORKER_ACTIONS]
    every += [(broker, action) for broker in BROKERS for action in BROKER_ACTIONS]
    # Both workers of the room with state, one soon after the other: its one partition changes release for certain.
    every += [("deduplication-1", "upgrade"), ("deduplication-2", "upgrade")]
    chance.shuffle(every)
    workers = [f"{room}-{number}" for room in ROOMS for number in (1, 2)]
    while len(every) < faults:
        target = chance.choice((*workers, *BROKERS))
        every.append((target, chance.choice(_actions(target))))
    chosen = every[:faults]
    chance.shuffle(chosen)
    return chosen


def _actions(target: str) -> tuple[Action, ...]:
    return BROKER_ACTIONS if target in BROKERS else ("kill", *WORKER_ACTIONS)


def _lasts(chance: random.Random, action: Action, target: str) -> float:
    if target in BROKERS:
        return round(chance.uniform(2.0, 5.0), 1)
    # Longer than the session: the group gives its partitions away and the worker comes back as a zombie.
    return chance.choice((1.0, 6.0)) if action == "pause" else 0.0


def save(schedule: Schedule, path: Path) -> None:
    """Write a schedule as JSON."""
    path.write_text(json.dumps(asdict(schedule), indent=1) + "\n")


def load(path: Path) -> Schedule:
    """Read a schedule back."""
    told = json.loads(path.read_text())
    return Schedule(**{**told, "faults": tuple(Fault(**fault) for fault in told["faults"])})
