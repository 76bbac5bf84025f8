"""Webhooks: subscriptions, signatures, retries, and the networks that are not called."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from services.gateway.domain.addresses import is_open
from services.gateway.domain.retries import LONGEST, pause_after
from services.gateway.webhooks.call import Caller, NotAllowedError, checked, resolved
from services.gateway.webhooks.deliver import Deliverer
from services.shared.runtime.clock import SystemClock
from tests.helpers.gateways import Gateway, change, story
from tests.helpers.receivers import receiver


@pytest.fixture
def open_gateway(tmp_path: Path) -> Iterator[Gateway]:
    """A gateway that may call loopback, for receivers of the test."""
    made = Gateway(tmp_path, gateway_private_webhooks=True, gateway_webhook_failures=4)
    yield made
    made.close()


@asynccontextmanager
async def _delivering(gateway: Gateway) -> AsyncIterator[Deliverer]:
    """The delivery side with short pauses; ended as a kill would end it."""
    deliverer = Deliverer(
        gateway.app.state.subscriptions, gateway.reader, gateway.notifier, Caller(True), SystemClock(),
        gateway.settings.gateway_webhook_failures, pauses=lambda failures, told: 0.01,
    )  # fmt: skip
    gateway.app.state.deliverer = deliverer
    task = asyncio.create_task(deliverer.run())
    await asyncio.sleep(0.05)
    try:
        yield deliverer
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _subscribe(gateway: Gateway, url: str, **wanted: Any) -> dict[str, Any]:
    async with gateway.client() as client:
        answer = await client.post("/api/v1/webhooks", json={"url": url, "wanted": wanted})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def _get(gateway: Gateway, path: str) -> Any:
    async with gateway.client() as client:
        return (await client.get(f"/api/v1/webhooks{path}")).json()


async def test_a_call_is_signed_and_verifies(open_gateway: Gateway) -> None:
    """A receiver verifies the call with the secret told once; a changed byte or another secret does not verify."""
    async with receiver() as there, _delivering(open_gateway):
        made = await _subscribe(open_gateway, there.url)
        open_gateway.tell(story(1, "پل گشوده شد"))
        await there.wait(1)
    headers, body = there.calls[0]
    told = Webhook(made["secret"]).verify(body, headers)
    assert (told["type"], told["data"]["story_id"], told["data"]["title"]) == (
        "story.updated",
        "story-1",
        "پل گشوده شد",
    )
    assert headers["webhook-id"] == "story-1:1"
    with pytest.raises(WebhookVerificationError):
        Webhook(made["secret"]).verify(body.replace(b"story-1", b"story-2"), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 44).verify(body, headers)
    assert "secret" not in await _get(open_gateway, f"/{made['id']}")


async def test_filters_and_order_hold(open_gateway: Gateway) -> None:
    """Only what was asked for is told, from the moment of the subscription on, in the order of the stream."""
    open_gateway.tell(story(1))
    async with receiver() as there, _delivering(open_gateway):
        await _subscribe(open_gateway, there.url, stories=["story-1"])
        open_gateway.tell(story(1, version=2), story(2), story(1, version=3))
        open_gateway.tell(story(3), story(1, version=4))
        await there.wait(3)
    assert [told["data"]["version"] for told in there.told()] == [2, 3, 4]


async def test_links_alone_can_be_left_out(open_gateway: Gateway) -> None:
    """A subscription without links is not called for a change that tells of links only, and says so when asked."""
    async with receiver() as there, _delivering(open_gateway):
        made = await _subscribe(open_gateway, there.url, links=False)
        open_gateway.tell(story(1), links_only=True)
        open_gateway.tell(story(1, version=2))
        await there.wait(1)
        assert (await _get(open_gateway, f"/{made['id']}"))["wanted"]["links"] is False
    assert [told["data"]["version"] for told in there.told()] == [2]


async def test_a_failed_call_is_tried_again_in_order(open_gateway: Gateway) -> None:
    """What did not arrive is tried again before what follows it, and the failures are told."""
    async with receiver(500, 302, 200) as there, _delivering(open_gateway):
        made = await _subscribe(open_gateway, there.url)
        open_gateway.tell(story(1), story(2))
        await there.wait(4)
    assert [headers["webhook-id"] for headers, _ in there.calls] == ["story-1:1"] * 3 + ["story-2:1"]
    failures = (await _get(open_gateway, f"/{made['id']}/failures"))["failures"]
    assert [(each["change_id"], each["status"]) for each in failures] == [("story-1:1", 302), ("story-1:1", 500)]


@pytest.mark.parametrize(("statuses", "calls"), [((500,) * 9, 4), ((410,), 1)])
async def test_who_never_answers_is_disabled_and_can_be_enabled(
    open_gateway: Gateway, statuses: tuple[int, ...], calls: int
) -> None:
    """After so many failures in a row, or a plain Gone, calls stop; enabled again, they go on where they stopped."""
    async with receiver(*statuses) as there, _delivering(open_gateway):
        made = await _subscribe(open_gateway, there.url)
        open_gateway.tell(story(1), story(2))
        await there.wait(calls)
        await asyncio.sleep(0.2)
        assert len(there.calls) == calls
        told = await _get(open_gateway, f"/{made['id']}")
        assert told["disabled_because"] == f"answered {statuses[0]}"
        there.statuses.clear()
        async with open_gateway.client() as client:
            assert (await client.post(f"/api/v1/webhooks/{made['id']}/enable")).status_code == 200
        await there.wait(calls + 2)
    assert [headers["webhook-id"] for headers, _ in there.calls[-2:]] == ["story-1:1", "story-2:1"]


async def test_a_kill_loses_no_call(open_gateway: Gateway) -> None:
    """Ended at any moment and started again, every change is told at least once, in order, under its own id."""
    seen: list[str] = []
    async with receiver() as there:
        async with _delivering(open_gateway):
            await _subscribe(open_gateway, there.url)
        for begin in range(0, 60, 6):
            async with _delivering(open_gateway):
                open_gateway.tell(*(story(number) for number in range(begin, begin + 6)))
                await asyncio.sleep(0.01 * (begin % 5))
        async with _delivering(open_gateway), asyncio.timeout(10):
            while "story-59:1" not in {headers["webhook-id"] for headers, _ in there.calls}:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        seen = [headers["webhook-id"] for headers, _ in there.calls]
    assert list(dict.fromkeys(seen)) == [f"story-{number}:1" for number in range(60)]


async def test_deleted_subscriptions_are_not_called(open_gateway: Gateway) -> None:
    """After DELETE nothing is called, and the subscription is gone for its owner."""
    async with receiver() as there, _delivering(open_gateway):
        made = await _subscribe(open_gateway, there.url)
        async with open_gateway.client() as client:
            assert (await client.delete(f"/api/v1/webhooks/{made['id']}")).status_code == 204
            assert (await client.get(f"/api/v1/webhooks/{made['id']}")).status_code == 404
        open_gateway.tell(story(1))
        await asyncio.sleep(0.2)
        assert there.calls == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
     "2002:7f00:1::", "ff02::1", "nonsense", ""],
)  # fmt: skip
def test_addresses_that_are_not_the_open_internet(address: str) -> None:
    """Loopback, private, link-local (cloud metadata), shared, multicast, and IPv6 wraps of them are not called."""
    assert not is_open(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_addresses_of_the_open_internet(address: str) -> None:
    """Global unicast addresses are called."""
    assert is_open(address)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/x", "http://localhost:9092/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/",
     "ftp://example.org/", "http://user:secret@example.org/", "http:///x", "http://169.254.169.254/latest/meta-data",
     "http://127.1/", "//example.org/"],
)  # fmt: skip
async def test_private_addresses_are_refused_at_once(gateway: Gateway, url: str) -> None:
    """A subscription to an address that is plainly private, or no address, is refused, or refused when it is called."""
    try:
        await resolved(checked(url, private=False), private=False)
    except (NotAllowedError, OSError):
        return
    pytest.fail(f"{url} would be called")


async def test_a_name_that_leads_inside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the name is looked up once, every answer is checked, and the checked address is called."""
    answers = [["93.184.216.34", "127.0.0.1"], ["127.0.0.1"], ["93.184.216.34"]]

    async def looked_up(self: object, host: str, port: int, **_: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers.pop(0)]

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", looked_up)
    called: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(request)
        return httpx.Response(200)

    caller = Caller(False)
    caller._client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    outcomes = [
        await caller.call("https://two.example:8443/x", "whsec_" + "A" * 44, change(story(1)), SystemClock().now())
        for _ in range(3)
    ]
    assert [outcome.arrived for outcome in outcomes] == [False, False, True]
    (request,) = called
    assert (request.url.host, request.url.port) == ("93.184.216.34", 8443)
    assert request.headers["host"] == "two.example:8443"
    assert request.extensions["sni_hostname"] == "two.example"
    await caller.close()


async def test_a_subscription_to_a_private_address_is_a_problem(gateway: Gateway) -> None:
    """The API says why an address is refused, where that can be told at once."""
    async with gateway.client() as client:
        answer = await client.post("/api/v1/webhooks", json={"url": "http://169.254.169.254/"})
    assert answer.status_code == 403
    assert "private" in answer.json()["detail"]


@given(st.integers(1, 200), st.floats(0, 1), st.floats(0, 1e9))
def test_pauses_grow_and_end(failures: int, chance: float, told: float) -> None:
    """Pauses grow with the failures, spread by chance, keep to what the receiver told, and have an end."""
    pause = pause_after(failures, chance, told)
    assert 0.75 <= pause <= LONGEST * 1.25
    assert pause >= min(told, LONGEST)
    assert pause_after(failures + 3, 0, 0) >= pause_after(failures, 1, 0) or failures > 7
