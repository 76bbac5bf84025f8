"""Articles made of one paragraph, and what the names part finds in them."""

from functools import cache

from services.extraction.domain.names import Gazetteer, find_entities
from services.extraction.domain.values import ArticleText, Block, BlockKind, Entity, Sentence, Span, TextPart
from services.extraction.packs.gazetteer import load
from services.shared.text.fold import fold


@cache
def gazetteer() -> Gazetteer:
    """The pack, loaded once for all tests."""
    return load()


def article(text: str, language: str, headline: str | None = None, **kinds: str) -> ArticleText:
    """An article; `boilerplate=...` and `background=...` mark that stretch of the text."""
    parts = [TextPart("headline", headline, fold(headline))] if headline else []
    parts.append(TextPart("body", text, fold(text)))
    spans = [(kind, Span("body", text.index(part), text.index(part) + len(part))) for kind, part in kinds.items()]
    blocks = tuple(Block(span, _kind(kind), "test") for kind, span in spans)
    sentences = tuple(Sentence(span, _kind(kind)) for kind, span in spans)
    return ArticleText(tuple(parts), language, blocks, sentences)


def _kind(name: str) -> BlockKind:
    kinds: dict[str, BlockKind] = {"boilerplate": "boilerplate", "background": "background", "repeat": "repeat"}
    return kinds[name]


def entities(text: ArticleText, on: str | None = "2026-01-06") -> dict[str, Entity]:
    """Found entities by id, topics left out."""
    return {one.id: one for one in find_entities(text, gazetteer(), on) if one.type != "concept"}


def surfaces(text: str, language: str, on: str | None = "2026-01-06") -> dict[str, list[str]]:
    """Entity id -> the surfaces of its mentions."""
    page = article(text, language)
    return {key: [page.surface(m.span) for m in one.mentions] for key, one in entities(page, on).items()}
