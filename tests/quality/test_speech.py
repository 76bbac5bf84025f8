"""The speech floors: no measure may fall below what is pinned in `floors/speech.json`."""

import json
from pathlib import Path

import pytest

from tests.helpers.shared_data import shared

FLOORS = json.loads((Path(__file__).parent / "floors" / "speech.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    """Every measure, counted once."""
    shared("gold/gold.json")
    shared("gold/examples.jsonl")
    from tests.quality.speech_scores import scores

    return scores()


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_speech_measures_hold_their_floor(measure: str, measured: dict[str, float]) -> None:
    """Each pinned measure of quotations, commitments and positions stays at or above its floor."""
    assert measured[measure] >= FLOORS[measure], f"{measure}: {measured[measure]} is below {FLOORS[measure]}"


def test_every_measure_has_a_floor(measured: dict[str, float]) -> None:
    """A new measure is pinned the day it is made."""
    assert set(measured) == set(FLOORS)
