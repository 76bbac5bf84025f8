"""The short schedule of faults, on a real Apache Kafka with three brokers."""

from pathlib import Path

import pytest

from tests.fault.run import run
from tests.fault.schedule import BROKERS, ROOMS, generate, load, save

SHORT = Path(__file__).parent / "schedules" / "short.json"


@pytest.mark.kafka
@pytest.mark.fault
@pytest.mark.timeout(400)
def test_nothing_is_lost_or_doubled_under_faults(tmp_path: Path) -> None:
    """Nineteen faults, changes of version among them: nothing lost, nothing twice, no gap, the undisturbed stories."""
    verdict = run(load(SHORT), tmp_path)
    assert verdict.breaches == 0, verdict


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
    assert {fault.target for fault in drawn.faults} >= set(BROKERS)
    assert len(drawn.faults) == 100
