"""`read`: fold both parts once, cut them into blocks and sentences."""

from collections.abc import Iterator

from services.extraction.domain.reading.background import is_background_sentence, mark_background
from services.extraction.domain.reading.boilerplate import find_boilerplate
from services.extraction.domain.reading.lines import lines_of
from services.extraction.domain.reading.pullquotes import mark_pull_quotes
from services.extraction.domain.reading.repeats import mark_repeats
from services.extraction.domain.reading.rules import Rules
from services.extraction.domain.reading.segments import Segment, cut_segments
from services.extraction.domain.reading.sentences import cut_sentences, has_split_names
from services.extraction.domain.reading.subheads import mark_subheads
from services.extraction.domain.values import ArticleText, Block, BlockKind, Sentence, Span, TextPart
from services.shared.text.fold import fold


def read(headline: str | None, body: str, language: str, rules: Rules) -> ArticleText:
    """The article's text with its blocks and sentences; offsets are raw. Linear in the text."""
    parts: list[TextPart] = []
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    if headline:
        part = TextPart("headline", headline, fold(headline))
        parts.append(part)
        _read_headline(part, blocks, sentences)
    part = TextPart("body", body, fold(body))
    parts.append(part)
    _read_body(part, headline, rules, blocks, sentences)
    return ArticleText(tuple(parts), language, tuple(blocks), tuple(sentences))


def _read_headline(part: TextPart, blocks: list[Block], sentences: list[Sentence]) -> None:
    stripped = part.raw.strip()
    if not stripped:
        return
    start = part.raw.index(stripped)
    span = Span("headline", start, start + len(stripped))
    blocks.append(Block(span, "headline"))
    sentences.append(Sentence(span, "headline"))


def _read_body(
    part: TextPart, headline: str | None, rules: Rules, blocks: list[Block], sentences: list[Sentence]
) -> None:
    text = part.folded.text
    lines = lines_of(text)
    segments = cut_segments(text, lines, find_boilerplate(part.folded, lines, rules))
    segments = mark_repeats(text, segments, headline)
    segments = mark_pull_quotes(text, segments)
    segments = mark_subheads(text, segments, rules, headline is None)
    segments = mark_background(text, segments, rules)
    split_names = has_split_names(text, rules)
    for segment in segments:
        for block, inner in _blocks(part, segment, rules, split_names):
            blocks.append(block)
            sentences.extend(inner)


def _blocks(
    part: TextPart, segment: Segment, rules: Rules, split_names: bool
) -> Iterator[tuple[Block, list[Sentence]]]:
    """The segment's block; a paragraph with background sentences in it becomes several."""
    start, end = part.folded.raw_span(segment.start, segment.end)
    cut = list(cut_sentences(part.raw, start, end, rules, split_names))
    if segment.kind != "paragraph" or not cut:
        yield _block(start, end, cut, segment.kind, segment.reason)
        return
    run: list[tuple[int, int]] = []
    reason: str | None = None
    for index, (a, b) in enumerate(cut):
        found = is_background_sentence(part.raw[a:b], rules)
        if run and found != reason:
            yield _paragraph(run, reason)
            run = []
        reason = found
        run.append((a, b))
        if index == len(cut) - 1:
            yield _paragraph(run, reason)


def _paragraph(run: list[tuple[int, int]], reason: str | None) -> tuple[Block, list[Sentence]]:
    return _block(run[0][0], run[-1][1], run, "background" if reason else "paragraph", reason)


def _block(
    start: int, end: int, cut: list[tuple[int, int]], kind: BlockKind, reason: str | None
) -> tuple[Block, list[Sentence]]:
    block = Block(Span("body", start, end), kind, reason)
    return block, [Sentence(Span("body", a, b), kind) for a, b in cut]
