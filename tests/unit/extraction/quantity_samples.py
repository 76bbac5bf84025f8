"""Read a sample sentence: the whole text is one paragraph."""

import datetime

from services.extraction.domain.quantities import Date, Number, PublishedDay, find_dates, find_numbers
from services.extraction.domain.values import ArticleText, Block, BlockKind, Sentence, Span, TextPart
from services.extraction.packs.quantities import load
from services.shared.text.fold import fold

TUESDAY = datetime.date(2026, 1, 6)


def article(body: str, language: str, kind: BlockKind = "paragraph", headline: str | None = None) -> ArticleText:
    """One paragraph, one sentence."""
    texts = [("headline", headline)] if headline else []
    parts = tuple(TextPart(name, text, fold(text)) for name, text in [*texts, ("body", body)] if text)  # type: ignore[arg-type]
    kinds: dict[str, BlockKind] = {"headline": "headline", "body": kind}
    spans = [Span(part.part, 0, len(part.raw)) for part in parts]
    blocks = tuple(Block(span, kinds[span.part]) for span in spans)
    return ArticleText(parts, language, blocks, tuple(Sentence(span, kinds[span.part]) for span in spans))


def known(day: datetime.date = TUESDAY) -> PublishedDay:
    """A day of publication from the page's header."""
    return PublishedDay(day, "day", "header", 0.9)


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a sample published on Tuesday, 6 January 2026."""
    read = article(text, language)
    return find_numbers(read, find_dates(read, known(), load()), load())


def counted(text: str, language: str) -> list[tuple[float, str | None]]:
    """Values with units."""
    return [(one.value, one.unit) for one in numbers(text, language)]


def dates(text: str, language: str, day: datetime.date = TUESDAY) -> tuple[Date, ...]:
    """The dates of a sample."""
    return find_dates(article(text, language), known(day), load())


def days(text: str, language: str, day: datetime.date = TUESDAY) -> list[str]:
    """Their ISO values."""
    return [one.value for one in dates(text, language, day)]
