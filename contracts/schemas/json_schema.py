"""JSON Schema (2020-12) of every message, from its model."""

from typing import Any

from contracts.codec import schema_uri
from contracts.topics import TOPICS, Topic

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(topic: Topic) -> dict[str, Any]:
    """The JSON Schema of the message a topic carries."""
    assert topic.message is not None
    body = topic.message.model_json_schema(mode="serialization" if topic.name != "articles.raw.v1" else "validation")
    return {"$schema": DIALECT, "$id": schema_uri(topic), **_open(body)}


def file_name(topic: Topic) -> str:
    """`raw_article.v1.json` and the like."""
    assert topic.ce_type is not None
    return f"{topic.ce_type.removeprefix('storybraid.')}.json"


def all_schemas() -> dict[str, dict[str, Any]]:
    """File name -> schema, for every topic that has a message."""
    return {file_name(topic): schema_of(topic) for topic in TOPICS.values() if topic.message}


def _open(schema: dict[str, Any]) -> dict[str, Any]:
    """Readers must bear unknown fields, and what has a default may be left out on the wire."""
    for part in (schema, *schema.get("$defs", {}).values()):
        properties = part.get("properties", {})
        required = [name for name in part.get("required", []) if "default" not in properties[name]]
        part.pop("required", None)
        if required:
            part["required"] = required
    return schema
