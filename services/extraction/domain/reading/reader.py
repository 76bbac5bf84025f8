"""`read`: fold both parts once, cut them into blocks and sentences."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from services.extraction.domain.reading.background import background_reasons, mark_background
from services.extraction.domain.reading.boilerplate import find_boilerplate
from services.extraction.domain.reading.lines import lines_of
from services.extraction.domain.reading.pullquotes import mark_pull_quotes
from services.extraction.domain.reading.repeats import mark_repeats
from services.extraction.domain.reading.rules import Rules
from services.extraction.domain.reading.segments import cut_segments
from services.extraction.domain.reading.sentences import cut_sentences, has_split_names
from services.extraction.domain.reading.setting import setting_of
from services.extraction.domain.reading.subheads import mark_subheads
from services.extraction.domain.values import ArticleText, Block, BlockKind, Sentence, Span, TextPart
from services.shared.text.fold import fold

_MOST_SENTENCES = 5000  # no article has as many; everything after reading works sentence by sentence


def read(headline: str | None, body: str, language: str, rules: Rules, published: date | None = None) -> ArticleText:
    """The article's text with its blocks and sentences; offsets are raw. `published` helps to tell what is older."""
    parts = [TextPart("headline", headline, fold(headline))] if headline else []
    parts.append(TextPart("body", body, fold(body)))
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    if headline:
        _read_headline(parts[0], blocks, sentences)
    for block, inner in _read_body(parts[-1], headline, rules, published):
        blocks.append(block)
        sentences.extend(inner)
    whole = tuple(sentences[:_MOST_SENTENCES])
    return ArticleText(tuple(parts), language, tuple(blocks), whole, truncated=len(sentences) > len(whole))


def _read_headline(part: TextPart, blocks: list[Block], sentences: list[Sentence]) -> None:
    stripped = part.raw.strip()
    if not stripped:
        return
    start = part.raw.index(stripped)
    span = Span("headline", start, start + len(stripped))
    blocks.append(Block(span, "headline"))
    sentences.append(Sentence(span, "headline"))


_Found = Iterator[tuple[Block, list[Sentence]]]


def _read_body(part: TextPart, headline: str | None, rules: Rules, published: date | None) -> _Found:
    text = part.folded.text
    lines = lines_of(text)
    segments = cut_segments(text, lines, find_boilerplate(part.folded, lines, rules))
    segments = mark_repeats(text, segments, headline)
    segments = mark_pull_quotes(text, segments)
    segments = mark_subheads(text, segments, rules, headline is None)
    setting = setting_of(text, segments, rules, published)
    segments = mark_background(text, segments, rules, setting)
    names = has_split_names(text, rules)
    lead = next((segment for segment in segments if segment.kind == "paragraph"), None)
    for segment in segments:
        start, end = part.folded.raw_span(segment.start, segment.end)
        cut = list(cut_sentences(part.raw, start, end, rules, names))
        if segment.kind == "paragraph" and cut:
            folded = [_folded(part, a, b) for a, b in cut]
            yield from _runs(cut, background_reasons(folded, rules, setting, lead=segment is lead))
        else:
            yield _block(start, end, cut, segment.kind, segment.reason)


def _folded(part: TextPart, start: int, end: int) -> str:
    """The folded text of a raw stretch; folding goes letter by letter, so it need not be done again."""
    starts = part.folded.starts
    return part.folded.text[bisect_left(starts, start) : bisect_left(starts, end)]


def _runs(cut: list[tuple[int, int]], reasons: list[str | None]) -> _Found:
    """A paragraph's block; with background sentences in it, it becomes several."""
    run: list[tuple[int, int]] = []
    for index, span in enumerate(cut):
        if run and (reasons[index] is None) != (reasons[index - 1] is None):
            yield _paragraph(run, reasons[index - 1])
            run = []
        run.append(span)
    yield _paragraph(run, reasons[-1])


def _paragraph(run: list[tuple[int, int]], reason: str | None) -> tuple[Block, list[Sentence]]:
    return _block(run[0][0], run[-1][1], run, "background" if reason else "paragraph", reason)


def _block(
    start: int, end: int, cut: list[tuple[int, int]], kind: BlockKind, reason: str | None
) -> tuple[Block, list[Sentence]]:
    block = Block(Span("body", start, end), kind, reason)
    return block, [Sentence(Span("body", a, b), kind) for a, b in cut]
