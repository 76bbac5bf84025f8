"""Changes as they happen, on a real socket."""

import asyncio
import json
import socket
from collections.abc import Callable

import pytest

from services.gateway.domain.filters import ChangeFilter
from services.gateway.projection.writer import Limits
from services.gateway.web.follow import Follower
from services.gateway.web.stream import ChangeLog
from tests.helpers.gateways import Gateway, entity, story
from tests.helpers.streams import Event, Listener, client


async def _take(listener: Listener, wanted: int, seconds: float = 10) -> list[Event]:
    found: list[Event] = []
    async with asyncio.timeout(seconds), client() as http:
        async for event in listener.events(http):
            found.append(event)
            if len(found) == wanted:
                return found
    return found


async def _following(listener: Listener) -> asyncio.Task[list[Event]]:
    """A client that waits for one event, and has been told its place already."""
    task = asyncio.create_task(_take(listener, 1))
    await _until(lambda: listener.last is not None)
    return task


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  (nobody signals it)
            await asyncio.sleep(0.02)


def _versions(events: list[Event]) -> list[int]:
    return [json.loads(event.data)["version"] for event in events]


async def test_a_client_goes_on_without_a_gap_or_a_repeat(gateway: Gateway) -> None:
    """Whatever came while the client was away is sent when it comes back with its last event id."""
    async with gateway.served() as url:
        listener = Listener(f"{url}/api/v1/changes?after=-1")
        gateway.tell(*(story(1, version=version) for version in range(1, 4)))
        first = await _take(listener, 2)
        gateway.tell(*(story(1, version=version) for version in range(4, 7)))
        second = await _take(listener, 4)
    assert _versions(first + second) == [1, 2, 3, 4, 5, 6]
    assert [event.name for event in first] == ["change", "change"]


async def test_a_live_client_hears_at_once(gateway: Gateway) -> None:
    """A connected client gets a change when it happens; without an id it starts from now."""
    gateway.tell(story(1))
    async with gateway.served() as url:
        taking = await _following(Listener(f"{url}/api/v1/changes"))
        gateway.tell(story(1, version=2))
        assert _versions(await taking) == [2]


async def test_the_place_is_told_even_where_nothing_was_wanted(gateway: Gateway) -> None:
    """A client whose filter lets nothing through still learns how far the stream is, and heartbeats come."""
    async with gateway.served() as url:
        listener = Listener(f"{url}/api/v1/changes?after=-1&story=another")
        gateway.tell(story(1), story(2))
        taking = asyncio.create_task(_take(listener, 1, 30))
        await _until(lambda: listener.last == "aaaa.1" and listener.beats >= 2)
    assert await taking == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("story=story-2", ["story-2"]),
        ("entity=leland", ["story-1"]),
        ("language=fa", ["story-2", "story-3"]),
        ("language=fa&entity=leland", []),
        ("kind=merged", ["story-4"]),
        ("story=story-1&story=story-3", ["story-1", "story-3"]),
        ("links=false&language=en", ["story-1", "story-4", "story-5"]),
        ("links=true&language=en", ["story-1", "story-4", "story-6", "story-5"]),
    ],
)
async def test_filters_let_through_what_they_name(gateway: Gateway, asked: str, found: list[str]) -> None:
    """Story, entity, language and kind filter the stream, several values of one being alternatives; so do links."""
    gateway.tell(
        story(1, entities=(entity("leland", "Mara Leland"),)),
        story(2, "پل", language="fa-IR"),
        story(3, "پل", language="fa-AF"),
    )
    gateway.tell(story(4), kind="merged")
    gateway.tell(story(6), links_only=True)
    gateway.tell(story(5))
    async with gateway.served() as url:
        listener = Listener(f"{url}/api/v1/changes?after=-1&{asked}")
        taking = asyncio.create_task(_take(listener, len(found) + 1, 30))
        await _until(lambda: listener.last == "aaaa.5")
    told = [json.loads(event.data)["story_id"] for event in await taking]
    assert told == found


