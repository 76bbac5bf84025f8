"""What publishers send to `articles.raw.v1`."""

from typing import Annotated

from pydantic import Field

from contracts.messages.base import Message

# Publishers whose ids or dates are JSON numbers need not quote them.
Text = Annotated[str, Field(coerce_numbers_to_str=True)]


class RawArticleV1(Message):
    """One article as its publisher has it. A headline alone is legal; so is `html` in place of `body`.

    Ingest turns away what holds nothing to read (`empty_text`); an id or a date given as a JSON number is read as text.
    """

    body: str | None = Field(
        None, description="Plain text, paragraphs separated by newlines. Offsets in later messages point into it."
    )
    html: str | None = Field(
        None, description="The page, when the publisher has no plain text. Ignored where `body` is given."
    )
    id: Text | None = Field(
        None, max_length=500, description="The publisher's own id; the same id again is a new version of the article."
    )
    url: str | None = Field(None, max_length=4000)
    outlet: str | None = Field(None, max_length=300, description="Who published it.")
    headline: str | None = Field(None, max_length=4000)
    published_at: Text | None = Field(
        None, max_length=100, description="ISO 8601 date or date-time, or what the page says."
    )
    language: str | None = Field(
        None, max_length=35, description="BCP 47, as the publisher declares it: a hint, not the truth."
    )
    agency: str | None = Field(None, max_length=300, description="The agency the publisher credits.")
