"""The short schedule of faults, on a real Apache Kafka with three brokers."""

from itertools import product
from pathlib import Path

import pytest

from contracts.topics import ACCEPTED, EXTRACTED, STORIES
from tests.fault.run import run
from tests.fault.schedule import (
    BROKER_ACTIONS,
    BROKERS,
    ROOMS,
    WORKER_ACTIONS,
    Schedule,
    generate,
    load,
    save,
)
from tests.fault.traffic import traffic

SHORT = Path(__file__).parent / "schedules" / "short.json"


@pytest.mark.kafka
@pytest.mark.fault
@pytest.mark.timeout(400)
def test_nothing_is_lost_or_doubled_under_faults(tmp_path: Path) -> None:
    """Nineteen faults, changes of version among them: nothing lost, nothing twice, no gap, the undisturbed stories."""
    told: list[str] = []
    verdict = run(load(SHORT), tmp_path, told.append)
    assert verdict.breaches == 0, verdict
    # Three rooms change their release in the schedule: both releases must have written.
    for topic in (ACCEPTED, EXTRACTED, STORIES):
        line = next(line for line in told if line.startswith(f"{topic.name} "))
        assert "next: " in line
        assert "this: " in line


def test_the_short_schedule_hits_everybody() -> None:
    """The kept schedule has at least fifteen faults, on every room and on brokers."""
    hit = {fault.target.rpartition("-")[0] for fault in load(SHORT).faults}
    assert len(load(SHORT).faults) >= 15
    assert hit == {*ROOMS, "broker"}


def test_a_schedule_is_a_function_of_its_seed(tmp_path: Path) -> None:
    """The same seed draws the same faults, and a schedule survives being written down."""
    drawn = generate(5, 100, 5000)
    save(drawn, tmp_path / "drawn.json")
    assert load(tmp_path / "drawn.json") == generate(5, 100, 5000)
    assert len(drawn.faults) == 100


@pytest.mark.parametrize("schedule", [generate(6, 60, 100), load(SHORT.parent / "long.json")], ids=["drawn", "kept"])
def test_a_long_schedule_does_everything_to_everybody(schedule: Schedule) -> None:
    """Kills, SIGTERM, pauses, rolls and changes of release of every room; kills, SIGTERM and pauses of each broker."""
    done = {(fault.target if fault.target in BROKERS else fault.target[:-2], fault.action) for fault in schedule.faults}
    assert done == set(product(ROOMS, WORKER_ACTIONS)) | set(product(BROKERS, BROKER_ACTIONS))


def test_the_long_schedule_is_long() -> None:
    """The schedule of `make fault` has at least 100 faults over at least 5,000 articles whose stories are known."""
    schedule = load(SHORT.parent / "long.json")
    sent = traffic(schedule)
    assert len(schedule.faults) >= 100
    assert schedule.articles - len(sent.broken) >= 5000
    assert sent.repeated > 100
    assert sent.reordered > 1000
