"""Blocks and sentences that retell older events."""

from dataclasses import replace

from services.extraction.domain.reading.rules import Rules
from services.extraction.domain.reading.segments import Segment
from services.extraction.domain.reading.setting import Setting

_FRONT = 24
_MOST = 500  # sentences of one paragraph that are judged
_LONGEST = 1200  # a longer "sentence" is unpunctuated text: no marker speaks for all of it


def mark_background(text: str, segments: list[Segment], rules: Rules, setting: Setting) -> list[Segment]:
    """Mark paragraphs that begin with a background marker, those after a background heading, and retold causes."""
    result: list[Segment] = []
    open_reason: str | None = None
    paragraphs = 0
    for segment in segments:
        paragraphs += segment.kind == "paragraph"
        found = rules.background_blocks.match(text, segment.start, segment.end)
        if segment.kind in ("subhead", "paragraph") and found:
            heading = not text[found[0].end() : segment.end].strip(" :,.!-")
            open_reason = found[1] if heading else None
            result.append(replace(segment, kind="background", reason=found[1]))
        elif segment.kind == "paragraph" and (open_reason or (paragraphs > 2 and setting.retells(text, segment))):
            result.append(replace(segment, kind="background", reason=open_reason or "cause"))
        else:
            open_reason = None if segment.kind == "subhead" else open_reason
            result.append(segment)
    return result


def background_reasons(sentences: list[str], rules: Rules, setting: Setting, *, lead: bool) -> list[str | None]:
    """For each folded sentence of a paragraph why it is background, if it is; a lead's first sentence never is."""
    folded = [sentence.lstrip(" \"-'") for sentence in sentences[:_MOST]]
    reasons = [None if lead and index == 0 else _reason(one, rules, setting) for index, one in enumerate(folded)]
    if reasons and reasons[0] == "earlier":
        _extend(reasons, folded, rules)
    return reasons + [None] * (len(sentences) - len(reasons))


def _extend(reasons: list[str | None], folded: list[str], rules: Rules) -> None:
    """What opens "earlier" goes on so to the paragraph's end, or to the first word of today or tomorrow."""
    for index in range(1, min(len(folded), 4)):
        if rules.has_word("today", folded[index]) or rules.has_word("future", folded[index]):
            return
        reasons[index] = reasons[index] or "earlier"


def _reason(folded: str, rules: Rules, setting: Setting) -> str | None:
    if len(folded) > _LONGEST:
        return None
    found = rules.background_sentences.match(folded, 0, len(folded))
    if found:
        return found[1]
    if rules.has_word("reports_this", folded[:_FRONT]):
        return None
    if setting.is_of_earlier_day(folded) or setting.is_of_earlier_year(folded):
        return None if rules.has_word("future", folded) else "older_day"
    return "earlier_event" if rules.background_signs.search(folded) else None
