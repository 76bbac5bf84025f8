"""What axe, the checker of accessibility rules, says of the pages."""

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser

from tests.browser.stack import Stack
from tests.browser.test_pages import _paths
from tests.browser.watch import watched

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.embedded]
GRAVE = ("serious", "critical")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("interface", ["en", "fa"])
async def test_axe_finds_nothing_grave(browser: Browser, stack: Stack, scheme: str, interface: str) -> None:
    """Board, story and article have no serious or critical violation, contrast included, in light and in dark."""
    async with watched(browser, stack.url, color_scheme=scheme) as seen:
        for path in _paths(stack):
            await seen.open(path + ("&" if "?" in path else "?") + f"ui={interface}")
            await seen.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            found = (await Axe().run(seen.page)).response["violations"]
            grave = [
                (each["id"], node["html"][:200]) for each in found if each["impact"] in GRAVE for node in each["nodes"]
            ]
            assert grave == []


async def test_axe_sees_what_is_wrong(browser: Browser, stack: Stack) -> None:
    """Pale text and a field without a name are found on the same page, so that finding none says something."""
    async with watched(browser, stack.url) as seen:
        await seen.open("/?ui=en")
        await seen.page.evaluate(
            "() => { document.querySelector('.heading h1').style.color = '#ddd';"
            " document.querySelector('label[for=q]').remove(); document.querySelector('#q').placeholder = ''; }"
        )
        found = {each["id"] for each in (await Axe().run(seen.page)).response["violations"] if each["impact"] in GRAVE}
        assert {"color-contrast", "label"} <= found
