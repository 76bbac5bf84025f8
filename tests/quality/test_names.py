"""The names keep what they reached on the labelled articles."""

from tests.helpers.shared_data import shared
from tests.quality.gate import shortfalls
from tests.quality.names_scores import scores


def test_no_figure_of_the_names_falls_below_its_floor() -> None:
    """People, organisations and places are found as well as they once were."""
    for name in ("gold/gold.json", "gold/examples.jsonl", "gold/names.json", "seeds"):
        shared(name)
    assert shortfalls("names", scores()) == []
