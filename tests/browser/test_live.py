"""The board while things happen: from Kafka to the page, without a reload."""

import time

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import articles
from tests.browser.stack import Stack
from tests.browser.watch import watched

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.embedded]
WITHIN_SECONDS = 2.0
PATIENCE_MS = 20_000


async def _live(page: Page) -> None:
    """Wait until the page follows the changes, and leave a sign that a reload would wipe out."""
    await expect(page.locator("#live[data-state=on]")).to_be_attached(timeout=PATIENCE_MS)
    await page.evaluate("window.sign = 'not reloaded'")


async def _not_reloaded(page: Page) -> bool:
    return bool(await page.evaluate("window.sign === 'not reloaded'"))


async def test_an_article_becomes_a_card_within_two_seconds(browser: Browser, stack: Stack) -> None:
    """A card stands on the page at most 2 s after its change was published; a copy adds an article and no source."""
    async with watched(browser, stack.url) as seen:
        await seen.open("/?ui=en")
        await _live(seen.page)
        stack.publish([articles.FIRE])
        card = seen.page.locator(".card", has_text=articles.FIRE["headline"])
        await card.wait_for(timeout=PATIENCE_MS)
        shown = time.time()
        told = stack.changes(articles.FIRE["headline"])[0]
        took = shown - told.timestamp.timestamp()
        print(f"a card {took:.2f} s after its change was published")
        assert took <= WITHIN_SECONDS
        await expect(card.locator(".articles")).to_have_text("1 article")
        await expect(card.locator(".sources")).to_have_text("1 independent source")

        stack.publish([articles.COPY])
        await expect(card.locator(".articles")).to_have_text("2 articles", timeout=PATIENCE_MS)
        await expect(card.locator(".sources")).to_have_text("1 independent source")
        assert await _not_reloaded(seen.page)
        seen.quiet()


async def test_a_contradicting_figure_stands_beside_the_other(browser: Browser, stack: Stack) -> None:
    """Another outlet's figure appears on the card as a difference, and on the story's page side by side; the page says
    when there is more."""
    async with watched(browser, stack.url) as seen:
        await seen.open("/?ui=en")
        await _live(seen.page)
        stack.publish([articles.FIRE, articles.COPY, articles.OTHER_FIGURE])
        card = seen.page.locator(".card", has_text="1 statement differs").filter(has_text="Basel")
        await card.wait_for(timeout=PATIENCE_MS)
        await expect(card.locator(".sources")).to_have_text("2 independent sources")
        await card.locator("h2 a").click()
        sides = seen.page.locator(".figure", has_text="sources differ").first.locator(".value")
        await expect(sides).to_have_count(2)
        texts = await sides.all_inner_texts()
        assert "12" in texts[0]
        assert "killed 12 people and injured 40" in texts[0]
        assert "14" in texts[1]
        assert "killed 14 people and injured 40" in texts[1]
        box, other = await sides.nth(0).bounding_box(), await sides.nth(1).bounding_box()
        assert box is not None
        assert other is not None
        assert abs(box["y"] - other["y"]) < 1

        stack.publish([articles.COPY | {"id": "gazette-9004", "outlet": "Basel Gazette"}])
        await seen.page.get_by_role("link", name="Show what is new").click(timeout=PATIENCE_MS)
        await expect(seen.page.locator("main")).to_contain_text("4 articles, 2 independent sources")
        seen.quiet()


async def test_what_comes_in_does_not_move_the_reader(browser: Browser, stack: Stack) -> None:
    """While a new card comes in above, the focused link keeps the focus and its place on the screen."""
    async with watched(browser, stack.url, width=400, height=500) as seen:
        await seen.open("/?ui=en")
        await _live(seen.page)
        link = seen.page.locator(".card h2 a").nth(2)
        await link.focus()
        before = await link.evaluate("each => [each.href, each.getBoundingClientRect().top]")
        assert await seen.page.evaluate("window.scrollY") > 0
        stack.publish([articles.LATER])
        await seen.page.locator(".card", has_text=articles.LATER["headline"]).wait_for(timeout=PATIENCE_MS)
        after = await seen.page.evaluate(
            "[document.activeElement.href, document.activeElement.getBoundingClientRect().top]"
        )
        assert after[0] == before[0]
        assert abs(after[1] - before[1]) < 2
        spoken = await seen.page.locator("#news[aria-live=polite]").inner_text()
        assert articles.LATER["headline"] in spoken
        seen.quiet()


async def test_a_filtered_board_shows_only_what_meets_the_filter(browser: Browser, stack: Stack) -> None:
    """A story that does not meet the page's filters stays away although the page is live."""
    async with watched(browser, stack.url) as seen:
        await seen.open("/?ui=en&q=Palermo")
        await _live(seen.page)
        away = articles.LATER | {
            "id": "away-1",
            "headline": "Sundial found in Reykjavik",
            "body": "A sundial was found.",
        }
        meant = articles.LATER | {"id": "meant-1", "headline": "Puppets of Palermo", "body": "Puppets play in Palermo."}
        stack.publish([away])
        stack.changes(away["headline"])
        stack.publish([meant])
        await seen.page.locator(".card", has_text=meant["headline"]).wait_for(timeout=PATIENCE_MS)
        assert await seen.page.locator(".card").count() == 1
