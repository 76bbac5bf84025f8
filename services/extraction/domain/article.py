"""One article read from end to end: every finder in its order, each building on what the ones before found."""

from dataclasses import dataclass

from services.extraction.domain.knowledge import Knowledge
from services.extraction.domain.names import Candidate, find_entities, suggest
from services.extraction.domain.place import event_place
from services.extraction.domain.quantities import PublishedDay, Quantities, read_quantities
from services.extraction.domain.reading import Credit, credits, read
from services.extraction.domain.speech import (
    Commitment,
    Position,
    Quotations,
    cut_words,
    find_promises,
    find_quotations,
)
from services.extraction.domain.values import ArticleText, Entity


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything read from one article."""

    text: ArticleText
    credits: tuple[Credit, ...]
    quantities: Quantities
    entities: tuple[Entity, ...]
    quotations: Quotations
    commitments: tuple[Commitment, ...]
    positions: tuple[Position, ...]
    candidates: tuple[Candidate, ...]
    place: str | None


def read_article(
    *,
    headline: str | None,
    body: str,
    language: str,
    outlet: str | None,
    agency: str | None,
    published: PublishedDay,
    knowledge: Knowledge,
) -> Findings:
    """Read one article; offsets are raw."""
    day = published.value if published.source != "assumed" and published.precision == "day" else None
    text = read(headline, body, language, knowledge.rules, day)
    quantities = read_quantities(text, published, knowledge.quantities)
    entities = find_entities(text, knowledge.gazetteer, quantities.published.value.isoformat())
    words = cut_words(text)
    speech = find_quotations(text, entities, knowledge.cues, words)
    commitments, positions = find_promises(text, entities, speech.quotations, knowledge.subject, words)
    return Findings(
        text=text,
        credits=credits(text, agency, knowledge.agencies, outlet),
        quantities=quantities,
        entities=entities,
        quotations=speech,
        commitments=commitments,
        positions=positions,
        candidates=suggest(text, entities, knowledge.gazetteer),
        place=event_place(text, entities, knowledge.countries),
    )
