"""Names the gazetteer does not know, proposed to a curator with a key that their spellings in other scripts share."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from services.extraction.domain.names.gazetteer import Gazetteer
from services.extraction.domain.names.patterns import split_form
from services.extraction.domain.names.scan import hidden_stretches, stands_in
from services.extraction.domain.values import ArticleText, Entity, Span, TextPart
from services.shared.text.skeleton import skeleton

_CAPITAL = r"[^\W\d_a-zа-яіїєґ][^\W\d_]+(?:['’\-][^\W\d_]+)*"
_CAPITALS = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{0,5}}")
_CASED = re.compile(r"[A-Z\u00c0-\u024f\u0400-\u052f]")
_SENTENCE_END = frozenset('.!?…:;\n"«“„»”(•–—')
SHORTEST_SKELETON = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name not in the gazetteer, as it stands in the text, and every place where it does."""

    text: str
    skeleton: str
    spans: tuple[Span, ...]


def suggest(text: ArticleText, entities: tuple[Entity, ...], gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """People found without an entry, and capitalised names inside sentences that no entity covers."""
    spans: dict[str, list[Span]] = {}
    texts: dict[str, str] = {}
    plain = gazetteer.everyday
    for name, span in [*_unknown_people(entities), *_capitalised(text, entities)]:
        key = skeleton(name)
        if key in texts or (len(key.replace("-", "")) >= SHORTEST_SKELETON and not plain.issuperset(split_form(name))):
            texts.setdefault(key, name)
            spans.setdefault(key, []).append(span)
    return tuple(Candidate(texts[key], key, tuple(found)) for key, found in spans.items())


def _unknown_people(entities: tuple[Entity, ...]) -> Iterable[tuple[str, Span]]:
    for entity in entities:
        if entity.id.startswith("unknown:"):
            for mention in entity.mentions:
                yield entity.name, mention.span


def _capitalised(text: ArticleText, entities: tuple[Entity, ...]) -> Iterable[tuple[str, Span]]:
    for part, hidden in zip(text.parts, hidden_stretches(text), strict=True):
        covered = _covered(part, entities)
        for match in _CAPITALS.finditer(part.raw):
            start, end = match.span()
            if any(covered[start:end]) or not _CASED.match(match.group()) or _opens_sentence(part.raw, start):
                continue
            if hidden and stands_in(hidden, part.folded.starts[bisect_left(part.folded.starts, start)]):
                continue
            yield match.group(), Span(part.part, start, end)


def _covered(part: TextPart, entities: tuple[Entity, ...]) -> bytearray:
    covered = bytearray(len(part.raw) + 1)
    for entity in entities:
        for mention in entity.mentions:
            if mention.span.part == part.part:
                covered[mention.span.start : mention.span.end] = b"\1" * (mention.span.end - mention.span.start)
    return covered


def _opens_sentence(raw: str, start: int) -> bool:
    before = raw[max(0, start - 3) : start].rstrip(" \t\u00a0")
    return start == 0 or not before or before[-1] in _SENTENCE_END
