"""Contracts and a schema registry: a real one, and the worker's start beside it."""

import copy
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from contracts.schemas.json_schema import all_schemas, schema_of
from contracts.topics import ACCEPTED, RAW, STORIES, TOPICS
from services.shared.runtime import schema_registry
from services.shared.runtime.brokers.embedded import EmbeddedBroker
from services.shared.runtime.failures import WRONG_DEPLOYMENT
from services.shared.runtime.schema_registry import IncompatibleError, RegistryAwayError, agree, draft_07
from services.shared.runtime.settings import RuntimeSettings
from tests.helpers.registry import registry
from tests.helpers.workers import TINY, Worker

CARRYING = [name for name, topic in TOPICS.items() if topic.message]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running registry."""
    with registry(tmp_path_factory.mktemp("registry") / "registry.log") as address:
        yield address


def _changed(monkeypatch: pytest.MonkeyPatch, topic: str, change: Any) -> None:
    def changed(asked: Any) -> dict[str, Any]:
        schema = copy.deepcopy(schema_of(asked))
        if asked.name == topic:
            change(schema)
        return schema

    monkeypatch.setattr(schema_registry, "schema_of", changed)


def test_every_contract_is_registered_once(address: str) -> None:
    """The first start registers every message's schema, the next finds them known; topics of bytes are passed over."""
    settings = RuntimeSettings(schema_registry=address)
    assert set(agree(settings, TOPICS)) == set(CARRYING)
    assert agree(settings, TOPICS) == dict.fromkeys(CARRYING, "known")
    with urllib.request.urlopen(f"{address}/subjects/{STORIES.name}-value/versions/latest", timeout=10) as answer:
        assert json.loads(json.load(answer)["schema"]) == draft_07(schema_of(STORIES))


def test_an_added_optional_field_is_a_new_version(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What our contracts allow within a version, the registry allows, and the version before stays known to it."""
    settings = RuntimeSettings(schema_registry=address)
    agree(settings, [RAW.name])
    with monkeypatch.context() as newer:
        _changed(newer, RAW.name, lambda s: s["properties"].update(section={"type": "string", "default": ""}))
        assert agree(settings, [RAW.name]) == {RAW.name: "registered"}
    assert agree(settings, [RAW.name]) == {RAW.name: "known"}


def test_a_broken_promise_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that changes its type is refused by the registry, and nothing is registered."""
    settings = RuntimeSettings(schema_registry=address)
    agree(settings, [ACCEPTED.name])
    _changed(monkeypatch, ACCEPTED.name, lambda s: s["properties"].update(article_id={"type": "integer"}))
    with pytest.raises(IncompatibleError, match="accepted"):
        agree(settings, [ACCEPTED.name])
    assert httpx.get(f"{address}/subjects/{ACCEPTED.name}-value/versions").json() == [1]


@pytest.mark.embedded
def test_a_worker_that_breaks_a_contract_does_not_start(address: str, tmp_path: Path) -> None:
    """Where the registry holds another promise, the worker ends with the code of a wrong deployment, and says why."""
    other = {"type": "object", "properties": {"article_id": {"type": "integer"}}, "required": ["article_id"]}
    subject = f"{TOPICS['articles.identified.v1'].name}-value"
    # What an earlier test has registered there goes first, so that the order of tests decides nothing.
    httpx.delete(f"{address}/subjects/{subject}")
    body = {"schema": json.dumps(other), "schemaType": "JSON"}
    assert httpx.post(f"{address}/subjects/{subject}/versions", json=body).status_code == 200
    httpx.put(f"{address}/config/{subject}", json={"compatibility": "FORWARD"})
    with EmbeddedBroker() as broker:
        worker = Worker("language_detection", broker.address, tmp_path, TINY, schema_registry=address).start()
        try:
            assert worker.wait_for_end(40) == WRONG_DEPLOYMENT
        finally:
            worker.stop()
    assert "schema registry refuses" in worker.tail()


@pytest.mark.embedded
def test_a_registry_that_is_away_is_waited_for(tmp_path: Path) -> None:
    """A worker whose registry does not answer is not ready and says so; it starts nothing unchecked."""
    with EmbeddedBroker() as broker:
        away = "http://127.0.0.1:9"
        worker = Worker("ingest", broker.address, tmp_path, TINY, schema_registry=away).start()
        try:
            worker.wait_until(ready=False)
            for _ in range(200):
                if "schema registry" in worker.ask("/readyz")[1]:
                    break
            assert "schema registry" in worker.ask("/readyz")[1]
        finally:
            worker.stop()


def test_no_registry_no_questions() -> None:
    """Without an address nothing is asked; with a wrong one the trouble is told as the surroundings'."""
    assert agree(RuntimeSettings(), TOPICS) == {}
    with pytest.raises(RegistryAwayError, match="schema registry"):
        agree(RuntimeSettings(schema_registry="http://127.0.0.1:9"), [RAW.name])


def test_the_older_dialect_says_the_same() -> None:
    """Every schema becomes draft-07 without a reference that leads nowhere or a keyword that it lacks."""
    for schema in all_schemas().values():
        older = draft_07(schema)
        text = json.dumps(older)
        assert "$defs" not in text
        assert "prefixItems" not in text
        names = {part.split('"')[0] for part in text.split("#/definitions/")[1:]}
        assert names <= set(older.get("definitions", {}))
