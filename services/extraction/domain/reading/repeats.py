"""Paragraphs that say again what stands elsewhere in the article: leads, pull quotes, captions, the headline."""

import re
from dataclasses import replace

from services.extraction.domain.reading.segments import Segment
from services.shared.text.fold import fold_text

_WORDS = re.compile(r"\w+")
_MIN_WORDS = 3


def mark_repeats(text: str, segments: list[Segment], headline: str | None) -> list[Segment]:
    """Mark paragraphs whose words are those of the headline or of an earlier paragraph. Linear."""
    seen = {_key(fold_text(headline))} if headline else set()
    result: list[Segment] = []
    for segment in segments:
        key = _key(text[segment.start : segment.end])
        known = segment.kind == "paragraph" and key.count(" ") + 1 >= _MIN_WORDS and key in seen
        result.append(replace(segment, kind="repeat", reason="repeated") if known else segment)
        seen.add(key)
    return result


def _key(text: str) -> str:
    return " ".join(_WORDS.findall(text))
