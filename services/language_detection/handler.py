"""Accepted article in, identified article out. Pure: no I/O, no clock; the models are an argument."""

from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.messages.identified_article import (
    IdentifiedArticleV1,
    LanguageEvidenceV1,
    LanguagePartV1,
    LanguageV1,
)
from contracts.messages.spans import SpanV1
from services.language_detection.domain import article as domain
from services.language_detection.domain.article import Models
from services.language_detection.domain.values import Evidence, PartJudged, Span, Verdict

__all__ = ["Models", "identify"]


def identify(article: AcceptedArticleV1, models: Models) -> IdentifiedArticleV1:
    """The article with its language, variety and paragraphs' languages added; nothing else changes."""
    verdict = domain.identify(article.headline, article.body, article.declared_language, models)
    fields = {name: getattr(article, name) for name in AcceptedArticleV1.model_fields}
    return IdentifiedArticleV1(**fields, identified=_language(verdict, article, models))


def _language(verdict: Verdict, article: AcceptedArticleV1, models: Models) -> LanguageV1:
    code = verdict.judged.iso639_3
    return LanguageV1(
        language=models.tag(code),
        iso639_3=code,
        script=verdict.script,
        confidence=verdict.judged.confidence,
        evidence=tuple(_evidence(item, article) for item in verdict.judged.evidence),
        parts=tuple(_part(part, models) for part in verdict.parts),
        model_version=models.version,
    )


def _evidence(item: Evidence, article: AcceptedArticleV1) -> LanguageEvidenceV1:
    return LanguageEvidenceV1(
        kind=item.kind,
        says=item.says,
        weight=item.weight,
        name=item.name,
        spans=tuple(_span(span, article) for span in item.spans),
    )


def _span(span: Span, article: AcceptedArticleV1) -> SpanV1:
    text = (article.headline or "") if span.part == "headline" else article.body
    return SpanV1(part=span.part, start=span.start, end=span.end, text=text[span.start : span.end])


def _part(part: PartJudged, models: Models) -> LanguagePartV1:
    return LanguagePartV1(
        part=part.span.part,
        start=part.span.start,
        end=part.span.end,
        language=models.tag(part.iso639_3),
        iso639_3=part.iso639_3,
        confidence=part.confidence,
    )
