"""Reading keeps what it reached on the labelled articles."""

from tests.helpers.shared_data import shared
from tests.quality.gate import shortfalls
from tests.quality.reading_scores import scores


def test_no_figure_of_reading_falls_below_its_floor() -> None:
    """Boilerplate, background and agencies are seen as well as they once were."""
    for name in ("gold/gold.json", "gold/examples.jsonl", "seeds"):
        shared(name)
    assert shortfalls("reading", scores()) == []
