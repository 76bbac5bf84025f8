"""The board's addresses, asked without a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.messages.story import StoryV1
from services.gateway.projection.writer import Batch
from tests.helpers.gateways import Gateway, entity
from tests.helpers.gateways import story as small
from tests.unit.board.stories import example_article, example_story

DARI = "a55383089807b8be68391"


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    """The contract's examples on the board."""
    made = Gateway(tmp_path)
    made.examples()
    yield made
    made.close()


async def test_the_board_is_drawn_with_every_story(gateway: Gateway) -> None:
    """Cards stand in the page as it comes, under a policy without exceptions, in the language asked for."""
    async with gateway.client() as client:
        answer = await client.get("/", headers={"Accept-Language": "fa-IR"})
    assert answer.status_code == 200
    assert 'lang="fa" dir="rtl"' in answer.text
    assert "توافق ۲۴ کشور" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<style|style=|<script(?! src=)|\son\w+=", answer.text)


@pytest.mark.parametrize("path", ["/", f"/stories/{example_story().story_id}", f"/articles/{DARI}"])
async def test_no_page_asks_a_third_party(gateway: Gateway, path: str) -> None:
    """Whatever a page loads comes from the gateway itself."""
    async with gateway.client() as client:
        text = (await client.get(path)).text
        loaded = re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=\"([^\"]+)\"", text)
        assert loaded
        assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
        for address in loaded:
            assert (await client.get(address)).status_code == 200


async def test_a_chosen_language_is_remembered(gateway: Gateway) -> None:
    """?ui= is kept in a cookie that no script can read; the links to the other languages keep the query."""
    async with gateway.client() as client:
        answer = await client.get("/?ui=ar&q=Geneva")
        cookie = answer.headers["set-cookie"].lower()
        assert "ui=ar" in cookie
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "?q=Geneva&amp;ui=fa" in answer.text
        assert 'lang="ar"' in (await client.get("/")).text


async def test_a_merged_story_leads_to_the_one_it_joined(gateway: Gateway) -> None:
    """308 to the story it is told in now, with the query kept."""
    redirect = StoryV1.model_validate(small("gone", version=3).model_dump() | {
        "state": "merged", "merged_into": example_story().story_id,
    })  # fmt: skip
    gateway.tell(redirect, kind="merged")
    async with gateway.client() as client:
        answer = await client.get("/stories/story-gone?ui=fa")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/stories/{example_story().story_id}?ui=fa"


@pytest.mark.parametrize("path", ["/stories/unknown", "/articles/unknown", "/stories/%F0%9F%A6%84"])
async def test_what_is_not_there_is_told_kindly(gateway: Gateway, path: str) -> None:
    """404 with a page in the reader's language and a way back."""
    async with gateway.client() as client:
        answer = await client.get(path, params={"ui": "fa"})
    assert answer.status_code == 404
    assert "در این نشانی چیزی نگهداری نمی‌شود" in answer.text
    assert 'href="/"' in answer.text


async def test_a_retracted_story_says_so(gateway: Gateway) -> None:
    """A story behind which no article stands is gone, not unknown."""
    gateway.tell(small("void", version=2, state="retracted", titles=(), leads=()), kind="retracted")
    async with gateway.client() as client:
        answer = await client.get("/stories/story-void")
    assert answer.status_code == 410
    assert "was retracted" in answer.text


async def test_a_broken_cursor_is_told_as_a_page(gateway: Gateway) -> None:
    """400 in words; strange filters are taken as not asked for."""
    async with gateway.client() as client:
        assert (await client.get("/?cursor=nonsense")).status_code == 400
        assert (await client.get("/?state=nonsense&language=%00&q=" + "x" * 5000)).status_code == 200


async def test_pages_follow_each_other_by_cursor(gateway: Gateway) -> None:
    """Every story is on exactly one page of the board; the filters stay in the links."""
    gateway.tell(*(small(number, f"Bridge number {number}", minute=number) for number in range(60)))
    seen: list[str] = []
    path = "/?q=bridge"
    async with gateway.client() as client:
        while path:
            text = (await client.get(path)).text
            seen += re.findall(r'data-story="([^"]+)"', text)
            older = re.search(r'href="([^"]+)" rel="next"', text)
            path = older[1].replace("&amp;", "&") if older else ""
    assert sorted(seen) == sorted(f"story-{number}" for number in range(60))


async def test_a_filter_narrows_the_board(gateway: Gateway) -> None:
    """Language, entity, state and words each leave out what does not meet them; the choice stays in the form."""
    gateway.tell(small(1, "Bridge", language="uk", entities=(entity("rhine", "Rhine", kind="place"),)))
    gateway.tell(small(2, "Lighthouse", state="closed"))
    async with gateway.client() as client:
        for query, wanted in (
            ("language=uk&entity=rhine", ["story-1"]),
            ("state=closed", ["story-2"]),
            ("q=lighthouse&state=closed", ["story-2"]),
        ):
            text = (await client.get("/?" + query)).text
            assert re.findall(r'data-story="([^"]+)"', text) == wanted
        assert '<option value="closed" selected>' in (await client.get("/?state=closed")).text


async def test_a_card_is_given_only_where_it_belongs(gateway: Gateway) -> None:
    """The fragment for live pages is the card, or 404 where the page's filters leave the story out."""
    gateway.tell(small(1, "Bridge"))
    async with gateway.client() as client:
        card = await client.get("/board/cards/story-1?q=bridge&ui=en")
        assert card.text.strip().startswith('<li class="card" id="card-story-1"')
        assert (await client.get("/board/cards/story-1?q=harbour")).status_code == 404
        assert (await client.get("/board/cards/story-unknown")).status_code == 404


async def test_the_page_says_where_the_changes_go_on(gateway: Gateway) -> None:
    """A live page follows from the last change that was known before it was drawn: nothing falls in between."""
    gateway.tell(small(1), small(2))
    async with gateway.client() as client:
        text = (await client.get("/")).text
    assert f'data-stream="/api/v1/changes?after=aaaa.{gateway.reader.newest_position()}"' in text


async def test_hostile_texts_are_texts(gateway: Gateway) -> None:
    """Whatever stands in titles, names and addresses is escaped, in text and attributes, and steers nothing."""
    evil = "\"'><script>alert(1)</script>\u202e{{ 7*7 }}\x00\x1b"
    article = example_article("dari")
    gateway.writer.apply(Batch(articles=(article.model_copy(
        update={"headline": evil, "outlet": evil, "url": "javascript:alert(1)"}
    ),)))  # fmt: skip
    gateway.tell(small(1, evil, language=evil[:8], entities=(entity(evil, evil, evil),)))
    async with gateway.client() as client:
        for path in ("/", "/stories/story-1", f"/articles/{article.article_id}", "/?q=" + "%22%3E%3Cscript%3E"):
            text = (await client.get(path)).text
            assert "<script>" not in text
            assert "javascript:" not in text
            assert not set("\u202e\x00\x1b") & set(text)


@pytest.mark.parametrize("name", ["..%2Fpages.py", "pages.py", ".css", "board.css%00", "nothing.css"])
async def test_only_the_boards_own_files_are_served(gateway: Gateway, name: str) -> None:
    """No address of a static file leads out of its folder."""
    async with gateway.client() as client:
        assert (await client.get(f"/board/static/{name}")).status_code == 404
