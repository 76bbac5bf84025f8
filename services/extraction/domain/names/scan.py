"""Every place where a form stands as a word: automaton, then boundaries, gaps, endings, capitals and language."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from services.extraction.domain.names.endings import PERSIAN_DEMONYM, PROCLITICS, suffix_fits
from services.extraction.domain.names.gazetteer import Gazetteer
from services.extraction.domain.names.patterns import Pattern, Reading
from services.extraction.domain.names.squeeze import Squeezed, squeeze
from services.extraction.domain.values import ArticleText, Span, TextPart

LONGEST_SUFFIX = 7
_FAMILY = {"pes": "fas", "prs": "fas", "fas": "fas", "per": "fas", "ara": "arb"}
_KIN = {
    "eng": {"eng": 2, "fra": 1}, "fra": {"fra": 2, "eng": 1},
    "ukr": {"ukr": 2, "rus": 1, "eng": 1}, "rus": {"rus": 2, "ukr": 1, "eng": 1},
    "arb": {"arb": 2, "fas": 1, "eng": 1}, "fas": {"fas": 2, "arb": 1, "eng": 1},
}  # fmt: skip
_OTHERS = {"eng": 2, "fra": 1, "rus": 1, "ukr": 1, "fas": 1, "arb": 1}
_NAMES = ("person", "organisation", "place")
_REMEMBERED = 60_000  # words with a key in them
_GLUED = frozenset("وفبکلا")
Stretches = tuple[tuple[int, int], ...]


class Hit(NamedTuple):
    """A form found: folded `[start, end)` of a part. `kind` may be demonym where a Persian suffix makes it one."""

    part: int
    start: int
    end: int
    kind: str
    id: str
    pattern: Pattern
    bent: bool = False  # an ending was taken off


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the name finder sees it: its parts squeezed, and the stretches that are not read."""

    text: ArticleText
    squeezed: tuple[Squeezed, ...]
    language: str
    hidden: tuple[Stretches, ...]

    def span(self, part: int, start: int, end: int) -> Span:
        """Raw span of folded `[start, end)`."""
        source: TextPart = self.text.parts[part]
        return Span(source.part, *source.folded.raw_span(start, end))

    def is_hidden(self, part: int, start: int) -> bool:
        """Whether folded position `start` stands in boilerplate or in a repeat."""
        hidden = self.hidden[part]
        return bool(hidden) and stands_in(hidden, self.text.parts[part].folded.starts[start])


def open_page(text: ArticleText) -> Page:
    """Squeeze every part and note the boilerplate and the repeats."""
    squeezed = tuple(squeeze(part.folded.text) for part in text.parts)
    return Page(text, squeezed, _FAMILY.get(text.language, text.language), hidden_stretches(text))


def hidden_stretches(text: ArticleText) -> tuple[Stretches, ...]:
    """For each part the raw stretches of boilerplate and repeats, in order."""
    return tuple(
        tuple(
            (b.span.start, b.span.end)
            for b in text.blocks
            if b.span.part == part.part and b.kind in ("boilerplate", "repeat")
        )
        for part in text.parts
    )


def stands_in(stretches: Stretches, at: int) -> bool:
    """Whether a raw position lies in one of the stretches."""
    place = bisect_right(stretches, (at, float("inf"))) - 1
    return place >= 0 and stretches[place][0] <= at < stretches[place][1]


_MOST_HITS = 10_000  # the longest articles hold some hundreds


def scan(page: Page, gazetteer: Gazetteer) -> list[Hit]:
    """All hits outside boilerplate and repeats, in text order."""
    hits: list[Hit] = []
    if not gazetteer.patterns:
        return hits
    for number, squeezed in enumerate(page.squeezed):
        for last, (length, patterns) in gazetteer.automaton.iter(squeezed.text):
            start = last - length + 1
            if not _may_start(squeezed, start):
                continue
            if len(hits) >= _MOST_HITS:
                return _longest_words(hits)
            hits += _verified(page, number, start, last + 1, patterns, gazetteer)
    return _longest_words(hits)


