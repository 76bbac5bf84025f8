"""The headers of a dead letter. Its value is the original message, byte for byte."""

from pydantic import Field

from contracts.messages.base import Message


class DeadLetterHeadersV1(Message):
    """Why a message was put aside, and where it came from. Header names on the wire are `dlq_` + field."""

    reason: str = Field(description="A reason from the room's list, e.g. invalid_json, wrong_schema, empty_text.")
    detail: str = Field(description="What exactly was wrong, for a person.")
    stage: str = Field(description="The room that rejected it.")
    topic: str
    partition: int
    offset: int
    failed_at: str = Field(description="ISO 8601 UTC.")
    attempts: int = 1
