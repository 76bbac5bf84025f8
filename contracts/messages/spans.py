"""Where in an article something stands."""

from typing import Literal

from pydantic import Field

from contracts.messages.base import Message

Part = Literal["headline", "body"]


class SpanV1(Message):
    """A stretch of one article's headline or body; `part[start:end] == text`, in Unicode code points."""

    part: Part = "body"
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
