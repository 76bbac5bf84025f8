"""The values extraction works with: an article's text, cut into blocks and sentences, and what is found in it."""

from dataclasses import dataclass
from typing import Literal

from services.shared.text.fold import Folded

Part = Literal["headline", "body"]
BlockKind = Literal["headline", "paragraph", "subhead", "boilerplate", "background", "repeat"]


@dataclass(frozen=True, slots=True)
class Span:
    """`[start, end)` in raw code points of the headline or the body."""

    part: Part
    start: int
    end: int

    def within(self, other: "Span") -> bool:
        """Whether this span lies inside `other`."""
        return self.part == other.part and other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article and what it is; blocks of one part are in order and do not overlap."""

    span: Span
    kind: BlockKind
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, never crossing a block; `kind` is its block's, or background for one inside a paragraph."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class TextPart:
    """The headline or the body: raw, and folded for matching (Level.MATCH)."""

    part: Part
    raw: str
    folded: Folded

    def slice(self, span: Span) -> str:
        """The raw text of a span of this part."""
        return self.raw[span.start : span.end]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article ready to be read. `language` is ISO 639-3 (pes, prs, fas, arb, eng, ukr, rus, fra, ...)."""

    parts: tuple[TextPart, ...]
    language: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    truncated: bool = False  # a bound cut the list of sentences short

    def part(self, name: Part) -> TextPart | None:
        """The named part, or None where the article has none."""
        for part in self.parts:  # asked for every span: a generator would cost more than the look
            if part.part == name:
                return part
        return None

    def surface(self, span: Span) -> str:
        """The raw text of any span of the article."""
        part = self.part(span.part)
        return part.slice(span) if part else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named or meant; `background` where its sentence is background."""

    span: Span
    via: Literal["name", "role", "surname"]
    background: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A gazetteer entry with its mentions in this article, in text order (headline first)."""

    id: str
    type: Literal["person", "organisation", "place", "concept"]
    name: str
    wikidata: str | None
    mentions: tuple[Mention, ...]
