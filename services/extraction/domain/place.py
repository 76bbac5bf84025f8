"""Where the thing reported happened."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from services.extraction.domain.values import ArticleText, Entity, Mention, Sentence

LEAD = 6  # sentences of the body that tell where; what comes later wanders
BEFORE = 30  # folded characters in front of a name in which "in", "в", «در», «في» make it a place where something is
# Folded words that say where. A capital without one is mostly its government: "Moscow rejected ...".
_LOCATIVE = re.compile(
    r"(?:\b(?:in|at|a|en|в|у|во|در|فی|به شهر|شهر|город[еа]?|мiстi|місті|مدینه)\s+(?:[^\W\d]+\s+){0,2}|\bب)$"
)
PLACED, NAMED, COUNTRY = 4.0, 0.5, 0.5


def event_place(text: ArticleText, entities: Iterable[Entity], countries: frozenset[str]) -> str | None:
    """The place where headline and lead say something is; a town before a country, None where none is named."""
    lead = _lead(text)
    scores: dict[str, float] = defaultdict(float)
    first: dict[str, tuple[bool, int]] = {}
    for entity in entities:
        if entity.type == "place" and entity.mentions:
            weight = COUNTRY if entity.id in countries else 1.0
            scores[entity.id] += weight * sum(_weight(text, mention, lead) for mention in entity.mentions)
            first[entity.id] = min((m.span.part != "headline", m.span.start) for m in entity.mentions)
    named = {place: score for place, score in scores.items() if score}
    return min(named, key=lambda place: (-named[place], first[place], place), default=None)


def _lead(text: ArticleText) -> list[Sentence]:
    told = [s for s in text.sentences if s.span.part == "body" and s.kind == "paragraph"]
    return [s for s in text.sentences if s.kind == "headline"] + told[:LEAD]


def _weight(text: ArticleText, mention: Mention, lead: list[Sentence]) -> float:
    if mention.background:
        return 0.0
    for rank, sentence in enumerate(lead):
        if mention.span.within(sentence.span):
            return (PLACED if _is_placed(text, mention, sentence) else NAMED) / (2 + rank)
    return 0.0


def _is_placed(text: ArticleText, mention: Mention, sentence: Sentence) -> bool:
    part = text.part(mention.span.part)
    if part is None:
        return False
    starts = part.folded.starts
    end = bisect_left(starts, mention.span.start)
    begin = max(bisect_left(starts, sentence.span.start), end - BEFORE)
    return bool(_LOCATIVE.search(part.folded.text[begin:end]))
