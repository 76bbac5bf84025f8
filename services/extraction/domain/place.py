"""Where the thing reported happened."""

from collections.abc import Iterable

from services.extraction.domain.values import ArticleText, Entity, Mention, Sentence

LEAD = 3  # sentences of the body that tell where; what comes later wanders


def event_place(text: ArticleText, entities: Iterable[Entity], countries: frozenset[str]) -> str | None:
    """The place named most in headline and lead, a town before a country; None where the lead names none."""
    lead = _lead(text)
    weights = {
        entity.id: (sum(_weight(mention, lead) for mention in entity.mentions), entity.id not in countries)
        for entity in entities
        if entity.type == "place"
    }
    named = {place: rank for place, rank in weights.items() if rank[0]}
    # A town is more precise than the countries that take part; among equals the more often named, then by id.
    return min(named, key=lambda place: (not named[place][1], -named[place][0], place), default=None)


def _lead(text: ArticleText) -> list[Sentence]:
    told = [s for s in text.sentences if s.span.part == "body" and s.kind == "paragraph"]
    return [s for s in text.sentences if s.kind == "headline"] + told[:LEAD]


def _weight(mention: Mention, lead: list[Sentence]) -> float:
    if mention.background:
        return 0.0
    for rank, sentence in enumerate(lead):
        if mention.span.within(sentence.span):
            return 1.0 / (1 + rank)
    return 0.0
