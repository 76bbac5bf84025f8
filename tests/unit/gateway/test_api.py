"""The read API."""

import json

import pytest

from contracts.messages.story import FactV1, SupportV1
from tests.helpers.gateways import Gateway, at, entity, span, story


async def test_stories_come_newest_change_first_in_pages_without_gap_or_repeat(gateway: Gateway) -> None:
    """Following the cursors shows every story once, newest change first, ties included."""
    gateway.tell(*(story(number, minute=number // 3) for number in range(25)))
    seen: list[str] = []
    async with gateway.client() as client:
        cursor = None
        for _ in range(10):
            page = (
                await client.get("/api/v1/stories", params={"limit": 4} | ({"cursor": cursor} if cursor else {}))
            ).json()
            seen += [card["story_id"] for card in page["stories"]]
            cursor = page.get("next_cursor")
            if cursor is None:
                break
    wanted = sorted(range(25), key=lambda number: (number // 3, f"story-{number}"), reverse=True)
    assert seen == [f"story-{number}" for number in wanted]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"language": "fa"}, {"story-1", "story-2"}),
        ({"language": "fa-AF"}, {"story-2"}),
        ({"entity": "leland"}, {"story-1"}),
        ({"state": "closed"}, {"story-2"}),
        ({"state": ["closed", "merged"]}, {"story-2", "story-4"}),
        ({"since": at(3).isoformat()}, {"story-3"}),
        ({"until": at(2).isoformat()}, {"story-1"}),
        ({"q": "bridge"}, {"story-3"}),
        ({"q": "bridge", "language": "fa"}, set()),
        ({}, {"story-1", "story-2", "story-3"}),
    ],
)  # fmt: skip
async def test_filters_find_what_they_name(gateway: Gateway, asked: dict[str, str], found: set[str]) -> None:
    """Language with its varieties, entity, state, text and time each narrow the list; redirects are left out."""
    gateway.tell(
        story(1, "پل", language="fa-IR", minute=1, entities=(entity("leland", "Mara Leland"),)),
        story(2, "بازار", language="fa-AF", minute=2, state="closed"),
        story(3, "A bridge opens", minute=3),
        story(4, "Another one", minute=4, state="merged", merged_into="story-3"),
    )
    async with gateway.client() as client:
        page = (await client.get("/api/v1/stories", params=asked)).json()
    assert {card["story_id"] for card in page["stories"]} == found


async def test_a_merged_story_redirects_to_where_it_is_told_now(gateway: Gateway) -> None:
    """308 leads over a chain of merges to the last one, for the story and for what is under it."""
    gateway.tell(
        story(1, state="merged", merged_into="story-2"), story(2, state="merged", merged_into="story-3"), story(3)
    )
    async with gateway.client() as client:
        for rest in ("", "/versions", "/articles", "/differences"):
            answer = await client.get(f"/api/v1/stories/story-1{rest}")
            assert (answer.status_code, answer.headers["location"]) == (308, f"/api/v1/stories/story-3{rest}")


async def test_redirects_in_a_ring_end(gateway: Gateway) -> None:
    """Two stories merged into each other do not hang the reader."""
    gateway.tell(story(1, state="merged", merged_into="story-2"), story(2, state="merged", merged_into="story-1"))
    async with gateway.client() as client:
        assert (await client.get("/api/v1/stories/story-1")).status_code == 308


async def test_what_the_client_has_already_is_not_sent_again(gateway: Gateway) -> None:
    """A strong ETag changes with the content, and If-None-Match with it answers 304 without a body."""
    gateway.tell(story(1))
    async with gateway.client() as client:
        first = await client.get("/api/v1/stories/story-1")
        tag = first.headers["etag"]
        again = await client.get("/api/v1/stories/story-1", headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        gateway.tell(story(1, version=2))
        later = await client.get("/api/v1/stories/story-1", headers={"If-None-Match": tag})
    assert tag.startswith('"')
    assert (later.status_code, later.json()["version"]) == (200, 2)
    assert later.headers["etag"] != tag


async def test_older_versions_are_kept_and_told(gateway: Gateway) -> None:
    """The versions of a story stand newest first, and each can be read as it was; what is not kept is 404."""
    for version in range(1, 26):
        gateway.tell(story(1, f"title {version}", version=version))
    async with gateway.client() as client:
        told = (await client.get("/api/v1/stories/story-1/versions")).json()["versions"]
        old = (await client.get("/api/v1/stories/story-1/versions/20")).json()
        gone = await client.get("/api/v1/stories/story-1/versions/2")
    assert [each["version"] for each in told] == list(range(25, 4, -1))
    assert old["titles"][0]["text"] == "title 20"
    assert gone.status_code == 404


async def test_differences_stand_side_by_side(gateway: Gateway) -> None:
    """A figure two articles do not agree on has a side for each value with who says it; what agrees is left out."""

    def support(article: str, value: str) -> SupportV1:
        return SupportV1(
            article_id=article, dispatch_id=article, span=span(value), sentence=span(f"It cost {value}."), value=value
        )

    supports = (support("a1", "42 USD"), support("a2", "45 USD"), support("a3", "42 USD"))
    differing = FactV1(fact_id="f1", kind="figure", about="USD", state="differs", values=("42 USD", "45 USD"),
                       supports=supports, independent_sources=3)  # fmt: skip
    agreed = differing.model_copy(update={"fact_id": "f2", "state": "agreed"})
    gateway.tell(story(1, facts=(differing, agreed)))
    async with gateway.client() as client:
        (told,) = (await client.get("/api/v1/stories/story-1/differences")).json()["differences"]
    sides = {side["value"]: [each["article_id"] for each in side["supports"]] for side in told["sides"]}
    assert sides == {"42 USD": ["a1", "a3"], "45 USD": ["a2"]}
    assert told["sides"][1]["supports"][0]["sentence"]["text"] == "It cost 45 USD."


async def test_the_examples_of_the_contract_are_served(gateway: Gateway) -> None:
    """Every example story and article is served as the message it is, its articles by dispatch."""
    gateway.examples()
    async with gateway.client() as client:
        (card,) = (await client.get("/api/v1/stories")).json()["stories"]
        told = (await client.get(f"/api/v1/stories/{card['story_id']}")).json()
        dispatches = (await client.get(f"/api/v1/stories/{card['story_id']}/articles")).json()["dispatches"]
        entities = (await client.get("/api/v1/entities", params={"prefix": "اوک"})).json()["entities"]
    assert card["articles"] == len(told["articles"]) == sum(len(each["articles"]) for each in dispatches)
    assert card["titles"] == {title["language"]: title["text"] for title in told["titles"]}
    assert "ukraine" in {each["id"] for each in entities}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/stories/none", 404),
        ("/api/v1/articles/none", 404),
        ("/api/v1/stories?limit=0", 422),
        ("/api/v1/stories?cursor=nonsense", 422),
        ("/api/v1/stories?since=yesterday", 422),
        ("/api/v1/stories?language=%00", 422),
        ("/nowhere", 404),
    ],
)
async def test_errors_are_problem_details(gateway: Gateway, path: str, status: int) -> None:
    """RFC 9457: what went wrong for a program and for a person, under its own media type."""
    async with gateway.client() as client:
        answer = await client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"]) == (status, status)
    assert told["title"]
    assert told["detail"]
