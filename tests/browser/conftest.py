"""One stack and one browser for all tests that look at pages."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser import articles, chromium
from tests.browser import stack as stacks
from tests.browser.stack import Article, Stack


@pytest.fixture(scope="session")
def can_browse() -> None:
    """Skips in words where there is no browser, or fails where one is required."""
    if reason := chromium.missing():
        if chromium.required():
            pytest.fail(f"a browser is required here: {reason}")
        pytest.skip(f"no browser here: {reason}")


@pytest.fixture(scope="session")
def stack(can_browse: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole pipeline and the gateway, with the sample articles and a story of commitments in it."""
    home: Path = tmp_path_factory.mktemp("board")
    with stacks.running(home) as running:
        published: list[Article | bytes] = [*articles.samples(), *articles.PLEDGES]
        running.publish(published)
        # One of the samples is a newer version of another one.
        running.wait_for_articles(len(published) - 1)
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(can_browse: None) -> AsyncIterator[Browser]:
    """One Chromium; every test has contexts of its own in it."""
    async with chromium.started() as running:
        yield running


@pytest.fixture(scope="session")
def paths(stack: Stack) -> list[str]:
    """The board, a story of commitments, one in five languages, and articles of it in both directions."""
    story = stack.story("24 countries agree on plan to rebuild Ukraine's power grid")
    held = stack.ask(f"/api/v1/stories/{story}")["articles"]
    first_of = {article["language"]: article["article_id"] for article in held}
    pledges = stack.story(articles.PLEDGES[0]["headline"])
    return [
        "/",
        f"/stories/{pledges}",
        f"/stories/{story}",
        *(f"/articles/{first_of[each]}?in={story}" for each in ("en", "fa-AF")),
    ]
