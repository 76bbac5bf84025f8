"""Sub-headings: short lines without a final stop, between paragraphs."""

from dataclasses import replace

from services.extraction.domain.reading.rules import Rules
from services.extraction.domain.reading.segments import Segment

_LONGEST, _HEADLINE = 90, 170
_FINAL = '.!؟:؛;,،…"»'


def mark_subheads(text: str, segments: list[Segment], rules: Rules, headless: bool) -> list[Segment]:
    """Mark sub-headings among the paragraphs, and the headline of a `headless` article whose body begins with it."""
    paragraphs = [index for index, segment in enumerate(segments) if segment.kind == "paragraph"]
    result = list(segments)
    for place, index in enumerate(paragraphs):
        segment = segments[index]
        known = rules.subheads.full(text, segment.start, segment.end) is not None
        if place == 0 and headless and len(paragraphs) > 2 and _is_headline(text, segment, segments[paragraphs[1]]):
            result[index] = replace(segment, kind="headline", reason="headline_in_body")
            continue
        between = 0 < place < len(paragraphs) - 1
        if known or (between and _looks_like_one(text, segment, segments[paragraphs[place + 1]])):
            result[index] = replace(segment, kind="subhead", reason="subhead")
    return result


def _is_headline(text: str, segment: Segment, following: Segment) -> bool:
    length = segment.end - segment.start
    return (
        segment.first
        and length <= _HEADLINE
        and text[segment.end - 1] not in _FINAL
        and following.first
        and (following.end - following.start > length)
    )


def _looks_like_one(text: str, segment: Segment, following: Segment) -> bool:
    length = segment.end - segment.start
    if length > _LONGEST or not segment.first or text[segment.end - 1] in _FINAL:
        return False
    return following.end - following.start > 1.5 * length and " " in text[segment.start : segment.end]
