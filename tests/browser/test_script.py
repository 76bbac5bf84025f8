"""What the script does with changes that a whole pipeline seldom makes: on a projection that the test writes itself."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from contracts.messages.story import StoryV1
from tests.browser.watch import Watched, watched
from tests.helpers.gateways import Gateway
from tests.helpers.gateways import story as small

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def _live(browser: Browser, gateway: Gateway) -> AsyncIterator[Watched]:
    """The board of this gateway, following it."""
    async with gateway.served() as url, watched(browser, url) as seen:
        await seen.open("/?ui=en")
        await expect(seen.page.locator("#live[data-state=on]")).to_be_attached()
        yield seen


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    """Three stories."""
    made = Gateway(tmp_path)
    made.tell(*(small(number, f"Bridge {number}", minute=number) for number in range(3)))
    yield made
    made.close()


async def test_a_card_is_replaced_where_it_is(browser: Browser, gateway: Gateway) -> None:
    """A new version takes the place of the old one, keeps the focus that was in it, and is told politely."""
    async with _live(browser, gateway) as seen:
        await seen.page.locator("#card-story-1 h2 a").focus()
        gateway.tell(small(1, "Bridge 1 is longer", version=2))
        await expect(seen.page.locator("#card-story-1 h2")).to_have_text("Bridge 1 is longer")
        assert await seen.page.locator(".card").evaluate_all("all => all.map(each => each.id)") == [
            "card-story-2",
            "card-story-1",
            "card-story-0",
        ]
        await expect(seen.page.locator("#card-story-1 h2 a")).to_be_focused()
        await expect(seen.page.locator("#news")).to_have_text("Story updated: Bridge 1 is longer")
        seen.quiet()


async def test_a_merged_story_leaves_the_board(browser: Browser, gateway: Gateway) -> None:
    """Its card goes, the focus that was in it goes to the heading, and a title with $& is told as it is."""
    gateway.tell(small(9, "Money $& bridge", minute=9))
    async with _live(browser, gateway) as seen:
        await seen.page.locator("#card-story-9 h2 a").focus()
        merged = small(9, version=2, minute=10).model_dump() | {"state": "merged", "merged_into": "story-1"}
        gateway.tell(StoryV1.model_validate(merged), kind="merged")
        await expect(seen.page.locator("#card-story-9")).to_have_count(0)
        await expect(seen.page.locator("#heading")).to_be_focused()
        await expect(seen.page.locator("#news")).to_have_text("Story joined another one: Money $& bridge")
        assert await seen.page.locator(".card").count() == 3


async def test_older_pages_take_no_new_cards(browser: Browser, gateway: Gateway) -> None:
    """Whoever reads further back gets new versions of what is there, and nothing new above it."""
    gateway.tell(*(small(number, f"Tunnel {number}", minute=number) for number in range(10, 40)))
    async with gateway.served() as url, watched(browser, url) as seen:
        await seen.open("/?ui=en")
        await seen.page.get_by_role("link", name="Older stories").click()
        await expect(seen.page.locator("#live[data-state=on]")).to_be_attached()
        before = await seen.page.locator(".card").count()
        gateway.tell(small(50, "New", minute=50), small(2, "Bridge 2, mended", version=2, minute=51))
        await expect(seen.page.locator("#card-story-2 h2")).to_have_text("Bridge 2, mended")
        assert await seen.page.locator(".card").count() == before
        assert await seen.page.locator("#card-story-50").count() == 0


async def test_a_break_is_told_and_made_good(browser: Browser, gateway: Gateway) -> None:
    """While the gateway is away the page says so; then what happened in between appears, without a reload."""
    async with _live(browser, gateway) as seen:
        await seen.page.evaluate("window.sign = true")
        await seen.page.context.set_offline(True)
        gateway.notifier.close()
        await expect(seen.page.locator("#live")).to_have_text("Connection lost; trying again", timeout=10_000)
        gateway.notifier.closed.clear()
        gateway.tell(small(5, "Bridge 5", minute=5))
        await seen.page.context.set_offline(False)
        await expect(seen.page.locator("#card-story-5 h2")).to_have_text("Bridge 5", timeout=15_000)
        await expect(seen.page.locator("#live")).to_have_text("Live")
        assert await seen.page.evaluate("window.sign")
