"""The pages in widths, directions and languages, with and without scripts."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.stack import Stack
from tests.browser.watch import watched

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.embedded]


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("interface", ["en", "fa", "ar"])
async def test_the_pages_hold(browser: Browser, stack: Stack, paths: list[str], width: int, interface: str) -> None:
    """No page scrolls sideways and no text lies over another, narrow or wide, in either direction."""
    async with watched(browser, stack.url, width=width) as seen:
        for path in paths:
            await seen.open(path + ("&" if "?" in path else "?") + f"ui={interface}")
            await seen.unfold()
            assert await seen.page.locator("html").get_attribute("dir") == ("ltr" if interface == "en" else "rtl")
            assert await seen.overflow() == []
            assert await seen.overlaps() == []
        seen.quiet()


async def test_the_check_of_the_layout_sees_what_is_wrong(browser: Browser, stack: Stack) -> None:
    """Texts over each other and a box wider than the window are found, so that finding none says something."""
    async with watched(browser, stack.url, width=360) as seen:
        await seen.open("/?ui=en")
        await seen.page.evaluate(
            "() => { const one = document.querySelector('.card h2'); one.style.marginBlockEnd = '-1.4em';"
            " const two = document.querySelector('.colophon p'); two.style.inlineSize = '900px'; }"
        )
        assert any("scrolls" in each or "900" in each or "P." in each for each in await seen.overflow())
        assert await seen.overlaps() != []


async def test_everything_works_without_scripts(browser: Browser, stack: Stack) -> None:
    """Search, filters, a story and an article are links and forms; the page says that it is not live."""
    async with watched(browser, stack.url, java_script_enabled=False) as seen:
        await seen.open("/?ui=en")
        # Chromium told by a debugger to run no scripts still parses as if it did, and so hides what is in <noscript>.
        assert "Live updates need scripts" in (await seen.page.locator("#live noscript").text_content() or "")
        await seen.page.get_by_label("Search").fill("هرات")
        await seen.page.get_by_role("button", name="Show").click()
        titles = seen.page.locator(".card h2 a")
        assert await titles.count() == 1
        await titles.click()
        await expect(seen.page.locator(".dispatches .note strong")).to_have_text("4 articles, 3 independent sources")
        await seen.page.locator(".dispatch .headline a").first.click()
        await expect(seen.page.locator(".text mark").first).to_be_visible()
        await seen.page.get_by_role("link", name="Its story").click()
        await expect(seen.page.locator("h1")).to_be_visible()
        seen.quiet()


async def test_a_choice_of_marks_needs_no_script(browser: Browser, stack: Stack, paths: list[str]) -> None:
    """Unticking a kind of mark in the legend takes it out of the text, by the stylesheet alone."""
    path = next(each for each in paths if each.startswith("/articles"))
    async with watched(browser, stack.url, java_script_enabled=False) as seen:
        await seen.open(path + "&ui=en")
        mark = seen.page.locator(".text mark.k-number").first
        await expect(mark).not_to_have_css("border-start-start-radius", "0px")
        await seen.page.get_by_label("number", exact=True).uncheck()
        await expect(mark).to_have_css("border-start-start-radius", "0px")


async def test_the_keyboard_reaches_the_content_first(browser: Browser, stack: Stack) -> None:
    """The first Tab is a visible link to the content, and following it moves the focus there."""
    async with watched(browser, stack.url) as seen:
        await seen.open("/?ui=en")
        await seen.page.keyboard.press("Tab")
        skip = seen.page.locator(".skip")
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await seen.page.keyboard.press("Enter")
        await expect(seen.page.locator("main")).to_be_focused()
