"""Cut an article into tokens, block by block, and mark those the lexicon knows. One pass, sparse marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from services.extraction.domain.quantities.lexicon import Lexicon, QuantityPack
from services.extraction.domain.values import ArticleText, Block, BlockKind, Span, TextPart

_TOKEN = re.compile(
    r"(?P<date>(?<!\d)\d{1,4}([./-])\d{1,2}\2\d{2,4}(?![\d:]))"
    r"|(?P<clock>\d{1,2}(?::\d{2}(?::\d{2})?|h\d{2})(?!\d))"
    r"|(?P<number>\d{1,3}(?:[ ,.'،]\d{3})+(?!\d)(?:[.,]\d{1,4}(?!\d))?|\d+(?:[.,/،]\d+)?)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>\S)"
)
_LONGEST_WORD = 40
_MOST = 2000
_HEAD = 400  # folded characters within which the furniture may tell the day of publication


class Mark(NamedTuple):
    """What a lexicon entry says of the tokens from here: `size` tokens, the first after `lead` proclitic letters."""

    value: str
    size: int
    lead: int


@dataclass(slots=True)
class Region:
    """The tokens of one block, with their marks by kind. Offsets are folded offsets of the part."""

    part: TextPart
    kind: BlockKind
    reason: str | None
    lexicon: Lexicon
    words: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    marks: dict[int, dict[str, Mark]] = field(default_factory=dict)
    months: bool = False  # whether any month is named
    dated: list[int] = field(default_factory=list)  # tokens at which a date may start
    counted: list[int] = field(default_factory=list)  # tokens at which a number may start
    breaks: list[int] = field(default_factory=list)  # folded starts of its sentences
    background: list[tuple[int, int]] = field(default_factory=list)

    def get(self, index: int, kind: str) -> Mark | None:
        """The longest entry of a kind that starts at a token."""
        found = self.marks.get(index)
        return found.get(kind) if found else None

    def word(self, index: int) -> str:
        """The folded token, empty outside the block."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def is_word(self, index: int) -> bool:
        """Whether a token is made of letters."""
        return 0 <= index < len(self.words) and self.kinds[index] == "word"

    def touching(self, index: int) -> bool:
        """Whether nothing stands between this token and the next."""
        return index + 1 < len(self.words) and self.ends[index] == self.starts[index + 1]

    def span(self, first: int, last: int, lead: int = 0) -> Span:
        """Raw offsets of the tokens `first..last`, without `lead` letters of the first."""
        start, end = self.part.folded.raw_span(self.starts[first] + lead, self.ends[last])
        return Span(self.part.part, start, end)

    def raw(self, index: int) -> str:
        """A token as it was written."""
        return self.part.slice(self.span(index, index))

    def sentence(self, index: int) -> tuple[int, int]:
        """The tokens `[first, end)` of the sentence a token stands in."""
        place = bisect_right(self.breaks, self.starts[index])
        first = bisect_left(self.starts, self.breaks[place - 1]) if place else 0
        end = bisect_left(self.starts, self.breaks[place]) if place < len(self.breaks) else len(self.starts)
        return first, end

    def is_background(self, index: int) -> bool:
        """Whether a token stands in what the article recalls."""
        place = self.starts[index]
        before = bisect_right(self.background, (place, len(self.part.folded.text))) - 1
        return self.kind == "background" or (before >= 0 and place < self.background[before][1])


def regions(text: ArticleText, pack: QuantityPack) -> list[Region]:
    """Every block's tokens, headline first; a part without blocks is one paragraph."""
    found = []
    for part in text.parts:
        lexicon = pack.lexicon(text.language, part.raw[:2000])
        whole = Block(Span(part.part, 0, len(part.raw)), "headline" if part.part == "headline" else "paragraph")
        blocks = [block for block in text.blocks if block.span.part == part.part] or [whole]
        sentences = _folded_sentences(text, part)
        found += [_region(part, block, lexicon, sentences) for block in blocks]
    _bound(found)
    return found


def _bound(found: list[Region]) -> None:
    """No article of people has thousands of numbers; a table that has is read to a bound."""
    dates = numbers = _MOST
    for region in found:
        del region.dated[dates:], region.counted[numbers:]
        dates, numbers = dates - len(region.dated), numbers - len(region.counted)


def _folded_sentences(text: ArticleText, part: TextPart) -> list[tuple[int, int, bool]]:
    starts = part.folded.starts
    return [
        (bisect_left(starts, one.span.start), bisect_left(starts, one.span.end), one.kind == "background")
        for one in text.sentences
        if one.span.part == part.part
    ]


def _region(part: TextPart, block: Block, lexicon: Lexicon, sentences: list[tuple[int, int, bool]]) -> Region:
    region = Region(part, block.kind, block.reason, lexicon)
    start, end = (bisect_left(part.folded.starts, edge) for edge in (block.span.start, block.span.end))
    inside = sentences[bisect_left(sentences, (start, 0, False)) : bisect_left(sentences, (end, 0, False))]
    region.breaks = [first for first, _, _ in inside]
    region.background = [(first, last) for first, last, old in inside if old]
    furniture = block.kind == "boilerplate" and start > _HEAD and "dateline" not in (block.reason or "")
    if block.kind == "repeat" or furniture:
        return region  # nothing is read from it
    matches = list(_TOKEN.finditer(part.folded.text, start, end))
    region.words = [match[0] for match in matches]
    region.kinds = [match.lastgroup or "mark" for match in matches]
    region.starts = [match.start() for match in matches]
    region.ends = [match.end() for match in matches]
    _mark(region)
    return region


_DATES = {
    *("month", "month?", "weekday", "weekday?", "relative", "holiday", "month_relative", "year_relative", "year_new"),
    *("ordinal", "number", "number?", "ago", "dual"),
}
_NUMBERS = {"number", "number?", "one", "plural", "approx", "dual", "both", "ordinal"}


def _mark(region: Region) -> None:
    index, clitics, glue = region.lexicon.index, region.lexicon.clitics, region.lexicon.glue
    kinds, marks = region.kinds, region.marks
    for place, word in enumerate(region.words):
        if word in index:
            _file(region, place, word, 0)
        elif kinds[place] == "word" and clitics and 3 < len(word) < _LONGEST_WORD and (found := clitics.match(word)):
            _try_stems(region, place, word, found.end())
        elif glue and 4 < len(word) < _LONGEST_WORD and glue.match(word):
            region.counted.append(place)
        found_kinds = marks.get(place)
        if found_kinds and ("month" in found_kinds or "month?" in found_kinds):
            region.months = True
        digits = kinds[place] in ("number", "date")
        if digits or (found_kinds and not _DATES.isdisjoint(found_kinds)):
            region.dated.append(place)
        if kinds[place] == "number" or (found_kinds and not _NUMBERS.isdisjoint(found_kinds)):
            region.counted.append(place)


def _try_stems(region: Region, place: int, word: str, longest: int) -> None:
    for lead in range(1, longest + 1):
        if word[lead:] in region.lexicon.index:
            _file(region, place, word[lead:], lead)
            return


def _file(region: Region, place: int, word: str, lead: int) -> None:
    for kind, value, rest in region.lexicon.index.get(word, ()):
        size = len(rest)
        if not size or tuple(region.words[place + 1 : place + 1 + size]) == rest:
            region.marks.setdefault(place, {}).setdefault(kind, Mark(value, size + 1, lead))


def readable(found: list[Region]) -> Iterator[Region]:
    """The blocks that are the article: no boilerplate, nothing said twice."""
    return (region for region in found if region.kind not in ("boilerplate", "repeat"))
