"""Debian's Chromium, driven by Playwright: started with nothing of anybody's, asking nobody outside this machine."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

REQUIRED = "STORYBRAID_REQUIRE_BROWSER"
_NAMES = ("chromium", "chromium-browser")
# A sandbox needs rights that containers do not have; the pages are our own. The rest keeps Chromium from calling home.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-default-apps",
    "--no-default-browser-check", "--disable-domain-reliability", "--metrics-recording-only",
    "--font-render-hinting=none",
)  # fmt: skip


def path() -> str | None:
    """Where Chromium is."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def missing() -> str | None:
    """Why no browser can run here; None where one can."""
    return None if path() else "chromium is not installed (Debian: chromium)"


def required() -> bool:
    """Whether a missing browser is a failure and no reason to skip."""
    return bool(os.environ.get(REQUIRED))


@asynccontextmanager
async def started() -> AsyncIterator[Browser]:
    """A Chromium without a window, with an empty profile that is gone afterwards."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path(), args=list(FLAGS), headless=True)
        try:
            yield browser
        finally:
            await browser.close()
