"""What axe, the checker of accessibility rules, says of the pages."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, Page

from tests.browser.stack import Stack
from tests.browser.watch import watched

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.embedded]
GRAVE = ("serious", "critical")


CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}


async def _grave(page: Page, options: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """The rules broken gravely, each with the markup that breaks it."""
    found = (await Axe().run(page, options=options or {"resultTypes": ["violations"]})).response["violations"]
    return [(each["id"], node["html"][:200]) for each in found if each["impact"] in GRAVE for node in each["nodes"]]


@pytest.mark.parametrize(("interface", "scheme", "other"), [("en", "light", "dark"), ("fa", "dark", None)])
async def test_axe_finds_nothing_grave(
    browser: Browser, stack: Stack, paths: list[str], interface: str, scheme: Any, other: Any
) -> None:
    """Board, story and article have no serious or critical violation; the contrast holds in light and in dark."""
    async with watched(browser, stack.url) as seen:
        for path in (*paths[:3], paths[-1]):
            await seen.page.emulate_media(color_scheme=scheme)
            await seen.open(path + ("&" if "?" in path else "?") + f"ui={interface}")
            await seen.unfold()
            assert await _grave(seen.page) == []
            if other:
                await seen.page.emulate_media(color_scheme=other)
                assert await _grave(seen.page, CONTRAST) == []


async def test_axe_sees_what_is_wrong(browser: Browser, stack: Stack) -> None:
    """Pale text and a field without a name are found on the same page, so that finding none says something."""
    async with watched(browser, stack.url) as seen:
        await seen.open("/?ui=en")
        await seen.page.evaluate(
            "() => { document.querySelector('.heading h1').style.color = '#ddd';"
            " document.querySelector('label[for=q]').remove(); document.querySelector('#q').placeholder = ''; }"
        )
        assert {"color-contrast", "label"} <= {rule for rule, _ in await _grave(seen.page)}
