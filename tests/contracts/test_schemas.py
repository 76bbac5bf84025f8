"""Models, schemas, topics and examples say the same thing."""

import copy
import json
import types
import typing
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from pydantic import BaseModel

from contracts import codec
from contracts.compatibility import breaks
from contracts.schemas.__main__ import documents
from contracts.schemas.json_schema import file_name, schema_of
from contracts.topics import INPUTS, TOPICS, Topic

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
WITH_MESSAGE = [topic for topic in TOPICS.values() if topic.message]


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(documents()))
def test_the_committed_documents_are_the_generated_ones(name: str) -> None:
    """Schemas and the AsyncAPI document are never edited by hand: `python -m contracts.schemas` writes them."""
    assert (CONTRACTS / "schemas" / name).read_text(encoding="utf-8") == documents()[name]


def test_the_asyncapi_document_is_valid() -> None:
    """The document of all topics holds to AsyncAPI 3.0's own schema."""
    specification = _load(Path(__file__).parent / "specs" / "asyncapi-3.0.0.json")
    jsonschema_rs.validator_for(specification).validate(_load(CONTRACTS / "schemas" / "asyncapi.json"))


def test_the_asyncapi_document_names_every_topic() -> None:
    """No topic is missing from the document, and none stands there that does not exist."""
    channels = _load(CONTRACTS / "schemas" / "asyncapi.json")["channels"]
    assert {channel["address"] for channel in channels.values()} == set(TOPICS)


@pytest.mark.parametrize("topic", WITH_MESSAGE, ids=lambda topic: topic.name)
def test_every_message_has_examples_that_decode_and_validate(topic: Topic) -> None:
    """Each example is legal by the schema and by the model, and loses nothing on the way."""
    kind, version = file_name(topic).removesuffix(".json").split(".")
    examples = sorted((CONTRACTS / "examples" / kind / version).glob("*.json"))
    assert examples, f"no example of {topic.name}"
    validator = jsonschema_rs.validator_for(schema_of(topic))
    for example in examples:
        validator.validate(_load(example))
        message = codec.decode(topic, example.read_bytes())
        assert codec.decode(topic, message.model_dump_json(exclude_none=True).encode()) == message


@pytest.mark.parametrize("topic", WITH_MESSAGE, ids=lambda topic: topic.name)
def test_a_version_only_ever_gains_optional_fields(topic: Topic) -> None:
    """What was released stays readable: the current schema keeps every promise of the frozen one."""
    frozen = _load(CONTRACTS / "schemas" / "frozen" / file_name(topic))
    assert breaks(frozen, schema_of(topic)) == []


def _with(change: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"$ref": "#/$defs/B"}},
        "required": ["a"],
        "$defs": {"B": {"type": "object", "properties": {"c": {"type": "integer"}}}},
    }
    schema = copy.deepcopy(schema)
    match change:
        case "optional added":
            schema["properties"]["d"] = {"type": "string"}
        case "removed":
            del schema["properties"]["a"]
        case "required added":
            schema["required"].append("b")
        case "no longer required":
            schema["required"] = []
        case "type changed":
            schema["properties"]["a"]["type"] = "integer"
        case "inner type changed":
            schema["$defs"]["B"]["properties"]["c"]["type"] = "string"
        case "enum added":
            schema["properties"]["a"]["enum"] = ["x"]
    return schema


@pytest.mark.parametrize(
    "change", ["removed", "required added", "no longer required", "type changed", "inner type changed", "enum added"]
)
def test_a_breaking_change_is_seen(change: str) -> None:
    """The compatibility check finds each kind of break that is planted."""
    assert breaks(_with("nothing"), _with(change))


def test_an_added_optional_field_is_no_break() -> None:
    """Adding an optional field is the one change allowed."""
    assert breaks(_with("nothing"), _with("optional added")) == []


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    if model in seen:
        return seen
    seen.add(model)
    for field in model.model_fields.values():
        for inner in _leaves(field.annotation):
            _models(inner, seen)
    return seen


def _leaves(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [leaf for argument in typing.get_args(annotation) for leaf in _leaves(argument)]


def _nullable(annotation: Any) -> bool:
    return isinstance(annotation, types.UnionType) and types.NoneType in typing.get_args(annotation)


def test_what_may_be_null_may_be_left_out() -> None:
    """Empty fields are not written, so every field that may be null must have a default."""
    models: set[type[BaseModel]] = set()
    for topic in WITH_MESSAGE:
        assert topic.message
        _models(topic.message, models)
    bad = [
        f"{model.__name__}.{name}"
        for model in models
        for name, field in model.model_fields.items()
        if _nullable(field.annotation) and field.is_required()
    ]
    assert bad == []


def test_every_input_has_a_dead_letter_topic_that_takes_its_largest_message() -> None:
    """Whatever arrives can be put aside whole, headers included."""
    for topic in INPUTS:
        assert topic.dead_letter
        assert TOPICS[topic.dead_letter].max_message_bytes > topic.max_message_bytes
