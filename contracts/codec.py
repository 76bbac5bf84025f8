"""Bytes to messages and back: UTF-8 JSON values, CloudEvents 1.0 headers in Kafka's binary content mode.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
A record without headers is taken as the topic's newest version, so that any stock tool may publish.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from contracts.messages.base import Message, Ready
from contracts.messages.dead_letter import DeadLetterHeadersV1
from contracts.rejection import Reason
from contracts.topics import Topic

Headers = list[tuple[str, bytes]]
CONTENT_TYPE = "application/json; charset=utf-8"


class Undecodable(ValueError):  # noqa: N818  (a fact about the record, named as the field names it)
    """A record that is not the message its topic carries."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Encoded:
    """A record ready to send."""

    key: bytes
    value: bytes
    headers: Headers


def encode(topic: Topic, message: Message | Ready, *, time: datetime, source: str) -> Encoded:
    """The record of `message` on `topic`; `time` is when what it tells happened, `source` the room that tells it."""
    value = message.value if isinstance(message, Ready) else written(message)
    key = topic.key_of(message) if topic.key_of else ""
    identity = topic.id_of(message) if topic.id_of else hashlib.sha256(value).hexdigest()[:32]
    return Encoded(key.encode(errors="replace"), value, _headers(topic, identity, time, source))


def written(message: Message, only: set[str] | None = None) -> bytes:
    """A message, or `only` some of its fields, as the bytes of a record's value."""
    # model_dump_json would make a string of these bytes, for us to make bytes of again: a quarter of the cost.
    return message.__pydantic_serializer__.to_json(message, include=only, exclude_none=True)


def schema_uri(topic: Topic) -> str:
    """The identifier of the JSON Schema of a topic's message."""
    assert topic.ce_type is not None
    return f"urn:storybraid:schema:{topic.ce_type.removeprefix('storybraid.')}"


def _headers(topic: Topic, identity: str, time: datetime, source: str) -> Headers:
    values = {
        "ce_specversion": "1.0",
        "ce_id": identity,
        "ce_type": topic.ce_type or "",
        "ce_source": f"/storybraid/{source}",
        "ce_time": time.isoformat(),
        "ce_dataschema": schema_uri(topic),
        "content-type": CONTENT_TYPE,
    }
    return [(name, value.encode()) for name, value in values.items()]


def decode(topic: Topic, value: bytes | None, headers: Sequence[tuple[str, bytes]] | None = None) -> Message:
    """The message in a record; raises Undecodable with the reason. Unknown fields are dropped."""
    if topic.message is None:
        raise ValueError(f"{topic.name} carries no message of its own")
    _check_headers(topic, dict(headers or ()))
    return _parse(topic.message, _checked_bytes(topic, value))


def _check_headers(topic: Topic, headers: dict[str, bytes]) -> None:
    content_type = headers.get("content-type", b"application/json").decode(errors="replace").lower()
    if "json" not in content_type:
        raise Undecodable(Reason.UNSUPPORTED_CONTENT_TYPE, f"content-type {content_type[:100]!r} is not JSON")
    ce_type = headers.get("ce_type", (topic.ce_type or "").encode()).decode(errors="replace")
    if ce_type == topic.ce_type:
        return
    family = (topic.ce_type or "").rsplit(".v", 1)[0]
    same_family = ce_type.rsplit(".v", 1)[0] == family
    reason = Reason.UNKNOWN_VERSION if same_family else Reason.WRONG_TYPE
    raise Undecodable(reason, f"ce_type {ce_type[:100]!r}: {topic.name} carries {topic.ce_type}")


def _checked_bytes(topic: Topic, value: bytes | None) -> bytes:
    if not value:
        raise Undecodable(Reason.EMPTY_MESSAGE, "the record has no value")
    if len(value) > topic.max_message_bytes:
        raise Undecodable(Reason.TOO_LARGE, f"{len(value)} bytes, the limit is {topic.max_message_bytes}")
    try:
        value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Undecodable(Reason.INVALID_UTF8, f"byte {error.start}: {error.reason}") from None
    return value.removeprefix(b"\xef\xbb\xbf")


def _parse(message: type[Message], value: bytes) -> Message:
    try:
        return message.model_validate_json(value)
    except ValidationError as error:
        raise _undecodable(error) from None


def _undecodable(error: ValidationError) -> Undecodable:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if first["type"] != "json_invalid":
        where = ".".join(str(step) for step in first["loc"]) or "message"
        return Undecodable(Reason.WRONG_SCHEMA, f"{where}: {first['msg']} ({error.error_count()} in all)")
    reason = Reason.TOO_DEEP if "recursion" in first["msg"] else Reason.INVALID_JSON
    return Undecodable(reason, first["msg"])


def dead_letter_headers(original: Sequence[tuple[str, bytes]] | None, facts: DeadLetterHeadersV1) -> Headers:
    """The original's headers followed by the reason and coordinates, each as `dlq_<field>`."""
    kept = [(name, value) for name, value in original or () if not name.startswith("dlq_")]
    told = [(f"dlq_{name}", str(value).encode(errors="replace")) for name, value in facts.model_dump().items()]
    return kept + told


def read_dead_letter_headers(headers: Sequence[tuple[str, bytes]]) -> DeadLetterHeadersV1:
    """The reason and coordinates of a dead letter; raises ValidationError where they are missing."""
    told = {name.removeprefix("dlq_"): value.decode(errors="replace") for name, value in headers if name[:4] == "dlq_"}
    return DeadLetterHeadersV1.model_validate(told)
