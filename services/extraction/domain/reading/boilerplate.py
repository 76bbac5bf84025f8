"""Find what is not the article: menus, bylines, datelines, captions, credits, links to other stories, sign-offs."""

import re
from dataclasses import dataclass

from services.extraction.domain.reading.layout import (
    caption_lines,
    footer_start,
    is_breadcrumb,
    is_byline,
    is_embed,
    other_story_start,
)
from services.extraction.domain.reading.lines import Line
from services.extraction.domain.reading.rules import PhraseBook, Rules
from services.shared.text.fold import Folded

_SHORT_LINE = 220  # a line that merely begins like boilerplate must be short to be all boilerplate
_HEADLINE_LIMIT = 260
_FIRST_LINES = 8
_CHARS_INSIDE = 400_000
# "KYIV - ", "PARIS: ", "ANCHORAGE, États-Unis – ", "Paris - "; in small letters a dash may be a copula, so Latin only.
_CAPITALS = re.compile(
    r"(?:[A-ZА-ЯІЇЄҐ][A-ZА-ЯІЇЄҐ'’.-]{2,24}(?: [A-ZА-ЯІЇЄҐ'’-]{2,20}){0,2}(?:, ?[A-ZÀ-Ýa-zà-ÿ. -]{2,30})?[ ]?[-–—:]|"
    r"[A-Z][a-zà-ÿ]{2,15}(?: [A-Z][a-zà-ÿ]{2,15})?(?:, [A-Z][a-zà-ÿ]{2,15})? [-–—])[ ]"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the folded text that is boilerplate, and which rule saw it."""

    start: int
    end: int
    reason: str


def find_boilerplate(raw: Folded, lines: list[Line], rules: Rules) -> list[Mark]:
    """All boilerplate of a folded body, in order, not overlapping."""
    text = raw.text
    marks: list[Mark] = []
    lines = _without_tail(text, lines, rules, marks)
    index = 0
    while index < len(lines):
        used = _whole_lines(raw, lines, index, rules, marks)
        if used == 0:
            _parts(raw, lines[index], index, rules, marks)
            used = 1
        index += used
    return _merged(marks + _inside(text, rules))


def _without_tail(text: str, lines: list[Line], rules: Rules, marks: list[Mark]) -> list[Line]:
    """Cut off what follows the article; the lines that are left."""
    for index in range(1, len(lines)):
        reason = _begins(rules.tails, text, lines[index]) if len(lines[index]) <= _SHORT_LINE else None
        if reason:
            marks.append(Mark(lines[index].start, lines[-1].end, reason))
            lines = lines[:index]
            break
    for cut, reason in ((footer_start(text, lines), "agency_footer"), (other_story_start(text, lines), "other_story")):
        if cut is not None and cut < len(lines):
            marks.extend(Mark(line.start, line.end, reason) for line in lines[cut:])
            lines = lines[:cut]
    return lines


def _begins(book: PhraseBook, text: str, line: Line) -> str | None:
    found = book.match(text, line.start, line.end)
    return found[1] if found else None


def _whole_lines(raw: Folded, lines: list[Line], index: int, rules: Rules, marks: list[Mark]) -> int:
    """Mark whole lines from `index` on; how many were used."""
    line, text = lines[index], raw.text
    insert = rules.inserts.match(text, line.start, line.end)
    if insert:
        return _insert(text, lines, index, insert, marks)
    reason = rules.lines.full(text, line.start, line.end)
    if reason is None and len(line) <= _SHORT_LINE:
        reason = _begins(rules.starts, text, line)
    captions = 0 if reason else caption_lines(text, lines, index)
    if captions:
        marks.append(Mark(line.start, lines[index + captions - 1].end, "caption"))
        return captions
    reason = reason or _seen(raw, lines, index, rules)
    if reason is None:
        return 0
    marks.append(Mark(line.start, line.end, reason))
    return 1


def _seen(raw: Folded, lines: list[Line], index: int, rules: Rules) -> str | None:
    """What a whole line is by its looks alone."""
    line = lines[index]
    if is_embed(raw.text, line):
        return "embed"
    if index < _FIRST_LINES and is_breadcrumb(raw.text, line, rules):
        return "breadcrumb"
    return "byline" if is_byline(_raw(raw, line), index, len(lines)) else None


def _raw(raw: Folded, line: Line) -> str:
    start, end = raw.raw_span(line.start, line.end)
    return raw.raw[start:end]


def _insert(text: str, lines: list[Line], index: int, found: "tuple[re.Match[str], str]", marks: list[Mark]) -> int:
    """ "Read also:" and the headline it announces, on the same line or the next."""
    line = lines[index]
    match, reason = found
    alone = not text[match.end() : line.end].strip(" :.-|>")
    follows = index + 1 < len(lines) and alone and _is_headline(text, lines[index + 1])
    last = lines[index + 1] if follows else line
    if not alone and len(line) > _HEADLINE_LIMIT:
        return 0
    marks.append(Mark(line.start, last.end, reason))
    return 2 if follows else 1


def _is_headline(text: str, line: Line) -> bool:
    return len(line) <= _HEADLINE_LIMIT and text[line.end - 1] not in ".؛;"


def _parts(raw: Folded, line: Line, index: int, rules: Rules, marks: list[Mark]) -> None:
    """Cut openings and endings off a line whose rest stays."""
    text, start = raw.text, line.start
    capitals = _CAPITALS.match(_raw(raw, line)) if index < 2 else None
    if capitals:
        start = _folded_end(raw, line, capitals.end())
        marks.append(Mark(line.start, start, "dateline"))
    for _ in range(4):
        found = rules.openings.match(text, start, line.end) if index < _FIRST_LINES else None
        if not found or found[0].end() == start:
            break
        marks.append(Mark(start, found[0].end(), found[1]))
        start = found[0].end()
    for phrase in rules.endings:
        ending = phrase.regex.search(text, max(start, line.end - 120), line.end)
        if ending and ending.end() == line.end:
            marks.append(Mark(ending.start(), line.end, phrase.reason))
            break


def _folded_end(raw: Folded, line: Line, length: int) -> int:
    """The folded offset just behind the first `length` raw characters of a line."""
    limit = raw.starts[line.start] + length
    index = line.start
    while index < line.end and raw.starts[index] < limit:
        index += 1
    return index


def _inside(text: str, rules: Rules) -> list[Mark]:
    return [
        Mark(found.start(), found.end(), phrase.reason)
        for phrase in rules.inside
        for found in phrase.regex.finditer(text, 0, _CHARS_INSIDE)
    ]


def _merged(marks: list[Mark]) -> list[Mark]:
    """In order, overlaps cut; an empty mark is none."""
    result: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        start = max(mark.start, result[-1].end) if result else mark.start
        if mark.end > start:
            result.append(Mark(start, mark.end, mark.reason))
    return result
