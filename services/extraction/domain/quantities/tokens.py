"""Cut an article into tokens, block by block, and mark those the lexicon knows. One pass, sparse marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from services.extraction.domain.quantities.lexicon import Lexicon, Mark, QuantityPack
from services.extraction.domain.values import ArticleText, Block, BlockKind, Span, TextPart

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)"
    r"|(?P<date>(?<!\d)\d{1,4}([./-])\d{1,2}\3\d{2,4}(?![\d:]))"
    r"|(?P<clock>\d{1,2}(?::\d{2}(?::\d{2})?|h\d{2})(?!\d))"
    r"|(?P<number>\d{1,3}(?:[ ,.'،]\d{3})+(?!\d)(?:[.,]\d{1,4}(?!\d))?|\d+(?:[.,/،]\d+)?)"
    r"|(?P<mark>\S)"
)
_LONGEST_WORD = 40
_MOST = 2000
_SHORTEST_GLUE = 4
_HEAD = 400  # folded characters within which the furniture may tell the day of publication


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
    marks: dict[int, Mapping[str, Mark]] = field(default_factory=dict)
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
    plain, index, kinds = region.lexicon.plain, region.lexicon.index, region.kinds
    for place, word in enumerate(region.words):
        known = plain.get(word)
        if known is None:
            if word in index:
                known = _entries(region, place, word, 0)
            elif kinds[place] == "word":
                known = _hidden(region, place, word)
            elif kinds[place] == "mark":
                continue
        if known:
            region.marks[place] = known
            _candidates(region, place, known)
        if kinds[place] == "number" or kinds[place] == "date":
            region.dated.append(place)
            if kinds[place] == "number":
                region.counted.append(place)


def _candidates(region: Region, place: int, known: Mapping[str, Mark]) -> None:
    if "stop" in known and len(known) == 1:
        return
    if "month" in known or "month?" in known:
        region.months = True
    if not _DATES.isdisjoint(known):
        region.dated.append(place)
    if not _NUMBERS.isdisjoint(known):
        region.counted.append(place)


def _hidden(region: Region, place: int, word: str) -> Mapping[str, Mark] | None:
    """A word behind Arabic proclitics (وبالثلاثاء), or Persian number words glued together."""
    clitics, glue = region.lexicon.clitics, region.lexicon.glue
    if not 3 < len(word) < _LONGEST_WORD:
        return None
    if clitics and (found := clitics.match(word)):
        for lead in range(1, found.end() + 1):
            if word[lead:] in region.lexicon.index:
                return _entries(region, place, word[lead:], lead)
    elif glue and len(word) > _SHORTEST_GLUE and glue.match(word):
        region.counted.append(place)
    return None


def _entries(region: Region, place: int, word: str, lead: int) -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    following = region.word(place + 1)
    for kind, value, rest in region.lexicon.index[word]:
        size = len(rest)
        if kind in found or (size and following != rest[0]):
            continue
        if size < 2 or tuple(region.words[place + 1 : place + 1 + size]) == rest:
            found[kind] = Mark(value, size + 1, lead)
    return found


def readable(found: list[Region]) -> Iterator[Region]:
    """The blocks that are the article: no boilerplate, nothing said twice."""
    return (region for region in found if region.kind not in ("boilerplate", "repeat"))
