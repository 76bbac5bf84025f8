"""What stands around every request, and the domain behind it."""

import asyncio
import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain import buckets, cursors
from services.gateway.domain.addresses import household
from services.gateway.domain.buckets import Buckets
from services.gateway.domain.hosts import Hosts
from services.gateway.domain.xml import legal
from tests.helpers.gateways import Gateway, story


async def test_every_answer_carries_the_security_headers(gateway: Gateway) -> None:
    """Errors included: a strict policy, no sniffing, no referrer, no frames."""
    async with gateway.client() as client:
        for path in ("/api/v1/stories", "/api/v1/stories/none", "/nowhere", "/feeds/stories.atom"):
            headers = (await client.get(path)).headers
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert "http" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8080", 200),
        ("localhost", 200),
        ("[::1]:80", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
    ],
)
async def test_another_name_for_this_machine_is_refused(gateway: Gateway, host: str, status: int) -> None:
    """DNS rebinding: on loopback only loopback's own names are answered."""
    async with gateway.client() as client:
        assert (await client.get("/api/v1/stories", headers={"Host": host})).status_code == status


def test_names_the_operator_tells_are_answered() -> None:
    """Told names are answered besides our own; beyond loopback every name is, unless some are told."""
    told = Hosts.of("127.0.0.1", "news.example, other.example:8080", True)
    assert told.allows("news.example:443")
    assert told.allows("OTHER.example.")
    assert not told.allows("evil.example")
    assert not told.allows(None)
    assert Hosts.of("0.0.0.0", "", False).allows("whatever.example")
    assert not Hosts.of("0.0.0.0", "news.example", False).allows("whatever.example")


async def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    """429 with Retry-After once the burst is spent; another address is not affected; time gives new requests."""
    gateway = Gateway(tmp_path, gateway_requests_per_second=2, gateway_requests_burst=3)
    gateway.tell(story(1))

    async def ask(address: str) -> tuple[int, str | None]:
        async with gateway.client(address) as client:
            answer = await client.get("/api/v1/stories")
        return answer.status_code, answer.headers.get("retry-after")

    assert [(await ask("192.0.2.1"))[0] for _ in range(3)] == [200, 200, 200]
    assert await ask("192.0.2.1") == (429, "1")
    assert (await ask("192.0.2.2"))[0] == 200
    gateway.clock.advance(0.6)
    assert (await ask("192.0.2.1"))[0] == 200
    gateway.close()


@given(st.lists(st.floats(0, 5), max_size=60), st.floats(0.1, 20), st.integers(1, 20))
def test_a_bucket_never_lets_through_more_than_it_holds(pauses: list[float], per_second: float, burst: int) -> None:
    """Over any stretch at most burst + rate x time requests pass, and waiting as told always helps."""
    held, now, passed = Buckets(per_second, burst), 0.0, 0
    for pause in pauses:
        now += pause
        wait = held.take("a", now)
        passed += wait == 0
        if wait:
            assert held.take("a", now + wait + 1e-6) == 0
            now, passed = now + wait + 1e-6, passed + 1
    assert passed <= burst + per_second * now + 1


@pytest.mark.parametrize(
    ("address", "stands_for"),
    [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"), ("testclient", "testclient"),
    ],
)  # fmt: skip
def test_a_customers_addresses_count_as_one(address: str, stands_for: str) -> None:
    """Of IPv6 a customer has a whole /64: changing the address inside it is no way around the limit."""
    assert household(address) == stands_for


async def test_who_connects_and_says_nothing_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection without a request does not hold its place for ever."""
    monkeypatch.setattr("services.gateway.web.server.SILENT_SECONDS", 0.2)
    gateway = Gateway(tmp_path)
    async with gateway.served() as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        writer.write(b"GET /api/v1/stories HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
    gateway.close()


def test_clients_that_come_once_are_forgotten() -> None:
    """A flood of addresses takes bounded memory."""
    held = Buckets(1, 1)
    for number in range(buckets.MOST_CLIENTS + 500):
        held.take(str(number), float(number))
    assert len(held) == buckets.MOST_CLIENTS


@given(st.integers(0, 10**13), st.text(min_size=0, max_size=80))
def test_a_cursor_brings_back_its_place(changed: int, story_id: str) -> None:
    """Any story id survives the way through a cursor, which is always of the documented form."""
    import re

    cursor = cursors.write(cursors.Place(changed, story_id))
    assert re.match(cursors.PATTERN, cursor)
    assert cursors.read(cursor) == cursors.Place(changed, story_id.encode(errors="replace").decode())


@given(st.text())
def test_legal_text_survives_xml(text: str) -> None:
    """Whatever a headline holds, it can be written and read back as XML."""
    from xml.etree.ElementTree import Element, fromstring, tostring

    element = Element("a")
    element.text = legal(text)
    assert (fromstring(tostring(element)).text or "").replace("\n", "\r") == legal(text).replace("\r\n", "\r").replace(
        "\n", "\r"
    )
