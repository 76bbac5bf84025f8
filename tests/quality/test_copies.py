"""The copies room keeps what it reached on the labelled articles."""

from tests.helpers.shared_data import shared
from tests.quality.copies_scores import scores
from tests.quality.gate import shortfalls


def test_no_figure_of_the_copies_falls_below_its_floor() -> None:
    """Copies, siblings and sources are found as well as they once were."""
    for name in ("eval/copies", "eval/stories", "seeds"):
        shared(name)
    assert shortfalls("copies", scores()) == []
