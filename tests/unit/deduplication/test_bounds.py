"""An article with more findings than any honest one is read by its beginning."""

from services.deduplication.handler import MOST_MENTIONS, MOST_NUMBERS, bounded
from tests.unit.deduplication.story_articles import article


def test_honest_article_is_not_touched() -> None:
    """An article within the bounds is the very same object."""
    given = article("a", "P:ada met P:boris in L:Oslo with #27_country")
    assert bounded(given) is given


def test_endless_article_is_cut_to_its_first_findings() -> None:
    """Of endless mentions and numbers the first are kept; the text stays."""
    given = article("a", " ".join(["P:ada"] * (MOST_MENTIONS + 5) + ["L:Oslo"] + ["#27_country"] * (MOST_NUMBERS + 5)))
    cut = bounded(given)
    assert sum(len(entity.mentions) for entity in cut.extracted.entities) == MOST_MENTIONS
    assert cut.extracted.numbers == given.extracted.numbers[:MOST_NUMBERS]
    assert cut.body == given.body
