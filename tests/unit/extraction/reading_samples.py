"""Shorthand for the tests of reading: one article in, what was seen out."""

from datetime import date

from services.extraction.domain.reading import credits, read
from services.extraction.domain.values import ArticleText
from services.extraction.packs import agencies, boilerplate

RULES, AGENCIES = boilerplate.load(), agencies.load()


def article(
    body: str, headline: str | None = "Bridge over the river opens", published: date | None = None
) -> ArticleText:
    """The text of an article, read."""
    return read(headline, body, "eng", RULES, published)


def seen(body: str, kind: str, headline: str | None = "Bridge over the river opens") -> list[str]:
    """The surfaces of the body's blocks of one kind."""
    text = article(body, headline)
    return [text.surface(b.span) for b in text.blocks if b.kind == kind and b.span.part == "body"]


def sentences(body: str) -> list[str]:
    """The surfaces of the body's sentences."""
    text = article(body)
    return [text.surface(s.span) for s in text.sentences if s.span.part == "body"]


def credited(body: str, declared: str | None = None, outlet: str | None = None) -> list[str]:
    """The agencies credited, the deciding one first."""
    return [credit.agency for credit in credits(article(body), declared, AGENCIES, outlet)]
