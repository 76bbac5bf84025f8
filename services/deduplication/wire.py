"""From the wire to the three values this room works with: for copies, for stories, for consolidation."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from contracts.messages.extracted_article import ExtractedArticleV1, SentenceV1
from contracts.messages.spans import SpanV1
from services.deduplication.domain.article import Article
from services.deduplication.domain.consolidation.account import Account, DayNamed, Named, Span, Statement
from services.deduplication.domain.consolidation.stage import stage_of
from services.deduplication.domain.stories.reading import Mark, Passage, Reading

_OWN = frozenset({"headline", "paragraph"})
_TYPES = {"person": "P", "place": "L", "organisation": "O", "concept": "C"}
_MOST = 150  # statements, names and days kept of one article: an endless text cannot fill the memory
_MOST_MARKS = 4_000
_LONGEST_SENTENCE = 600
_SHORTEST_LEAD = 90
_SURE_KINDS = frozenset({"explicit", "holiday"})


def reading_of(message: ExtractedArticleV1) -> Reading:
    """What the grouping reads."""
    event = message.extracted.event
    known = message.published.source != "assumed"
    return Reading(
        article_id=message.article_id,
        language=message.identified.iso639_3,
        published=message.published.value,
        published_day=_day(message.published.value),
        published_known=known,
        passages=tuple(_passages(message)),
        marks=tuple(
            sorted(_marks(message, known), key=lambda m: (m.part != "headline", m.start, m.feature))[:_MOST_MARKS]
        ),
        event_day=_event_day(message, known),
        event_sure=known or _is_explicit(message, event.date),
        event_confidence=event.confidence,
        event_place=event.place,
        skeletons=tuple(sorted({c.skeleton for c in message.extracted.candidates[:_MOST]})),
    )


def article_of(message: ExtractedArticleV1) -> Article:
    """What the search for copies reads."""
    passages = [p for p in _passages(message) if p.part == "body"]
    marks = sorted((m for m in _marks(message, True) if m.part == "body"), key=lambda m: (m.start, m.feature))
    return Article(
        article_id=message.article_id,
        version_id=message.version_id,
        source_id=message.source_id,
        language=message.identified.iso639_3,
        published=message.published.value,
        received=message.received_at.isoformat(),
        published_day=_day(message.published.value),
        url=message.url,
        outlet=message.outlet,
        headline=message.headline or "",
        sentences=tuple(p.text for p in passages),
        features=tuple(_per_sentence(passages, marks)),
        credits=_agencies(message),
    )


def account_of(message: ExtractedArticleV1) -> Account:
    """What consolidation keeps."""
    sentences = [s for s in message.extracted.sentences if s.kind in _OWN and s.part == "body"]
    known = message.published.source != "assumed"
    event = message.extracted.event
    day = _day(event.date) if event.date and len(event.date) == 10 else None
    lead = _lead(message, sentences)
    first = [part for part in (message.headline, _text(message, lead) if lead else None) if part]
    return Account(
        article_id=message.article_id,
        version_id=message.version_id,
        source_id=message.source_id,
        url=message.url,
        outlet=message.outlet,
        language=message.identified.language,
        iso639_3=message.identified.iso639_3,
        published=message.published.value,
        published_source=message.published.source,
        received=message.received_at.isoformat(),
        headline=Span("headline", 0, len(message.headline), message.headline) if message.headline else None,
        lead=_sentence_span(message, lead) if lead else None,
        agencies=_agencies(message),
        stage=stage_of(message.identified.iso639_3, first, _day(message.published.value) if known else None, day),
        event_date=event.date,
        event_place=event.place,
        event_confidence=event.confidence,
        statements=tuple(islice(_statements(message), _MOST)),
        named=tuple(_named(message)),
        days=tuple(_days(message)),
    )


def _lead(message: ExtractedArticleV1, sentences: list[SentenceV1]) -> SentenceV1 | None:
    """The first sentence that says something: pages repeat their heading above the text."""
    telling = (s for s in sentences[:6] if s.end - s.start >= _SHORTEST_LEAD and _text(message, s) != message.headline)
    return next(telling, sentences[0] if sentences else None)


def _day(value: str) -> int:
    """The ordinal of an ISO day; of a month or year, its first day."""
    digits = value[:10] + "-01-01"[len(value[:10]) - 4 :] if len(value) < 10 else value[:10]
    return date.fromisoformat(digits).toordinal()


def _event_day(message: ExtractedArticleV1, known: bool) -> int | None:
    """The day of the event; not one that only repeats an assumed day of publication."""
    day = message.extracted.event.date
    if day is None or len(day) != 10:
        return None
    return _day(day) if known or any(d.value == day for d in message.extracted.dates) else None


def _is_explicit(message: ExtractedArticleV1, day: str | None) -> bool:
    return any(d.value == day and d.kind in _SURE_KINDS for d in message.extracted.dates)


def _agencies(message: ExtractedArticleV1) -> tuple[str, ...]:
    return tuple(sorted({c.agency for c in message.extracted.credits if c.role != "follow_link"}))


def _text(message: ExtractedArticleV1, place: SentenceV1) -> str:
    return ((message.headline or "") if place.part == "headline" else message.body)[place.start : place.end]


def _passages(message: ExtractedArticleV1) -> Iterator[Passage]:
    if message.headline and not any(s.part == "headline" for s in message.extracted.sentences):
        yield Passage("headline", 0, message.headline)
    for sentence in message.extracted.sentences:
        if sentence.kind in _OWN:
            yield Passage(sentence.part, sentence.start, _text(message, sentence))


def _marks(message: ExtractedArticleV1, known: bool) -> Iterator[Mark]:
    extracted = message.extracted
    for entity in extracted.entities:
        for mention in entity.mentions:
            if not mention.background:
                yield Mark(f"{_TYPES[entity.type]}:{entity.id}", mention.span.part, mention.span.start)
    for number in extracted.numbers:
        if number.value >= 5 and number.kind != "ordinal" and not number.background:
            yield Mark(f"N:{number.value:g}", number.span.part, number.span.start)
    for named in extracted.dates:
        if named.precision == "day" and not named.background:
            sure = known or named.kind in _SURE_KINDS
            yield Mark(f"D:{_day(named.value)}", named.span.part, named.span.start, sure)


def _per_sentence(passages: Iterable[Passage], marks: list[Mark]) -> Iterator[tuple[str, ...]]:
    starts = [mark.start for mark in marks]
    for passage in passages:
        low, high = bisect_right(starts, passage.start - 1), bisect_right(starts, passage.start + len(passage.text) - 1)
        yield tuple(_wide(mark.feature) for mark in marks[low:high])


def _wide(feature: str) -> str:
    """Feature ids as copies know them: `E:` for whoever and wherever, `D:` with an ISO day."""
    if feature[0] in "PLO":
        return "E" + feature[1:]
    return f"D:{date.fromordinal(int(feature[2:])).isoformat()}" if feature[0] == "D" else feature


def _span(span: SpanV1) -> Span:
    """A span as it is kept: a quotation of a hundred pages is kept by its beginning."""
    end = min(span.end, span.start + _LONGEST_SENTENCE)
    return Span(span.part, span.start, end, span.text[: end - span.start])


def _sentence_span(message: ExtractedArticleV1, sentence: SentenceV1) -> Span:
    end = min(sentence.end, sentence.start + _LONGEST_SENTENCE)
    text = (message.headline or "") if sentence.part == "headline" else message.body
    return Span(sentence.part, sentence.start, end, text[sentence.start : end])


class _Sentences:
    """Finds the sentence around a place, and what is named in it."""

    def __init__(self, message: ExtractedArticleV1) -> None:
        self.message = message
        self.rows = sorted(message.extracted.sentences, key=lambda s: (s.part, s.start))
        self.starts = [(s.part, s.start) for s in self.rows]
        self.marks = sorted(_marks(message, True), key=lambda m: (m.part, m.start))
        self.mark_starts = [(m.part, m.start) for m in self.marks]

    def around(self, span: SpanV1) -> Span | None:
        """The sentence a span stands in."""
        row = bisect_right(self.starts, (span.part, span.start)) - 1
        found = self.rows[row] if row >= 0 else None
        inside = found is not None and found.part == span.part and span.start < found.end
        return _sentence_span(self.message, found) if inside and found is not None else None

    def within(self, part: str, start: int, end: int) -> tuple[str, ...]:
        """The features named in a stretch."""
        low, high = bisect_right(self.mark_starts, (part, start - 1)), bisect_right(self.mark_starts, (part, end - 1))
        return tuple(sorted({mark.feature for mark in self.marks[low : min(high, low + 40)]}))


def _statements(message: ExtractedArticleV1) -> Iterator[Statement]:
    found, extracted = _Sentences(message), message.extracted
    for commitment in extracted.commitments:
        yield Statement("commitment", commitment.item, commitment.modality, _span(commitment.span),
                        _span(commitment.sentence), commitment.actor or commitment.actor_name,
                        commitment.modality, commitment.background)  # fmt: skip
    for position in extracted.positions:
        yield Statement("position", position.position, "held", _span(position.span), _span(position.sentence),
                        position.holder or position.holder_name, None, position.background)  # fmt: skip
    for quotation in extracted.quotations[:_MOST]:
        span, speaker = quotation.span, quotation.speaker or quotation.speaker_name or "unnamed"
        yield Statement("quotation", speaker, span.text[:_LONGEST_SENTENCE], _span(span), found.around(span),
                        quotation.speaker, None, quotation.background,
                        found.within(span.part, span.start, span.end))  # fmt: skip
    for number in extracted.numbers[:_MOST]:
        if number.unit and number.kind != "ordinal":
            sentence = found.around(number.span)
            marks = found.within(sentence.part, sentence.start, sentence.end) if sentence else ()
            value = f"{number.value:g}" + (f"-{number.high:g}" if number.high is not None else "")
            qualifier = "" if number.qualifier == "exact" else number.qualifier + " "
            yield Statement("figure", number.unit, f"{qualifier}{value} {number.unit}", _span(number.span), sentence,
                            background=number.background,
                            marks=tuple(m for m in marks if m[0] != "N"))  # fmt: skip


def _named(message: ExtractedArticleV1) -> Iterator[Named]:
    found = _Sentences(message)
    for entity in message.extracted.entities[:_MOST]:
        own = [mention.span for mention in entity.mentions if not mention.background]
        if not own:
            continue
        body = [span for span in own if span.part == "body"] or own
        surfaces = tuple(dict.fromkeys(span.text for span in own))[:4]
        yield Named(entity.id, entity.type, entity.name, len(own), surfaces, _span(body[0]), found.around(body[0]))


def _days(message: ExtractedArticleV1) -> Iterator[DayNamed]:
    found = _Sentences(message)
    first = {d.value: d.span for d in reversed(message.extracted.dates) if d.precision != "year"}
    for value, span in sorted(first.items())[:_MOST]:
        yield DayNamed(value, found.around(span))
