"""Cut the readable blocks into lines: sentences as lists of words, with long quotations as single opaque places."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extraction.domain.speech.dashes import Says, split_at_asides
from services.extraction.domain.speech.marks import Stretch, pair_marks
from services.extraction.domain.speech.tokens import Words
from services.extraction.domain.values import ArticleText, Block, BlockKind, Part, Sentence, Span, TextPart

_SENTENCE_END = re.compile(r"[.!?؟…]\s|[.!?؟…]$")
_SKIPPED: frozenset[BlockKind] = frozenset({"boilerplate", "repeat"})
_TRAILING_MARK = re.compile(r"[ \t\u00a0]{0,3}[\"”»″]")
_COMMA_DASH = re.compile(r"\s?,\s?[—–-]\s")
LONG = 4
QUOTE = "\ufffc"
MAX_LINE = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as narration: `words` holds folded words, punctuation, and QUOTE for a long marked stretch.

    `quotes[i]` is the number of the stretch a word stands in (or is), else -1. `starts`/`ends` are raw offsets.
    """

    part: Part
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quotes: tuple[int, ...]
    start: int
    end: int
    block: int
    block_kind: BlockKind
    background: bool

    def span(self, first: int, stop: int) -> Span:
        """The raw span of the words `[first, stop)`, which must not be empty."""
        return Span(self.part, self.starts[first], self.ends[stop - 1])


@dataclass(frozen=True, slots=True)
class Narration:
    """One part of the article as lines, with its marked stretches."""

    text: TextPart
    stretches: tuple[Stretch, ...]
    lengths: tuple[int, ...]
    lines: tuple[Line, ...]


def narrate(text: ArticleText, says: Says, words: Sequence[Words]) -> list[Narration]:
    """Headline and body as narration; boilerplate and repeats are left out. `says` knows verbs of saying."""
    return [_narrate_part(text, one, says) for one in words if one.part.raw]


def plain_lines(text: ArticleText, words: Sequence[Words]) -> list[Line]:
    """Every sentence with all its words, those of quotations too."""
    lines: list[Line] = []
    for one in words:
        lines += _lines(text, one, _readable(text, one.part), [], []) if one.part.raw else ()
    return lines


def _readable(text: ArticleText, part: TextPart) -> list[Block]:
    return [block for block in text.blocks if block.span.part == part.part and block.kind not in _SKIPPED]


def _narrate_part(text: ArticleText, words: Words, says: Says) -> Narration:
    part = words.part
    blocks = _readable(text, part)
    places = [(one.span.start, _mark_end(part.raw, one.span.end)) for one in blocks]
    stretches = split_at_asides(part.raw, pair_marks(part.raw, places), places, says)
    lengths = tuple(_length(part, one) for one in stretches)
    lines = list(_lines(text, words, blocks, stretches, lengths))
    return Narration(part, tuple(stretches), lengths, tuple(lines))


def _mark_end(raw: str, end: int) -> int:
    """A closing mark that a space parts from the block's last word still belongs to it."""
    match = _TRAILING_MARK.match(raw, end)
    return match.end() if match else end


def _length(part: TextPart, stretch: Stretch) -> int:
    """How many words a stretch holds; one that ends a sentence inside counts as long."""
    words = part.raw[stretch.start : stretch.end]
    count = sum(any(char.isalnum() for char in word) for word in words[:400].split())
    sentence = count > 2 and _SENTENCE_END.search(words[:400])
    spoken = stretch.split or (count > 1 and _stands_as_speech(part.raw, stretch))
    return max(count, LONG) if sentence or spoken else count


def _stands_as_speech(raw: str, stretch: Stretch) -> bool:
    """Short, but behind a colon, or before «, —»: words that somebody speaks, not a name."""
    before = raw[max(0, stretch.outer_start - 2) : stretch.outer_start].rstrip()
    return before.endswith(":") or bool(_COMMA_DASH.match(raw, stretch.outer_end))


