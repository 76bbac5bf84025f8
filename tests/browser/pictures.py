"""`python -m tests.browser.pictures`: draws the pictures of the documentation from the sample articles, on the real
pipeline."""

import asyncio
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.async_api import Browser

from tests.browser import articles, chromium
from tests.browser.stack import Stack, running
from tests.browser.watch import watched

TARGET = Path(__file__).resolve().parents[2] / "services" / "gateway" / "pictures"
COLOURS = 192
GRID = "24 countries agree on plan to rebuild Ukraine's power grid"
DARI = "نشست ژینو در باره بازسازی شبکه برق اوکراین"


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: which page, in which interface, how wide, in which colours; `at` is scrolled to first."""

    page: Literal["board", "story", "article"]
    interface: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    at: str = ""

    @property
    def name(self) -> str:
        """The file's name."""
        return "-".join([self.page, self.interface, str(self.width), self.scheme, *filter(None, [self.at])]) + ".png"


PICTURES = (
    Picture("board", "en", 1600, 1000, "light"),
    Picture("board", "fa", 1600, 1000, "dark"),
    Picture("board", "ar", 360, 780, "light"),
    Picture("story", "en", 1600, 1100, "light"),
    Picture("story", "fa", 1600, 1100, "dark"),
    Picture("story", "ar", 360, 780, "dark", at="figures"),
    Picture("story", "en", 360, 780, "light", at="dispatches"),
    Picture("article", "en", 1600, 1000, "light"),
)


async def draw(browser: Browser, stack: Stack, picture: Picture) -> bytes:
    """One picture as a PNG of few colours."""
    async with watched(browser, stack.url, picture.width, picture.height, color_scheme=picture.scheme) as seen:
        await seen.open(_path(stack, picture) + f"?ui={picture.interface}")
        if picture.page == "board":
            await seen.page.locator("#live[data-state=on]").wait_for(state="attached")
        if picture.at:
            await seen.page.locator(f"#{picture.at}").evaluate("each => each.scrollIntoView()")
        taken = await seen.page.screenshot(animations="disabled")
    with Image.open(BytesIO(taken)) as image:
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def _path(stack: Stack, picture: Picture) -> str:
    if picture.page == "board":
        return "/"
    story = stack.story(GRID)
    if picture.page == "story":
        return f"/stories/{story}"
    held = stack.ask(f"/api/v1/stories/{story}")["articles"]
    return "/articles/" + next(str(each["article_id"]) for each in held if each.get("headline") == DARI)


async def _draw_all(stack: Stack) -> None:
    TARGET.mkdir(exist_ok=True)
    async with chromium.started() as browser:
        for picture in PICTURES:
            drawn = await draw(browser, stack, picture)
            (TARGET / picture.name).write_bytes(drawn)
            print(f"{picture.name}  {len(drawn) // 1024} kB")


def main() -> None:
    """Start everything, publish the samples, draw."""
    if reason := chromium.missing():
        raise SystemExit(reason)
    with tempfile.TemporaryDirectory(prefix="storybraid-") as home, running(Path(home)) as stack:
        samples = articles.samples()
        stack.publish(samples)
        # One of the samples is a newer version of another one.
        stack.wait_for_articles(len(samples) - 1)
        asyncio.run(_draw_all(stack))


if __name__ == "__main__":
    main()
