"""A raw article becomes an accepted one, or is turned away with a reason. Pure; the time of receipt is an argument."""

from datetime import UTC, datetime
from functools import cache

from contracts.messages.accepted_article import AcceptedArticleV1, CharacterMarkV1, PublicationDateV1
from contracts.messages.raw_article import RawArticleV1
from contracts.messages.spans import SpanV1
from contracts.rejection import Reason, Rejection
from services.ingest import packs
from services.ingest.domain.article import MAX_BODY, MAX_HTML, Content, take_content
from services.ingest.domain.characters import character_marks, is_readable, without_surrogates
from services.ingest.domain.dates import DateWords
from services.ingest.domain.identity import article_id, version_id
from services.ingest.domain.publication import Publication, Told, publication


@cache
def _words() -> DateWords:
    return packs.load()


def accept_message(raw: RawArticleV1, received_at: datetime) -> AcceptedArticleV1 | Rejection:
    """The accepted article, or why there is none."""
    refusal = _refused(raw)
    if refusal:
        return refusal
    content = take_content(raw.headline, raw.body, raw.html)
    if not is_readable(content.body) and not is_readable(content.headline):
        return _unreadable(raw)
    if len(content.body) > MAX_BODY:
        return Rejection(
            Reason.TOO_LARGE, f"the page's text has {len(content.body)} characters, the limit is {MAX_BODY}"
        )
    if "\x00" in content.body or "\x00" in (content.headline or ""):
        return Rejection(Reason.NULL_BYTES, "the page's text holds a null character")
    received = received_at if received_at.tzinfo else received_at.replace(tzinfo=UTC)
    return _accepted(raw, content, received)


def _refused(raw: RawArticleV1) -> Rejection | None:
    for name, text in (("body", raw.body), ("headline", raw.headline), ("html", raw.html)):
        at = (text or "").find("\x00")
        if at >= 0:
            return Rejection(Reason.NULL_BYTES, f"{name} holds a null character at {at}")
    if raw.body and len(raw.body) > MAX_BODY:
        return Rejection(Reason.TOO_LARGE, f"body has {len(raw.body)} characters, the limit is {MAX_BODY}")
    if raw.html and len(raw.html) > MAX_HTML:
        return Rejection(Reason.TOO_LARGE, f"html has {len(raw.html)} characters, the limit is {MAX_HTML}")
    return None


def _unreadable(raw: RawArticleV1) -> Rejection:
    if is_readable(raw.html) and not raw.body:
        return Rejection(Reason.UNREADABLE_HTML, f"no text in {len(raw.html or '')} characters of html")
    return Rejection(Reason.EMPTY_TEXT, "neither body nor headline holds a letter or a digit")


def _accepted(raw: RawArticleV1, content: Content, received: datetime) -> AcceptedArticleV1:
    url = raw.url or content.url
    outlet = raw.outlet or content.outlet
    identity = article_id(raw.id, outlet, url, content.headline, content.body)
    told = Told(raw.published_at, content.date, url, content.body, received)
    return AcceptedArticleV1(
        article_id=identity,
        version_id=version_id(content.headline, content.body),
        source_id=without_surrogates(raw.id or raw.url or identity),
        url=url,
        outlet=outlet,
        headline=content.headline,
        body=content.body,
        body_from=content.body_from,
        declared_language=raw.language or content.language,
        declared_agency=raw.agency,
        published=_published(publication(told, _words()), content.body),
        received_at=received,
        marks=_marks(content),
    )


def _published(found: Publication, body: str) -> PublicationDateV1:
    place = found.place
    return PublicationDateV1(
        value=found.when.value,
        precision=found.when.precision,
        source=found.source,
        confidence=found.confidence,
        span=SpanV1(start=place[0], end=place[1], text=body[place[0] : place[1]]) if place else None,
    )


def _marks(content: Content) -> tuple[CharacterMarkV1, ...]:
    headline = (
        CharacterMarkV1(kind=m.kind, count=m.count, part="headline") for m in character_marks(content.headline or "")
    )
    body = (CharacterMarkV1(kind=m.kind, count=m.count) for m in character_marks(content.body))
    return (*headline, *body)
