"""The AsyncAPI 3.0 document of the bus (https://www.asyncapi.com/docs/reference/specification/v3.0.0)."""

from typing import Any

from contracts.schemas.json_schema import file_name
from contracts.topics import CHANGES, RAW, STORIES, TOPICS, Topic

_HEADERS = {
    "ce_specversion": "Always 1.0.",
    "ce_id": "Deterministic id: the same again is a repeat.",
    "ce_type": "Message and version.",
    "ce_source": "The room that wrote it.",
    "ce_time": "ISO 8601.",
    "ce_dataschema": "URN of the JSON Schema.",
    "traceparent": "W3C trace context, where tracing is on; no part of the message.",
    "content-type": "application/json; charset=utf-8",
}


def document(version: str) -> dict[str, Any]:
    """The whole document as a JSON value; schemas are referenced by file name."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "storybraid",
            "version": version,
            "description": "News articles in, one consolidated story per real event out.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {_key(topic): _channel(topic) for topic in TOPICS.values()},
        "operations": _operations(),
        "components": {"messages": {_key(topic): _message(topic) for topic in TOPICS.values()}},
    }


def _key(topic: Topic) -> str:
    return topic.name.replace(".", "_").replace("-", "_")


def _channel(topic: Topic) -> dict[str, Any]:
    kafka = {
        "topic": topic.name,
        "partitions": topic.partitions,
        "topicConfiguration": _configuration(topic),
        "bindingVersion": "0.5.0",
    }
    return {
        "address": topic.name,
        "description": topic.meaning,
        "messages": {_key(topic): {"$ref": f"#/components/messages/{_key(topic)}"}},
        "bindings": {"kafka": kafka},
    }


def _configuration(topic: Topic) -> dict[str, Any]:
    settings: dict[str, Any] = {"cleanup.policy": [topic.cleanup], "max.message.bytes": topic.max_message_bytes}
    kept = {"retention.ms": topic.retention_ms, "retention.bytes": topic.retention_bytes}
    return settings | (kept if topic.cleanup == "delete" else {})


def _message(topic: Topic) -> dict[str, Any]:
    if topic.message is None:
        return {"name": topic.name, "summary": topic.meaning, "payload": {}}
    return {
        "name": topic.ce_type,
        "summary": topic.meaning,
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "properties": {name: {"type": "string", "description": text} for name, text in _HEADERS.items()},
        },
        "payload": {"$ref": f"./{file_name(topic)}"},
        "bindings": {"kafka": {"key": {"type": "string", "description": topic.key}, "bindingVersion": "0.5.0"}},
    }


def _operations() -> dict[str, Any]:
    return {
        "publishArticle": _operation("receive", RAW, "Publish an article."),
        "subscribeStories": _operation("send", STORIES, "The newest state of every story."),
        "subscribeChanges": _operation("send", CHANGES, "Every change of every story."),
    }


def _operation(action: str, topic: Topic, summary: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{_key(topic)}"}, "summary": summary}
