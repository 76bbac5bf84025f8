"""Between the domain's values and the messages on the wire."""

import datetime
from typing import Literal

from contracts.messages import extracted_article as wire
from contracts.messages.accepted_article import PublicationDateV1
from contracts.messages.identified_article import IdentifiedArticleV1
from contracts.messages.spans import SpanV1
from services.extraction.domain.article import Findings
from services.extraction.domain.knowledge import Knowledge
from services.extraction.domain.quantities import Date, Number, PublishedDay
from services.extraction.domain.speech import Commitment, Position, Quotation
from services.extraction.domain.values import ArticleText, Entity, Span


def published_day(article: IdentifiedArticleV1) -> PublishedDay:
    """The day of publication as ingest knew it; a month counts from its first day."""
    told = article.published
    parts = [int(part) for part in told.value[:10].split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    precision: Literal["day", "month"] = "month" if told.precision == "month" else "day"
    return PublishedDay(datetime.date(year, month, day), precision, told.source, told.confidence)


def published_again(article: IdentifiedArticleV1, findings: Findings) -> PublicationDateV1:
    """What ingest knew, or what the text tells where that is sharper."""
    day = findings.quantities.published
    if day == published_day(article):
        return article.published
    return PublicationDateV1(
        value=day.value.isoformat() if day.precision == "day" else day.value.isoformat()[:7],
        precision="day" if day.precision == "day" else "month",
        source=day.source,
        confidence=day.confidence,
        span=_maybe(findings.text, day.span),
    )


def extraction(findings: Findings, knowledge: Knowledge) -> wire.ExtractionV1:
    """The findings as a message; every span carries its surface."""
    text, found = findings.text, findings.quantities
    return wire.ExtractionV1(
        blocks=tuple(
            wire.BlockV1(part=b.span.part, start=b.span.start, end=b.span.end, kind=b.kind, reason=b.reason)
            for b in text.blocks
        ),
        sentences=tuple(
            wire.SentenceV1(part=s.span.part, start=s.span.start, end=s.span.end, kind=s.kind) for s in text.sentences
        ),
        entities=tuple(_entity(text, entity) for entity in findings.entities),
        numbers=tuple(_number(text, number) for number in found.numbers),
        dates=tuple(_date(text, date) for date in found.dates if not date.in_boilerplate),
        quotations=tuple(_quotation(text, one) for one in findings.quotations.quotations),
        terms=tuple(wire.TermV1(span=_span(text, t.span), kind=t.kind) for t in findings.quotations.terms),
        commitments=tuple(_commitment(text, one) for one in findings.commitments),
        positions=tuple(_position(text, one) for one in findings.positions),
        credits=tuple(
            wire.CreditV1(agency=c.agency, name=c.name, role=c.role, span=_maybe(text, c.span))
            for c in findings.credits
        ),
        candidates=tuple(
            wire.CandidateV1(text=c.text, skeleton=c.skeleton, spans=tuple(_span(text, s) for s in c.spans))
            for c in findings.candidates
        ),
        event=wire.EventV1(
            date=found.event.date.isoformat() if found.event.date else None,
            place=findings.place,
            confidence=found.event.confidence,
        ),
        truncated=text.truncated,
        packs=knowledge.versions,
    )


def _span(text: ArticleText, span: Span) -> SpanV1:
    return SpanV1(part=span.part, start=span.start, end=span.end, text=text.surface(span))


def _maybe(text: ArticleText, span: Span | None) -> SpanV1 | None:
    return _span(text, span) if span else None


def _entity(text: ArticleText, entity: Entity) -> wire.EntityV1:
    mentions = tuple(
        wire.MentionV1(span=_span(text, m.span), via=m.via, background=m.background) for m in entity.mentions
    )
    return wire.EntityV1(id=entity.id, type=entity.type, name=entity.name, wikidata=entity.wikidata, mentions=mentions)


def _number(text: ArticleText, number: Number) -> wire.NumberV1:
    return wire.NumberV1(
        value=number.value,
        high=number.high,
        unit=number.unit,
        counted=_maybe(text, number.counted),
        qualifier=number.qualifier,
        kind=number.kind,
        span=_span(text, number.span),
        background=number.background,
    )


def _date(text: ArticleText, date: Date) -> wire.DateV1:
    return wire.DateV1(
        value=date.value,
        precision=date.precision,
        kind=date.kind,
        calendar=date.calendar,
        span=_span(text, date.span),
        background=date.background,
    )


def _quotation(text: ArticleText, one: Quotation) -> wire.QuotationV1:
    return wire.QuotationV1(
        kind=one.kind,
        span=_span(text, one.span),
        speaker=one.speaker,
        speaker_name=one.speaker_name,
        speaker_span=_maybe(text, one.speaker_span),
        cue=_maybe(text, one.cue),
        nested_in=one.nested_in,
        background=one.background,
    )


def _commitment(text: ArticleText, one: Commitment) -> wire.CommitmentV1:
    return wire.CommitmentV1(
        item=one.item,
        actor=one.actor,
        actor_name=one.actor_name,
        actor_span=_maybe(text, one.actor_span),
        modality=one.modality,
        polarity=one.polarity,
        condition=_maybe(text, one.condition),
        span=_span(text, one.span),
        sentence=_span(text, one.sentence),
        background=one.background,
    )


def _position(text: ArticleText, one: Position) -> wire.PositionV1:
    return wire.PositionV1(
        position=one.position,
        holder=one.holder,
        holder_name=one.holder_name,
        span=_span(text, one.span),
        sentence=_span(text, one.sentence),
        background=one.background,
    )
