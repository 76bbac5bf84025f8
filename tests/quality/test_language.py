"""Language and variety keep what they reached on the labelled texts."""

import pytest

from tests.helpers.shared_data import shared
from tests.quality.gate import shortfalls
from tests.quality.language_scores import scores


@pytest.mark.timeout(600)
def test_no_figure_of_language_falls_below_its_floor() -> None:
    """Seeds, hard cases, real pages, folds and another hand are judged as well as they once were."""
    for name in ("eval/variety", "eval/real", "gold", "seeds"):
        shared(name)
    assert shortfalls("language", scores()) == []
