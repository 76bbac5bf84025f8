"""A page under observation: what it said on the console, whom it asked, what its policy stopped."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

HERE = Path(__file__).parent
TEXT_BOXES = (HERE / "text_boxes.js").read_text(encoding="utf-8")
OVERFLOW = (HERE / "overflow.js").read_text(encoding="utf-8")


class Watched:
    """A page and everything it let out."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.console: list[str] = []
        self.strangers: list[str] = []
        page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, address: str) -> None:
        if not address.startswith((self.url, "data:", "blob:")):
            self.strangers.append(address)

    async def open(self, path: str) -> None:
        """Go to a page of the gateway."""
        answer = await self.page.goto(self.url + path)
        assert answer is not None

    async def unfold(self) -> None:
        """Open everything that can be opened."""
        await self.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")

    def quiet(self) -> None:
        """Nothing on the console (a stopped script or a broken policy would be there), nobody else asked."""
        assert self.console == []
        assert self.strangers == []

    async def overlaps(self) -> list[str]:
        """Texts of the page that lie over each other."""
        boxes: list[dict[str, Any]] = await self.page.evaluate(TEXT_BOXES)
        boxes.sort(key=lambda box: box["top"])
        found = []
        for number, box in enumerate(boxes):
            for other in boxes[number + 1 :]:
                if other["top"] >= box["bottom"]:
                    break
                # The lines of one text that is cut short may lie over each other where they are cut away.
                apart = other["node"] != box["node"]
                if apart and other["left"] < box["right"] and box["left"] < other["right"]:
                    found.append(f"{box['text']!r} and {other['text']!r}")
        return found

    async def overflow(self) -> list[str]:
        """What is wider than the window; the first entry says by how much the page scrolls sideways."""
        told = await self.page.evaluate(OVERFLOW)
        scrolls = [f"the page is {told['scroll']} wide in {told['client']}"] if told["scroll"] > told["client"] else []
        wide: list[str] = told["wide"]
        return scrolls + wide


@asynccontextmanager
async def watched(
    browser: Browser, url: str, width: int = 1280, height: int = 900, **context: Any
) -> AsyncIterator[Watched]:
    """A page in a context of its own."""
    async with await browser.new_context(viewport={"width": width, "height": height}, **context) as own:
        yield Watched(await own.new_page(), url)
