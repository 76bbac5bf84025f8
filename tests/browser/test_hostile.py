"""A headline that attacks its reader is a text like any other."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser import articles
from tests.browser.stack import Stack
from tests.browser.watch import Watched, watched

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.embedded]
PATIENCE_MS = 20_000


async def _harmless(seen: Watched) -> None:
    """Nothing ran, nothing was asked for, nothing leads anywhere but to the web."""
    assert await seen.page.evaluate("window.hacked === undefined")
    assert await seen.page.locator("main script, main img, main svg, main b").count() == 0
    assert await seen.page.locator("a[href^='javascript:' i]").count() == 0
    assert "\u202e" not in await seen.page.content()
    assert await seen.overflow() == []
    seen.quiet()


async def test_a_hostile_headline_is_shown_and_not_obeyed(browser: Browser, stack: Stack) -> None:
    """On the board, the story's and the article's page it shows as written, overrides made visible; nothing runs."""
    async with watched(browser, stack.url, width=360) as seen:
        await seen.open("/?ui=fa")
        await expect(seen.page.locator("#live[data-state=on]")).to_be_attached(timeout=PATIENCE_MS)
        stack.publish([articles.HOSTILE])
        card = seen.page.locator(".card", has_text=articles.HOSTILE_TITLE).first
        await card.wait_for(timeout=PATIENCE_MS)
        await _harmless(seen)
        await card.locator("h2 a").click()
        await expect(seen.page.locator("h1")).to_contain_text(articles.HOSTILE_TITLE)
        await _harmless(seen)
        await seen.page.locator(".dispatch .headline a").first.click()
        await expect(seen.page.locator(".text")).to_contain_text("[RLO]Everything here reads backwards.")
        await _harmless(seen)
