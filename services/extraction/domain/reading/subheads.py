"""Sub-headings: short lines without a final stop, between paragraphs."""

from dataclasses import replace

from services.extraction.domain.reading.rules import Rules
from services.extraction.domain.reading.segments import Segment

_LONGEST = 90
_FINAL = '.!؟:؛;,،…"»'


def mark_subheads(text: str, segments: list[Segment], rules: Rules) -> list[Segment]:
    """Mark the sub-headings among the paragraphs."""
    paragraphs = [index for index, segment in enumerate(segments) if segment.kind == "paragraph"]
    result = list(segments)
    for place, index in enumerate(paragraphs):
        segment = segments[index]
        known = rules.subheads.full(text, segment.start, segment.end) is not None
        between = 0 < place < len(paragraphs) - 1
        if known or (between and _looks_like_one(text, segment, segments[paragraphs[place + 1]])):
            result[index] = replace(segment, kind="subhead", reason="subhead")
    return result


def _looks_like_one(text: str, segment: Segment, following: Segment) -> bool:
    length = segment.end - segment.start
    if length > _LONGEST or not segment.first or text[segment.end - 1] in _FINAL:
        return False
    return following.end - following.start > 1.5 * length and " " in text[segment.start : segment.end]
