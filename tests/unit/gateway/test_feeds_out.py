"""Atom and JSON Feed."""

import json
from xml.etree import ElementTree

import feedparser

from tests.helpers.gateways import Gateway, entity, story

HOSTILE = "<script>alert('x')</script> & \u202egnihtyreve\u202c ]]> \x00\x08\ufffe"


async def test_a_reader_understands_both_feeds(gateway: Gateway) -> None:
    """feedparser reads the Atom feed without complaint; both tell the same stories, newest first, with stable ids."""
    gateway.tell(
        story(1, "One", minute=1, entities=(entity("leland", "Mara Leland"),)),
        story(2, "پل", language="fa-IR", minute=2),
    )
    async with gateway.client() as client:
        atom = feedparser.parse((await client.get("/feeds/stories.atom")).content)
        told = (await client.get("/feeds/stories.json")).json()
    assert not atom.bozo
    assert atom.version == "atom10"
    assert [entry.title for entry in atom.entries] == [item["title"] for item in told["items"]] == ["پل", "One"]
    assert [entry.id for entry in atom.entries] == [item["id"] for item in told["items"]]
    assert atom.entries[0].id == "urn:storybraid:story:story-2"
    assert atom.entries[0].title_detail.language == "fa-IR"
    assert atom.entries[1].tags[0].term == "Mara Leland"
    assert atom.feed.updated == atom.entries[0].updated
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["items"][0]["url"] == "http://127.0.0.1:8080/stories/story-2"


async def test_a_feed_of_a_query_holds_what_the_query_finds(gateway: Gateway) -> None:
    """Filters work as in the API; the feed of another query has another id, the same query always the same."""
    gateway.tell(story(1, "A bridge"), story(2, "پل", language="fa-IR"))
    async with gateway.client() as client:
        feeds = [
            feedparser.parse((await client.get(f"/feeds/stories.atom?{q}")).content)
            for q in ("q=bridge", "", "q=bridge")
        ]
    assert [entry.title for entry in feeds[0].entries] == ["A bridge"]
    assert len(feeds[1].entries) == 2
    assert feeds[0].feed.id == feeds[2].feed.id != feeds[1].feed.id


async def test_hostile_headlines_stay_text(gateway: Gateway) -> None:
    """Markup, bidi overrides and characters XML forbids are text in both feeds, and the XML is well formed."""
    gateway.tell(story(1, HOSTILE))
    async with gateway.client() as client:
        atom = (await client.get("/feeds/stories.atom")).content
        told = json.loads((await client.get("/feeds/stories.json")).content)
    title = ElementTree.fromstring(atom).findtext(
        "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title"
    )
    assert title == HOSTILE.replace("\x00", "\ufffd").replace("\x08", "\ufffd").replace("\ufffe", "\ufffd")
    assert b"<script>" not in atom
    assert told["items"][0]["title"] == HOSTILE


async def test_a_poll_without_news_costs_nothing(gateway: Gateway) -> None:
    """A feed reader that sends back the ETag gets 304 until a story changes."""
    gateway.tell(story(1))
    async with gateway.client() as client:
        tag = (await client.get("/feeds/stories.atom")).headers["etag"]
        assert (await client.get("/feeds/stories.atom", headers={"If-None-Match": tag})).status_code == 304
        gateway.tell(story(1, version=2))
        assert (await client.get("/feeds/stories.atom", headers={"If-None-Match": tag})).status_code == 200


async def test_an_empty_feed_is_a_feed(gateway: Gateway) -> None:
    """Nothing found is a valid feed without entries."""
    async with gateway.client() as client:
        atom = feedparser.parse((await client.get("/feeds/stories.atom?q=nothing")).content)
    assert (atom.bozo, atom.entries, atom.feed.title) == (False, [], "storybraid: nothing")
