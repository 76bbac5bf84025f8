"""An article with tens of thousands of findings is cut before anything is read of it: its beginning tells enough."""

from collections.abc import Iterable, Iterator

from contracts.messages.extracted_article import EntityV1, ExtractedArticleV1

MOST_MENTIONS = 5_000
MOST_NUMBERS = 5_000
MOST_DATES = 2_000


def bounded(article: ExtractedArticleV1) -> ExtractedArticleV1:
    """The article itself, or where it has more findings than any honest one, a copy with the first of them."""
    found = article.extracted
    mentions = sum(len(entity.mentions) for entity in found.entities)
    if mentions <= MOST_MENTIONS and len(found.numbers) <= MOST_NUMBERS and len(found.dates) <= MOST_DATES:
        return article
    kept = {
        "entities": tuple(_first(found.entities)),
        "numbers": found.numbers[:MOST_NUMBERS],
        "dates": found.dates[:MOST_DATES],
    }
    return article.model_copy(update={"extracted": found.model_copy(update=kept)})


def _first(entities: Iterable[EntityV1]) -> Iterator[EntityV1]:
    left = MOST_MENTIONS
    for entity in entities:
        if left <= 0:
            return
        yield entity.model_copy(update={"mentions": entity.mentions[:left]})
        left -= len(entity.mentions)
