"""Publishing over HTTP."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contracts import codec
from contracts.topics import RAW
from services.gateway import keys
from tests.helpers.gateways import Gateway, lines

JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}


async def test_an_article_is_on_the_bus_before_the_answer(gateway: Gateway) -> None:
    """202 carries the ids of what the broker has, and the record is the contract's."""
    async with gateway.client() as client:
        answer = await client.post(
            "/api/v1/articles", json={"id": "a1", "body": "A bridge opened.", "outlet": "The Courier"}
        )
    assert answer.status_code == 202
    assert answer.json() == {"accepted": [{"key": "a1", "id": "articles.raw.v1/0/0"}]}
    (record,) = gateway.publisher.records
    assert codec.decode(RAW, record.value, record.headers).model_dump(exclude_none=True) == {
        "id": "a1", "body": "A bridge opened.", "outlet": "The Courier",
    }  # fmt: skip


async def test_json_lines_are_taken_in_order(gateway: Gateway) -> None:
    """Every line is an article, empty lines are none, and the ids come back in the order sent."""
    body = (
        lines({"id": "a", "body": "x"}, {"url": "https://example.org/b", "headline": "پل"})
        + b"\n"
        + lines({"id": "c", "html": "<p>x"})
    )
    async with gateway.client() as client:
        answer = await client.post("/api/v1/articles", content=body, headers=LINES)
    assert [each["key"] for each in answer.json()["accepted"]] == ["a", "https://example.org/b", "c"]


async def test_one_bad_line_publishes_nothing_and_all_are_named(gateway: Gateway) -> None:
    """422 says which lines are wrong and why; nothing of the request is published."""
    body = lines({"id": "a", "body": "x"}) + b'{"id": \n' + lines({"body": 5}) + b'{"body": "\xff"}\n' + b"[]\n"
    async with gateway.client() as client:
        answer = await client.post("/api/v1/articles", content=body, headers=LINES)
    told = answer.json()
    assert answer.status_code == 422
    assert [(error["line"], error["reason"]) for error in told["errors"]] == [
        (2, "invalid_json"), (3, "wrong_schema"), (4, "invalid_utf8"), (5, "wrong_schema"),
    ]  # fmt: skip
    assert "line 2" in told["detail"]
    assert gateway.publisher.records == []


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", JSON, 422),
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {}, 415),
        (b"\n\n", LINES, 422),
        (b"x" * 3000, JSON, 413),
        (lines(*[{"body": "x"}] * 6), LINES, 413),
        (b'{"a":' * 400 + b"1" + b"}" * 400, JSON, 422),
        (json.dumps({"id": "x" * 501}).encode(), JSON, 422),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_refused(
    tmp_path: Path, body: bytes, headers: dict[str, str], status: int
) -> None:
    """Nothing, another type, too much or the wrong form each have their status, and publish nothing."""
    gateway = Gateway(tmp_path, gateway_publish_bytes=2500, gateway_publish_articles=5)
    async with gateway.client() as client:
        answer = await client.post("/api/v1/articles", content=body, headers=headers)
    assert (answer.status_code, gateway.publisher.records) == (status, [])
    assert answer.headers["content-type"] == "application/problem+json"
    gateway.close()


async def test_a_body_that_lies_about_its_length_is_cut_off(tmp_path: Path) -> None:
    """A body without a length is counted while it comes."""
    gateway = Gateway(tmp_path, gateway_publish_bytes=2500)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * 1000

    async with gateway.client() as client:
        assert (await client.post("/api/v1/articles", content=endless(), headers=JSON)).status_code == 413
    gateway.close()


async def test_a_broker_that_is_away_is_told_with_when_to_come_back(gateway: Gateway) -> None:
    """503 with Retry-After: nothing is promised that the broker has not confirmed."""
    gateway.publisher.broken = True
    async with gateway.client() as client:
        answer = await client.post("/api/v1/articles", json={"body": "x"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


async def test_without_keys_only_this_machine_publishes(gateway: Gateway) -> None:
    """Another address, or a request that came over a proxy, is refused while there are no keys."""
    async with gateway.client("192.0.2.7") as client:
        assert (await client.post("/api/v1/articles", json={"body": "x"})).status_code == 403
    async with gateway.client() as client:
        proxied = await client.post("/api/v1/articles", json={"body": "x"}, headers={"X-Forwarded-For": "192.0.2.7"})
        assert proxied.status_code == 403
    assert gateway.publisher.records == []


async def test_another_sites_page_cannot_publish(gateway: Gateway) -> None:
    """A browser that was led here by another site's page is refused."""
    async with gateway.client() as client:
        foreign = await client.post("/api/v1/articles", json={"body": "x"}, headers={"Origin": "https://evil.example"})
        own = await client.post("/api/v1/articles", json={"body": "x"}, headers={"Origin": "http://127.0.0.1:8080"})
    assert (foreign.status_code, own.status_code) == (403, 202)


async def test_keys_open_and_revoked_keys_do_not(tmp_path: Path) -> None:
    """With a keys file only a valid key publishes, from anywhere; revoking works at once; no secret is kept."""
    path = tmp_path / "keys.jsonl"
    key, secret = keys.create(path, "newsroom", "2026-01-07T09:00:00+00:00")
    other, _ = keys.create(path, "archive", "2026-01-07T09:00:00+00:00")
    gateway = Gateway(tmp_path, gateway_api_keys_file=path)

    async def status(authorization: str | None) -> int:
        headers = {"Authorization": authorization} if authorization else {}
        async with gateway.client("192.0.2.7") as client:
            return (await client.post("/api/v1/articles", json={"body": "x"}, headers=headers)).status_code

    assert [await status(each) for each in (None, "Bearer wrong", f"Basic {secret}", f"Bearer {secret}")] == [
        401,
        401,
        401,
        202,
    ]
    assert secret not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert keys.revoke(path, key.id)
    assert not keys.revoke(path, key.id)
    assert await status(f"Bearer {secret}") == 401
    assert [each.id for each in keys.read(path)] == [other.id]
    path.write_text("not keys")
    assert await status(f"Bearer {secret}") == 401
    gateway.close()


async def test_beyond_loopback_writing_is_closed_without_keys(tmp_path: Path) -> None:
    """A gateway that listens to the network lets nobody write before it has keys."""
    gateway = Gateway(tmp_path, gateway_host="0.0.0.0")
    async with gateway.client() as client:
        assert (await client.post("/api/v1/articles", json={"body": "x"})).status_code == 403
    gateway.close()
