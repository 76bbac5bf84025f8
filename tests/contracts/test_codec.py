"""The codec: bytes to messages and back."""

from datetime import UTC, datetime

import pytest

from contracts import codec, topics
from contracts.codec import Undecodable
from contracts.messages.dead_letter import DeadLetterHeadersV1
from contracts.messages.raw_article import RawArticleV1
from contracts.rejection import MEANINGS, Reason

NOW = datetime(2026, 1, 7, 9, tzinfo=UTC)


def test_a_message_survives_the_wire() -> None:
    """What was encoded decodes to the same value, whatever its script."""
    article = RawArticleV1(body="سطر اول\nسطر دوم 🙂", headline="Заголовок", id="a-1")
    record = codec.encode(topics.RAW, article, time=NOW, source="test")
    assert codec.decode(topics.RAW, record.value, record.headers) == article


def test_values_are_plain_utf8() -> None:
    """Arabic stays readable on the wire: no \\u escapes, so any tool can read it and it takes half the bytes."""
    record = codec.encode(topics.RAW, RawArticleV1(body="خبر"), time=NOW, source="test")
    assert "خبر".encode() in record.value


def test_headers_are_cloudevents_binary_mode() -> None:
    """Every record carries the CloudEvents 1.0 attributes of the Kafka binding."""
    record = codec.encode(topics.RAW, RawArticleV1(body="x", id="7"), time=NOW, source="ingest")
    headers = dict(record.headers)
    assert headers["ce_specversion"] == b"1.0"
    assert headers["ce_type"] == b"storybraid.raw_article.v1"
    assert headers["ce_source"] == b"/storybraid/ingest"
    assert headers["ce_time"] == b"2026-01-07T09:00:00+00:00"
    assert headers["ce_dataschema"] == b"urn:storybraid:schema:raw_article.v1"
    assert headers["content-type"].startswith(b"application/json")
    assert headers["ce_id"]


def test_a_record_without_headers_is_the_newest_version() -> None:
    """Stock tools need not know CloudEvents to publish."""
    assert codec.decode(topics.RAW, b'{"body": "x"}').model_dump()["body"] == "x"


def test_unknown_fields_are_no_reason_to_reject() -> None:
    """A publisher may send more than we know."""
    assert codec.decode(topics.RAW, b'{"body": "x", "colour": [1, {"a": 2}]}') == RawArticleV1(body="x")


def test_numbers_serve_as_ids_and_dates() -> None:
    """Publishers whose ids are numbers need not quote them."""
    assert codec.decode(topics.RAW, b'{"body": "x", "id": 17}') == RawArticleV1(body="x", id="17")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", Reason.EMPTY_MESSAGE),
        (None, Reason.EMPTY_MESSAGE),
        (b'{"body": ', Reason.INVALID_JSON),
        (b"not json", Reason.INVALID_JSON),
        (b'{"body": "\xff\xfe"}', Reason.INVALID_UTF8),
        (b'{"body": "\xed\xa0\x80"}', Reason.INVALID_UTF8),
        (b'{"body": "\\ud800"}', Reason.INVALID_JSON),
        (b"[" * 100_000, Reason.TOO_DEEP),
        (b'{"a": ' + b"[" * 5_000 + b"]" * 5_000 + b', "body": "x"}', Reason.TOO_DEEP),
        (b"null", Reason.WRONG_SCHEMA),
        (b"[]", Reason.WRONG_SCHEMA),
        (b'{"body": ["x"]}', Reason.WRONG_SCHEMA),
        (b'{"body": "x", "outlet": {"name": "y"}}', Reason.WRONG_SCHEMA),
        (b'{"body": "' + b"x" * topics.RAW.max_message_bytes + b'"}', Reason.TOO_LARGE),
    ],
)
def test_what_is_not_a_message_says_why(value: bytes | None, reason: Reason) -> None:
    """Every kind of broken record has its own reason and a sentence for a person."""
    with pytest.raises(Undecodable) as caught:
        codec.decode(topics.RAW, value)
    assert caught.value.reason is reason
    assert caught.value.detail


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (("ce_type", b"storybraid.raw_article.v9"), Reason.UNKNOWN_VERSION),
        (("ce_type", b"storybraid.story.v1"), Reason.WRONG_TYPE),
        (("ce_type", b"\xff\xfe"), Reason.WRONG_TYPE),
        (("content-type", b"application/avro"), Reason.UNSUPPORTED_CONTENT_TYPE),
    ],
)
def test_headers_that_name_another_message_are_believed(header: tuple[str, bytes], reason: Reason) -> None:
    """A record that says it is something else is never read as if it were ours."""
    with pytest.raises(Undecodable) as caught:
        codec.decode(topics.RAW, b'{"body": "x"}', [header])
    assert caught.value.reason is reason


def test_a_dead_letter_keeps_the_original_headers_and_tells_its_reason() -> None:
    """Nothing of the original record is lost, and the reason can be read back."""
    facts = DeadLetterHeadersV1(
        reason="invalid_json", detail="متن", stage="ingest", topic="articles.raw.v1", partition=2, offset=41,
        failed_at=NOW.isoformat(),
    )  # fmt: skip
    headers = codec.dead_letter_headers([("trace", b"1"), ("dlq_reason", b"older")], facts)
    assert headers[0] == ("trace", b"1")
    assert [name for name, _ in headers].count("dlq_reason") == 1
    assert codec.read_dead_letter_headers(headers) == facts


def test_every_reason_has_a_meaning() -> None:
    """The list of reasons and the list of their meanings are the same list."""
    assert set(MEANINGS) == set(Reason)