def _lines(
    text: ArticleText, words: Words, blocks: list[Block], stretches: list[Stretch], lengths: Sequence[int]
) -> Iterator[Line]:
    part = words.part
    cutter = _Cutter(words, stretches, _outermost_long(stretches, lengths))
    sentences = [sentence for sentence in text.sentences if sentence.span.part == part.part]
    begins = [sentence.span.start for sentence in sentences]
    for number, block in enumerate(blocks):
        inside = sentences[bisect_left(begins, block.span.start) : bisect_left(begins, block.span.end)]
        for start, end, background in _joined(block, _sentence_ends(inside, block), cutter):
            cut = cutter.words(start, end)
            if cut.texts:
                yield _line(part.part, cut, Piece(start, end, number, block.kind, background))


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a line stands."""

    start: int
    end: int
    block: int
    kind: BlockKind
    background: bool


@dataclass(slots=True)
class _Cut:
    """The columns of a line."""

    texts: list[str]
    starts: list[int]
    ends: list[int]
    quotes: list[int]


def _line(part: Part, cut: _Cut, piece: Piece) -> Line:
    texts, starts, ends = tuple(cut.texts[:MAX_LINE]), tuple(cut.starts[:MAX_LINE]), tuple(cut.ends[:MAX_LINE])
    quotes = tuple(cut.quotes[:MAX_LINE])
    return Line(part, texts, starts, ends, quotes, piece.start, piece.end, piece.block, piece.kind, piece.background)


def _outermost_long(stretches: list[Stretch], lengths: Sequence[int]) -> list[int]:
    chosen: list[int] = []
    covered = -1
    for number, stretch in enumerate(stretches):
        if stretch.start >= covered and lengths[number] >= LONG:
            chosen.append(number)
            covered = stretch.outer_end
    return chosen


def _sentence_ends(sentences: Sequence[Sentence], block: Block) -> list[tuple[int, bool]]:
    """The ends of the block's sentences, and whether each is background; the block's own end at least."""
    background = block.kind == "background"
    ends = [(one.span.end, background or one.kind == "background") for one in sentences]
    return ends or [(block.span.end, background)]


def _joined(block: Block, ends: list[tuple[int, bool]], cutter: "_Cutter") -> Iterator[tuple[int, int, bool]]:
    """The block's sentences, joined where a boundary falls inside a marked stretch."""
    start = block.span.start
    for end, background in ends:
        if end == ends[-1][0] or not cutter.inside(end):
            yield start, end, background
            start = end


class _Cutter:
    """Cuts one part into lines of words."""

    def __init__(self, words: Words, stretches: list[Stretch], opaque: list[int]) -> None:
        self._words, self.stretches, self.opaque = words, stretches, opaque
        self.opaque_starts = [stretches[number].outer_start for number in opaque]
        self.owner = self._owners()

    def _owners(self) -> dict[int, int]:
        """For each raw character inside a short stretch, the stretch (short ones only, so few)."""
        long = set(self.opaque)
        return {
            at: number
            for number, one in enumerate(self.stretches)
            if number not in long and one.end - one.start < 200
            for at in range(one.start, one.end)
        }

    def inside(self, at: int) -> bool:
        index = bisect_right(self.opaque_starts, at) - 1
        return index >= 0 and at < self.stretches[self.opaque[index]].end

    def words(self, start: int, end: int) -> _Cut:
        """Words, punctuation and opaque places between two raw offsets."""
        cut = _Cut([], [], [], [])
        first = bisect_left(self.opaque_starts, start)
        for number in self.opaque[first:]:
            stretch = self.stretches[number]
            if stretch.outer_start >= end:
                break
            self._plain(cut, start, stretch.outer_start)
            cut.texts.append(QUOTE)
            cut.starts.append(stretch.outer_start)
            cut.ends.append(stretch.outer_end)
            cut.quotes.append(number)
            start = stretch.outer_end
        self._plain(cut, start, end)
        return cut

    def _plain(self, cut: _Cut, start: int, end: int) -> None:
        if start >= end:
            return
        words, owner = self._words.between(start, end), self.owner
        cut.texts += words.texts
        cut.starts += words.starts
        cut.ends += words.ends
        cut.quotes += [owner.get(at, -1) for at in words.starts] if owner else [-1] * len(words.starts)
