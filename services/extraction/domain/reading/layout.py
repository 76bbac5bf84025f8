"""Boilerplate that is seen by where and how it stands: breadcrumbs, captions, footers under a rule, other stories."""

import re
from itertools import pairwise

from services.extraction.domain.reading.lines import Line
from services.extraction.domain.reading.rules import Rules

_STOPS = ".!?؟…۔"
_SEPARATOR = re.compile(r"[ ]?[\">›|→/»][ ]?")
_RULE = re.compile(r"[_*=•-](?:[ ]?[_*=•-]){1,}")
_CAPTION_WORD = re.compile(
    r"(?:^|[(.,/| ])(?:фото|світлина|photo|photos|image|credit|credits|عکس|تصویر|الصوره|صوره|getty images|ap photo|"
    r"колаж|коллаж|інфографіка|инфографика|скриншот|скріншот)[ ]?[:/©][ ]?[^\n]{0,80}$"
)
_PICTURE_SOURCE = re.compile(
    r"\((?:getty ?images|غیتی(?: ایماجز)?|reuters|ap|afp|epa|tass|رویترز|ا ف ب|ارشیف(?:یه)?|архив|архів|file|archives?)"
    r"[^()\n]{0,40}\)$"
)
_EMBED = re.compile(r"pic\.twitter\.com/|\(@\w{2,30}\) [a-z]+ \d{1,2}, \d{4}")
_NAMES_RAW = re.compile(r"[A-ZА-ЯІЇЄҐ][\w'’.-]+(?: [A-ZА-ЯІЇЄҐ][\w'’.-]+){1,2}(?: \([^()\n]{3,60}\))?")
_SHORT, _CAPTION, _TEASER, _POST = 120, 200, 180, 700


def is_breadcrumb(text: str, line: Line, rules: Rules) -> bool:
    """A path of menu entries: a root and one separator, or two separators between short entries."""
    steps = [step.strip() for step in _SEPARATOR.split(text[line.start : line.end][:400])]
    if len(steps) < 2 or text[line.end - 1] in _STOPS:
        return False
    rooted = rules.is_word("breadcrumb_roots", steps[0])
    short = len(steps) > 2 and all(0 < len(step) <= 30 for step in steps[:-1])
    return rooted or (short and '"' not in text[line.start : line.end])


def caption_lines(text: str, lines: list[Line], index: int) -> int:
    """How many lines from `index` on are one caption: a line with a photo credit, and a title glued above it."""
    line = lines[index]
    if _is_credit(text, line):
        return 1
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following and not following.gap and _is_title(text, line) and _is_credit(text, following):
        return 2
    same = following is not None and text[line.start : line.end] == text[following.start : following.end]
    return 2 if same and _is_title(text, line) else 0


def _is_credit(text: str, line: Line) -> bool:
    if len(line) > _CAPTION:
        return False
    sourced = _PICTURE_SOURCE.search(text, max(line.start, line.end - 80), line.end) is not None
    return sourced or _CAPTION_WORD.search(text, line.start, line.end) is not None


def _is_title(text: str, line: Line) -> bool:
    return len(line) <= _SHORT and text[line.end - 1] not in _STOPS


def is_embed(text: str, line: Line) -> bool:
    """A post of a social network that the page shows."""
    return len(line) <= _POST and _EMBED.search(text, line.start, line.end) is not None


def is_byline(raw: str, index: int, total: int) -> bool:
    """A line of nothing but a name, at the very beginning of a longer text."""
    return index < 3 and total > index + 2 and _NAMES_RAW.fullmatch(raw) is not None


def footer_start(text: str, lines: list[Line]) -> int | None:
    """The index of a rule ("__") near the end with few lines after it: who wrote, where to read more."""
    for index in range(max(1, len(lines) * 2 // 3), len(lines)):
        line = lines[index]
        if _RULE.fullmatch(text, line.start, line.end) and line.start * 2 > len(text) and len(lines) - index <= 6:
            return index
    return None


def other_story_start(text: str, lines: list[Line]) -> int | None:
    """Where, after an unusually wide gap at the end, unfinished lines of another story stand."""
    if len(lines) < 4 or text[lines[-1].end - 1] in _STOPS:
        return None
    gaps = [text.count("\n", before.end, after.start) for before, after in pairwise(lines)]
    usual = sorted(gaps)[len(gaps) // 2]
    for index in range(len(lines) - 1, max(len(lines) - 5, 1), -1):
        line = lines[index]
        if len(line) > _TEASER:
            return None
        ended = text[lines[index - 1].end - 1] in _STOPS
        if gaps[index - 1] > max(2, usual) and ended and text[line.end - 1] not in _STOPS:
            return index
    return None
