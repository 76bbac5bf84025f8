"""Blocks and sentences that retell older events."""

from dataclasses import replace

from services.extraction.domain.reading.rules import Rules
from services.extraction.domain.reading.segments import Segment
from services.shared.text.fold import fold_text


def mark_background(text: str, segments: list[Segment], rules: Rules) -> list[Segment]:
    """Mark paragraphs that begin with a background marker, and those after a background heading."""
    result: list[Segment] = []
    open_reason: str | None = None
    for segment in segments:
        found = rules.background_blocks.match(text, segment.start, segment.end)
        if segment.kind in ("subhead", "paragraph") and found:
            heading = not text[found[0].end() : segment.end].strip(" :,.!-")
            open_reason = found[1] if heading else None
            result.append(replace(segment, kind="background", reason=found[1]))
        elif segment.kind == "paragraph" and open_reason:
            result.append(replace(segment, kind="background", reason=open_reason))
        else:
            open_reason = None if segment.kind == "subhead" else open_reason
            result.append(segment)
    return result


def is_background_sentence(raw: str, rules: Rules) -> str | None:
    """The reason why a sentence of an ordinary paragraph is background, if it is."""
    folded = fold_text(raw).lstrip(" \"-'")
    found = rules.background_sentences.match(folded, 0, len(folded))
    if found:
        return found[1]
    return next((phrase.reason for phrase in rules.background_signs if phrase.regex.search(folded)), None)
