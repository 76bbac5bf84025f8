"""What ingest makes of a raw article: `articles.accepted.v1`."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from contracts.messages.base import Message
from contracts.messages.spans import SpanV1

DateSource = Literal["header", "meta", "url", "text", "assumed"]


class PublicationDateV1(Message):
    """When the article was published, where that was read, and how sure one may be."""

    value: str = Field(
        description="ISO 8601: a date-time with offset, a day, or a month, as precise as `precision` says."
    )
    precision: Literal["second", "day", "month"]
    source: DateSource = Field(
        description="header: the publisher's field; meta: the page; assumed: the time of receipt."
    )
    confidence: float = Field(ge=0, le=1)
    span: SpanV1 | None = Field(None, description="The place in the text, where the text told it.")


class CharacterMarkV1(Message):
    """Control or invisible characters that were let through but must never be obeyed (bidi overrides and the like)."""

    kind: str
    count: int
    part: Literal["headline", "body"] = "body"


class AcceptedArticleV1(Message):
    """A readable article with a deterministic id. `headline` and `body` never change after this point."""

    article_id: str = Field(
        description="Deterministic: the same publisher id or url, or else the same text, gives the same article_id."
    )
    version_id: str = Field(
        description="Hash of the content: differs when the publisher changed the article under the same id."
    )
    source_id: str = Field(description="The publisher's id, else the url, else the article_id.")
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    body: str = Field(description="The text all offsets point into. Empty for a headline alone.")
    body_from: Literal["body", "html", "none"] = "body"
    declared_language: str | None = None
    declared_agency: str | None = None
    published: PublicationDateV1
    received_at: datetime
    marks: tuple[CharacterMarkV1, ...] = ()
