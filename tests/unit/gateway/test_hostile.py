"""Input meant to break the gateway."""

import asyncio
import json
import socket
from pathlib import Path
from unittest.mock import Mock

import httpx
import pytest

from contracts.messages.extracted_article import ExtractedArticleV1
from services.gateway.projection.writer import Batch
from tests.helpers.gateways import EXAMPLES, Gateway, story
from tests.helpers.streams import Listener, client

BREAKING = "one\n\nevent: reset\ndata: {}\n\nid: zzzz.9\r\n\r\u2028\u2029\u0085<script>\u202e\ufeff\x00"


async def test_a_headline_cannot_speak_in_the_streams_name(gateway: Gateway) -> None:
    """Line breaks of every kind in a title stay inside the one event's JSON."""
    gateway.tell(story(1, BREAKING), story(2))
    async with gateway.served() as url, client() as http:
        events = []
        async for event in Listener(f"{url}/api/v1/changes?after=-1").events(http):
            events.append(event)
            if len(events) == 2:
                break
    assert [event.name for event in events] == ["change", "change"]
    assert json.loads(events[0].data)["title"] == BREAKING


async def test_hostile_text_comes_through_as_it_is(gateway: Gateway) -> None:
    """The API tells markup, bidi overrides and controls as JSON text, under a type no browser runs."""
    gateway.tell(story(1, BREAKING))
    async with gateway.client() as http:
        answer = await http.get("/api/v1/stories/story-1")
    assert answer.json()["titles"][0]["text"] == BREAKING
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_huge_texts_are_kept_and_served(gateway: Gateway) -> None:
    """An article of 4 MB and a story whose title never ends are stored, searched and served."""
    example = ExtractedArticleV1.model_validate_json((EXAMPLES / "extracted_article/v1/persian.json").read_bytes())
    huge = example.model_copy(update={"article_id": "huge", "body": "پل " * 700_000})
    gateway.writer.apply(Batch(articles=(huge,)))
    gateway.tell(story(1, "bridge " * 100_000))
    async with gateway.client() as http:
        assert len((await http.get("/api/v1/articles/huge")).json()["body"]) == 2_100_000
        assert (await http.get("/api/v1/stories?q=bridge")).json()["stories"][0]["story_id"] == "story-1"


async def test_a_body_where_none_is_wanted_is_bounded(gateway: Gateway) -> None:
    """Only publishing takes large bodies; a huge subscription is refused before it is read whole."""
    body = b'{"url": "https://example.org/", "wanted": {"stories": [' + b'"x",' * 100_000 + b'"x"]}}'
    async with gateway.client() as http:
        answer = await http.post("/api/v1/webhooks", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


async def test_strange_requests_leave_the_gateway_standing(gateway: Gateway) -> None:
    """Bytes that are no HTTP, endless headers and broken encodings are refused, and the next request is answered."""
    async with gateway.served() as url:
        port = int(url.rpartition(":")[2])
        for data in (
            b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 200_000,
            b"GET /api/v1/stories?q=%ff%fe%00 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
            b"GET /api/v1/stories HTTP/1.1\r\n\r\n", b"GET /" + b"a/" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"POST /api/v1/articles HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999999999\r\n\r\n{}",
        ):  # fmt: skip
            await asyncio.to_thread(_send, port, data)
        async with httpx.AsyncClient() as http:
            assert (await http.get(f"{url}/api/v1/stories")).status_code == 200


def _send(port: int, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), 2) as connection:
        connection.settimeout(0.3)
        try:
            connection.sendall(data)
            while connection.recv(65_536):
                pass
        except OSError:
            return


async def test_an_error_inside_tells_strangers_nothing(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that went bad under the gateway is a 500 problem without paths or statements."""
    gateway.tell(story(1))
    monkeypatch.setattr("services.gateway.web.guard.logger", Mock())
    path = Path(gateway.settings.database)
    gateway.writer._connection.execute("DROP TABLE story_versions")
    async with gateway.client() as http:
        answer = await http.get("/api/v1/stories/story-1/versions")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert str(path.parent) not in answer.text
    assert "SELECT" not in answer.text