def _readings(gazetteer: Gazetteer, language: str, key: str, patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """What the key may mean in a language, or, for names, in a kindred one, the nearest first. Sorted out once."""
    known = language if language in _KIN else ""
    readings = gazetteer.readings.get((known, key))
    if readings is None:
        kin = _KIN.get(language, _OTHERS)
        near = sorted(patterns, key=lambda pattern: -kin.get(pattern.language, 0))
        readings = tuple(one for one in near if _serves(one, kin.get(one.language, 0), len(key)))
        gazetteer.readings[known, key] = readings
    return readings


def _serves(pattern: Pattern, near: int, length: int) -> bool:
    return near > 1 or (near == 1 and _crosses(pattern, length))


def _verified(
    page: Page, part: int, start: int, end: int, patterns: tuple[Pattern, ...], gazetteer: Gazetteer
) -> list[Hit]:
    """The readings that the text around the key bears out; each entry once."""
    squeezed = page.squeezed[part]
    finish, letters = squeezed.tail(end)
    if letters > LONGEST_SUFFIX:
        return []
    at = squeezed.index[start]
    around = (squeezed.folded[squeezed.word_start(at) : at], squeezed.text[end : end + letters],
              tuple(squeezed.gaps(start, end)))  # fmt: skip
    found: list[Hit] = []
    for reading in _borne(gazetteer, page.language, squeezed.text[start:end], patterns, around):
        if found and any(hit.id == reading.pattern.id and hit.kind == reading.pattern.kind for hit in found):
            continue
        hit = _hit(page, part, at, end, finish, reading)
        if hit and not page.is_hidden(part, hit.start):
            found.append(hit)
    return found


_Around = tuple[str, str, tuple[int, ...]]  # letters of the key's word before and after it, and where the text has gaps


def _borne(
    gazetteer: Gazetteer, language: str, key: str, patterns: tuple[Pattern, ...], around: _Around
) -> tuple[Reading, ...]:
    """The readings of a key that the letters around it allow; news repeats its words, so the answer is remembered."""
    known = (language if language in _KIN else "", key, *around)
    borne = gazetteer.borne.get(known)
    if borne is None:
        fitting = (_reading(pattern, around) for pattern in _readings(gazetteer, language, key, patterns))
        borne = tuple(reading for reading in fitting if reading)
        if len(gazetteer.borne) < _REMEMBERED:
            gazetteer.borne[known] = borne
    return borne


def _reading(pattern: Pattern, around: _Around) -> Reading | None:
    """The pattern with where its mention begins, and as what it ends unless more words must follow."""
    prefix, suffix, gaps = around
    shift = _shift(prefix, pattern)
    if shift is None or any(gap not in pattern.breaks for gap in gaps):
        return None
    if pattern.rest:
        return Reading(pattern, shift, "")
    kind = _ending(suffix, pattern)
    return Reading(pattern, shift, kind) if kind else None


def _crosses(pattern: Pattern, length: int) -> bool:
    """Whether a form serves a kindred language: a body's Persian name is too often an Arabic word (العربیه)."""
    kinds = ("person",) if pattern.language in ("arb", "fas") else _NAMES
    return length >= 4 and pattern.kind in kinds


def _longest_words(hits: list[Hit]) -> list[Hit]:
    """Of words that stand beside names the longest reading: «وزير الخارجية» is a role, no ministry."""
    kept: list[Hit] = []
    reach, kept_start = (-1, -1), -1
    for hit in sorted(hits, key=lambda hit: (hit.part, hit.start, -hit.end)):
        if hit.kind.startswith(("role:", "body:", "owned:", "title")):
            if (hit.part, hit.end) < reach or ((hit.part, hit.end) == reach and hit.start > kept_start):
                continue
            reach, kept_start = max(reach, (hit.part, hit.end)), hit.start
        kept.append(hit)
    return kept


def _may_start(squeezed: Squeezed, start: int) -> bool:
    """Cheap left check: a word begins here, or an Arabic letter that may be glued stands before."""
    at = squeezed.index[start]
    before = squeezed.folded[at - 1]
    return at == 0 or not before.isalnum() or before in _GLUED


def _hit(page: Page, part: int, at: int, end: int, finish: int, reading: Reading) -> Hit | None:
    """The hit of a reading, if the words that must follow do, and the capitals are right."""
    squeezed, pattern, kind = page.squeezed[part], reading.pattern, reading.kind
    begin = at + reading.shift
    if pattern.rest:
        end = _walk(squeezed, end, pattern.rest)
        if end == 0:
            return None
        finish, letters = squeezed.tail(end)
        kind = _ending(squeezed.text[end : end + letters], pattern)
        if not kind:
            return None
    last = squeezed.index[end - 1] + 1
    if pattern.case and not _capital(page, part, begin, last, pattern.case):
        return None
    return Hit(part, begin, finish, kind, pattern.id + "_dem" if kind != pattern.kind else pattern.id, pattern,
               finish > last)  # fmt: skip


def _shift(prefix: str, pattern: Pattern) -> int | None:
    """Where the mention begins, seen from the key (the Arabic article is in, other proclitics are out), or None."""
    if not prefix:
        return None if pattern.article else 0
    if pattern.language != "arb" or prefix not in PROCLITICS:
        return None
    if prefix.endswith("ال"):
        return -2
    if prefix.endswith("لل"):
        return -1
    return None if pattern.article else 0


def _walk(squeezed: Squeezed, end: int, rest: tuple[tuple[str, ...], ...]) -> int:
    """Follow the remaining Cyrillic words of a form; the squeezed position after the last stem, or 0."""
    for options in rest:
        finish, letters = squeezed.tail(end)
        following = end + letters
        if letters > LONGEST_SUFFIX or not suffix_fits("ukr", "", squeezed.text[end:following]):
            return 0
        if following >= len(squeezed.text) or squeezed.index[following] == finish:
            return 0
        stem = next((s for s in options if squeezed.text.startswith(s, following)), None)
        if stem is None:
            return 0
        end = following + len(stem)
    return end


def _ending(suffix: str, pattern: Pattern) -> str:
    """As what the mention ends, if the letters after the key are an ending of the form; else nothing."""
    if not suffix:
        return pattern.kind
    if len(suffix) > LONGEST_SUFFIX or pattern.exact:
        return ""
    if pattern.language == "fas" and pattern.kind == "place" and suffix in PERSIAN_DEMONYM:
        return "demonym"
    return pattern.kind if suffix_fits(pattern.language, pattern.kind, suffix) else ""


def _capital(page: Page, part: int, start: int, end: int, case: int) -> bool:
    source = page.text.parts[part]
    first, last = source.folded.raw_span(start, end)
    if case == 1 and source.raw[first].isupper():
        return True
    raw = source.raw[first:last]
    return any(map(str.isupper, raw)) if case == 1 else not any(map(str.islower, raw))
