"""The contracts over HTTP, as every worker serves them."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from contracts.schemas.json_schema import all_schemas
from services.shared.runtime import serving
from services.shared.runtime.health import Health
from tests.helpers.bus import FixedClock


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A worker's server on loopback."""
    server = serving.serve(Health("ingest", FixedClock()), "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def _get(url: str) -> tuple[str, Any]:
    with urllib.request.urlopen(url, timeout=5) as answer:
        assert answer.headers["Content-Type"] == "application/json"
        return answer.url, json.load(answer)


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        yield from _references(each)


def test_every_schema_is_served_as_the_code_has_it(address: str) -> None:
    """The list names every schema, and each answers with what the models say."""
    _, names = _get(f"{address}/schemas/")
    assert set(names) == {*all_schemas(), "asyncapi.json"}
    for name, schema in all_schemas().items():
        assert _get(f"{address}/schemas/{name}")[1] == schema


def test_the_references_of_the_asyncapi_document_lead_to_schemas(address: str) -> None:
    """Whoever reads /asyncapi.json finds every schema it points at, from where it was served."""
    url, document = _get(f"{address}/asyncapi.json")
    outside = {reference for reference in _references(document) if not reference.startswith("#")}
    assert len(outside) == len(all_schemas())
    for reference in outside:
        assert "$id" in _get(urllib.parse.urljoin(url, reference))[1]


@pytest.mark.parametrize("path", ["/schemas/absent.json", "/schemas/../settings.py", "/schemas", "/elsewhere"])
def test_nothing_else_is_served(address: str, path: str) -> None:
    """Only published documents have an address; no path leads to another file."""
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(address + path, timeout=5)
    assert refusal.value.code == 404
    refusal.value.close()
