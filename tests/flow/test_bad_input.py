"""Whatever arrives, the worker goes on: each kind of rubbish ends in the right dead-letter topic, byte for byte."""

import json

import pytest

from contracts import codec
from contracts.topics import RAW, STORIES
from services.shared.runtime.stage import Outgoing, Record
from tests.helpers.builders import BRIDGE, raw, raw_bytes
from tests.helpers.pipelines import Pipeline

assert RAW.dead_letter is not None
DEAD = RAW.dead_letter

BAD: dict[str, tuple[str, Outgoing]] = {
    "broken JSON": ("invalid_json", raw_bytes(b'{"body": "never clos', "bad-json")),
    "not JSON at all": ("invalid_json", raw_bytes(b"Hello, newsroom", "bad-text")),
    "wrong schema": ("wrong_schema", raw_bytes(b'{"body": ["a", "list"]}', "bad-schema")),
    "nothing to read": ("empty_text", raw_bytes(b'{"outlet": "The Silent Post"}', "bad-empty")),
    "unknown version": (
        "unknown_version",
        raw_bytes(b'{"body": "x"}', "bad-version", [("ce_type", b"storybraid.raw_article.v9")]),
    ),
    "another topic's message": (
        "wrong_type", raw_bytes(b'{"body": "x"}', "bad-type", [("ce_type", b"storybraid.story.v1")])
    ),
    "not JSON by its header": (
        "unsupported_content_type", raw_bytes(b'{"body": "x"}', "bad-content", [("content-type", b"text/csv")])
    ),
    "invalid UTF-8": ("invalid_utf8", raw_bytes(b'{"body": "\xff\xfe"}', "bad-utf8")),
    "no letters": ("empty_text", raw_bytes(b'{"body": "... --- ..."}', "bad-letters")),
    "5 MB of text": ("too_large", raw("bad-size", "word " * 1_048_576)),
    "null characters": ("null_bytes", raw("bad-null", "before\x00after")),
    "deep nesting": ("too_deep", raw_bytes(b'{"body":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "bad-deep")),
    "no value": ("empty_message", raw_bytes(None, "bad-none")),
}  # fmt: skip


def _fitting(kind: str, pipeline: Pipeline) -> tuple[str, Outgoing]:
    """The message; of a text that the embedded bus cannot hold, as much as it can, which is still far too large."""
    reason, sent = BAD[kind]
    if len(sent.value or b"") <= pipeline.largest:
        return reason, sent
    return reason, raw("bad-size", "word " * (pipeline.largest // 8))


def _letters(records: list[Record], key: bytes | None) -> list[Record]:
    return [record for record in records if record.key == key]


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_put_aside_with_its_reason(pipeline: Pipeline, kind: str) -> None:
    """The dead letter holds the original bytes, key and headers, the reason, and the coordinates."""
    reason, sent = _fitting(kind, pipeline)
    pipeline.publish([sent])
    records = pipeline.read(DEAD, lambda seen: bool(_letters(seen, sent.key)))
    letter = _letters(records, sent.key)[-1]
    facts = codec.read_dead_letter_headers(letter.headers)
    assert facts.reason == reason
    assert letter.value == sent.value
    assert set(sent.headers) <= set(letter.headers)
    assert (facts.stage, facts.topic) == ("ingest", RAW.name)
    assert facts.detail


def test_the_worker_goes_on_after_all_of_it(pipeline: Pipeline) -> None:
    """A good article published after every kind of rubbish still becomes a story."""
    pipeline.publish([_fitting(kind, pipeline)[1] for kind in BAD])
    pipeline.publish([raw("after-the-rubbish", BRIDGE.replace("Dorrin", "Halst"))])
    pipeline.read(STORIES.name, lambda seen: any(b"after-the-rubbish" in (record.value or b"") for record in seen))


def test_control_characters_pass(pipeline: Pipeline) -> None:
    """Bidi overrides are no reason to reject; the article becomes a story."""
    pipeline.publish([raw("bidi-1", BRIDGE.replace("Monday", "\u202eMonday\u202c"))])
    pipeline.read(STORIES.name, lambda seen: any(b"bidi-1" in (record.value or b"") for record in seen))


def test_unknown_fields_are_dropped(pipeline: Pipeline) -> None:
    """A publisher's own fields neither reject an article nor travel on."""
    article = {"id": "extra-1", "body": BRIDGE.replace("Kell", "Sorn"), "priority": 7}
    pipeline.publish([raw_bytes(json.dumps(article).encode(), "extra-1")])
    records = pipeline.read(STORIES.name, lambda seen: any(b"extra-1" in (record.value or b"") for record in seen))
    assert not any(b'"priority"' in (record.value or b"") for record in records)
