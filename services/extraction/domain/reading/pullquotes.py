"""Pull quotes: lines between paragraphs that repeat words of the text to catch the eye."""

import re
from collections import Counter
from dataclasses import replace

from services.extraction.domain.reading.segments import Segment

_WORDS = re.compile(r"\w+")
_GRAM = 4
_STOPS = ".!?؟…:؛;"
_LONGEST = 260
_LOOSE_WORDS, _LOOSE_SHARE = 11, 0.65
_MOST = 60


def mark_pull_quotes(text: str, segments: list[Segment]) -> list[Segment]:
    """Mark unfinished lines whose word groups all stand elsewhere, or most of whose words share a paragraph."""
    paragraphs = [index for index, segment in enumerate(segments) if segment.kind == "paragraph"]
    candidates = [i for i in paragraphs[1:-1] if _may_be(text, segments[i])][:_MOST]
    if not candidates:
        return segments
    words = {index: _WORDS.findall(text, segments[index].start, segments[index].end) for index in paragraphs}
    counts = Counter(gram for found in words.values() for gram in _grams(found))
    result = list(segments)
    for index in candidates:
        exact = len(words[index]) > _GRAM and all(counts[gram] > 1 for gram in _grams(words[index]))
        if exact or _restates(words, index, paragraphs):
            result[index] = replace(segments[index], kind="boilerplate", reason="pull_quote")
    return result


def _may_be(text: str, segment: Segment) -> bool:
    return segment.first and segment.end - segment.start <= _LONGEST and text[segment.end - 1] not in _STOPS


def _grams(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)}


def _restates(words: dict[int, list[str]], index: int, paragraphs: list[int]) -> bool:
    mine = set(words[index])
    if len(words[index]) < _LOOSE_WORDS:
        return False
    longer = (set(words[other]) for other in paragraphs if other != index and len(words[other]) > len(words[index]))
    return any(len(mine & other) >= _LOOSE_SHARE * len(mine) for other in longer)