@pytest.mark.parametrize("last", ["bbbb.0", "aaaa.7", "nonsense"])
async def test_a_place_of_another_stream_is_reset_in_words(gateway: Gateway, last: str) -> None:
    """A client that followed another stream, or one that is further, is told so and goes on from now."""
    gateway.tell(story(1), story(2))
    async with gateway.served() as url:
        listener = Listener(f"{url}/api/v1/changes", last)
        (event,) = await _take(listener, 1)
        assert event.name == "reset"
        assert json.loads(event.data)["why"]
        taking = asyncio.create_task(_take(listener, 1))
        gateway.tell(story(3))
        assert json.loads((await taking)[0].data)["story_id"] == "story-3"


async def test_a_place_that_is_not_kept_any_more_is_reset(gateway: Gateway) -> None:
    """Where changes after its place were dropped a client hears `reset`; a place just before the kept ones is fine."""
    gateway.writer._limits = Limits(changes=3)
    gateway.tell(*(story(number) for number in range(10)))
    gateway.writer.prune()
    async with gateway.served() as url:
        (gone,) = await _take(Listener(f"{url}/api/v1/changes", "aaaa.3"), 1)
        kept = await _take(Listener(f"{url}/api/v1/changes", "aaaa.6"), 3)
    assert gone.name == "reset"
    assert [event.id for event in kept] == ["aaaa.7", "aaaa.8", "aaaa.9"]


async def test_who_falls_behind_what_is_kept_is_told(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client so slow that what it has not had yet is dropped hears `reset` instead of a gap."""
    monkeypatch.setattr("services.gateway.web.stream.KEPT", 2)
    monkeypatch.setattr("services.gateway.web.stream.CHUNK", 2)
    gateway.writer._limits = Limits(changes=2)
    gateway.tell(*(story(number) for number in range(10)))
    follower = Follower(ChangeLog(gateway.reader, gateway.notifier), ChangeFilter(), ("aaaa", 1))
    heard = []
    async for chunk in follower.news():
        heard.append(chunk)
        gateway.writer.prune()
    assert [chunk.count(b"event: change") for chunk in heard] == [2, 0]
    assert b"event: reset" in heard[1]
    assert follower.mark() == b"id: aaaa.9\n\n"


async def test_a_client_that_takes_nothing_is_cut_off_and_the_others_are_not(gateway: Gateway) -> None:
    """A client that does not read is dropped after the patience; who reads misses nothing."""
    gateway.settings.gateway_write_seconds = 0.5
    async with gateway.served() as url:
        stuck = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.sendall(b"GET /api/v1/changes?after=-1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        taking = asyncio.create_task(_take(Listener(f"{url}/api/v1/changes?after=-1"), 150, 20))
        await asyncio.sleep(0.2)
        title = "x" * 60_000
        for version in range(1, 151):
            gateway.tell(story(1, title, version=version))
            await asyncio.sleep(0)
        assert _versions(await taking) == list(range(1, 151))
        await _until(lambda: gateway.app.state.streams._clients.total() == 0)
        await _until(lambda: not gateway.serving.server_state.connections)  # nor does its connection linger
        stuck.close()


async def test_ending_does_not_wait_for_streams(gateway: Gateway) -> None:
    """With clients connected the gateway ends within a second, and they see a clean end of the stream."""
    loop = asyncio.get_running_loop()
    async with gateway.served() as url:
        taking = [await _following(Listener(f"{url}/api/v1/changes")) for _ in range(5)]
        began = loop.time()
    assert loop.time() - began < 1
    assert await asyncio.gather(*taking) == [[]] * 5


async def test_streams_are_counted_and_bounded(gateway: Gateway) -> None:
    """More streams than allowed are refused with problem details; a stream that ends makes room."""
    gateway.settings.gateway_streams = 2
    async with gateway.served() as url:
        taking = [await _following(Listener(f"{url}/api/v1/changes")) for _ in range(2)]
        async with client() as http:
            refused = await http.get(f"{url}/api/v1/changes")
            assert refused.status_code == 503
            assert refused.headers["content-type"] == "application/problem+json"
            gateway.tell(story(1))
            await asyncio.gather(*taking)
            await _until(lambda: gateway.app.state.streams._clients.total() == 0)
            assert len(await _take(Listener(f"{url}/api/v1/changes?after=-1"), 1)) == 1
