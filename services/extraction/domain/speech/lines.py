"""Cut the readable blocks into lines: sentences as lists of words, with long quotations as single opaque places."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extraction.domain.speech.dashes import Says, split_at_asides
from services.extraction.domain.speech.lexicon import HYPHEN as _HYPHEN
from services.extraction.domain.speech.marks import Stretch, pair_marks
from services.extraction.domain.values import ArticleText, Block, BlockKind, Part, Sentence, Span, TextPart

_WORD = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:'\w+)*|[^\w\s\"]")
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


def narrate(text: ArticleText, says: Says) -> list[Narration]:
    """Headline and body as narration; boilerplate and repeats are left out. `says` knows verbs of saying."""
    return [_narrate_part(text, part, says) for part in text.parts if part.raw]


def plain_lines(text: ArticleText) -> list[Line]:
    """Every sentence with all its words, those of quotations too."""
    lines: list[Line] = []
    for part in text.parts:
        lines += _lines(text, part, _readable(text, part), [], []) if part.raw else ()
    return lines


def _readable(text: ArticleText, part: TextPart) -> list[Block]:
    return [block for block in text.blocks if block.span.part == part.part and block.kind not in _SKIPPED]


def _narrate_part(text: ArticleText, part: TextPart, says: Says) -> Narration:
    blocks = _readable(text, part)
    places = [(one.span.start, _mark_end(part.raw, one.span.end)) for one in blocks]
    stretches = split_at_asides(part.raw, pair_marks(part.raw, places), places, says)
    lengths = tuple(_length(part, one) for one in stretches)
    lines = list(_lines(text, part, blocks, stretches, lengths))
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
    text: ArticleText, part: TextPart, blocks: list[Block], stretches: list[Stretch], lengths: Sequence[int]
) -> Iterator[Line]:
    opaque = _outermost_long(stretches, lengths)
    cutter = _Cutter(part, stretches, opaque)
    sentences = [sentence for sentence in text.sentences if sentence.span.part == part.part]
    begins = [sentence.span.start for sentence in sentences]
    for number, block in enumerate(blocks):
        inside = sentences[bisect_left(begins, block.span.start) : bisect_left(begins, block.span.end)]
        for start, end, background in _joined(block, _sentence_ends(inside, block), cutter):
            words = cutter.words(start, end)
            if words:
                yield _line(part.part, words[:MAX_LINE], Piece(start, end, number, block.kind, background))


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a line stands."""

    start: int
    end: int
    block: int
    kind: BlockKind
    background: bool


def _line(part: Part, words: list[tuple[str, int, int, int]], piece: Piece) -> Line:
    texts, starts, ends, quotes = zip(*words, strict=True)
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


def _joins(text: str, at: int) -> bool:
    """Whether a dash stands inside a word."""
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


class _Cutter:
    """Cuts one part into words."""

    def __init__(self, part: TextPart, stretches: list[Stretch], opaque: list[int]) -> None:
        self.part, self.stretches, self.opaque = part, stretches, opaque
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

    def words(self, start: int, end: int) -> list[tuple[str, int, int, int]]:
        """Words, punctuation and opaque places between two raw offsets."""
        found: list[tuple[str, int, int, int]] = []
        at = start
        first = bisect_left(self.opaque_starts, start)
        for number in self.opaque[first:]:
            stretch = self.stretches[number]
            if stretch.outer_start >= end:
                break
            found += self._plain(at, stretch.outer_start)
            found.append((QUOTE, stretch.outer_start, stretch.outer_end, number))
            at = stretch.outer_end
        return found + self._plain(at, end)

    def _plain(self, start: int, end: int) -> list[tuple[str, int, int, int]]:
        folded = self.part.folded
        if start >= end:
            return []
        low, high = bisect_left(folded.starts, start), bisect_left(folded.starts, end)
        starts, ends, owner, text = folded.starts, folded.ends, self.owner, folded.text
        found: list[tuple[str, int, int, int]] = []
        for match in _WORD.finditer(text, low, high):
            first, word = match.start(), match.group()
            start, end = starts[first], ends[first + len(word) - 1]
            if word == "-" and _joins(text, first):
                word = _HYPHEN
            found.append((word, start, end, owner.get(start, -1)))
        return found
