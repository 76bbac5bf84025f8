"""Why a message was put aside: the one vocabulary of reasons for every room, with what each means."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Every reason a dead letter can carry. Counted under this label, listed in the rooms' READMEs."""

    INVALID_UTF8 = "invalid_utf8"
    INVALID_JSON = "invalid_json"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    EMPTY_MESSAGE = "empty_message"
    WRONG_SCHEMA = "wrong_schema"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_VERSION = "unknown_version"
    UNSUPPORTED_CONTENT_TYPE = "unsupported_content_type"
    EMPTY_TEXT = "empty_text"
    NULL_BYTES = "null_bytes"
    UNREADABLE_HTML = "unreadable_html"
    POISON = "poison"


MEANINGS: dict[Reason, str] = {
    Reason.INVALID_UTF8: "the value is not UTF-8",
    Reason.INVALID_JSON: "the value is not JSON",
    Reason.TOO_DEEP: "the JSON is nested deeper than any message",
    Reason.TOO_LARGE: "the message or its text is larger than the limit",
    Reason.EMPTY_MESSAGE: "the record has no value",
    Reason.WRONG_SCHEMA: "the JSON is not the message this topic carries",
    Reason.WRONG_TYPE: "the ce_type header names a message of another topic",
    Reason.UNKNOWN_VERSION: "the ce_type header names a version this worker does not know",
    Reason.UNSUPPORTED_CONTENT_TYPE: "the content-type header is not JSON",
    Reason.EMPTY_TEXT: "nothing readable is left: no body, no headline, no text in the HTML",
    Reason.NULL_BYTES: "the text holds null characters",
    Reason.UNREADABLE_HTML: "no article could be taken out of the HTML",
    Reason.POISON: "the message stopped a worker three times",
}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A handler's answer to a message it cannot use; `detail` tells a person what exactly was wrong."""

    reason: Reason
    detail: str
