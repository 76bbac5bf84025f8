"""`feeds`: what is new in RSS and Atom feeds, published."""

import asyncio
import contextlib
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from services.client import brokers, library
from services.client.commands.options import Brokers
from services.client.feeds import fetch, settings, state
from services.client.feeds.poll import Poller, Report
from services.shared.runtime.clock import SystemClock
from services.shared.runtime.settings import state_home


def feeds(
    path: Annotated[
        Path, typer.Argument(metavar="FEEDS.toml", help="The list of feeds; see services/client/README.md.")
    ],
    broker: Brokers = None,
    memory: Annotated[Path | None, typer.Option("--state", help="Where to keep what was seen.")] = None,
    once: Annotated[bool, typer.Option("--once/--for-ever", help="Ask every feed that is due once, or go on.")] = False,
) -> None:
    """Poll RSS and Atom feeds and publish what is new in them."""
    wanted = settings.read(path)
    kept = memory or state_home() / "feeds.json"
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_poll(wanted, kept, brokers.address(broker), once))


async def _poll(wanted: settings.FeedList, kept: Path, address: str, once: bool) -> None:
    console = Console(stderr=True, highlight=False)
    async with library.Publisher(address) as publisher, fetch.client() as http:
        poller = Poller(
            wanted,
            state.read(kept),
            kept,
            publisher.publish,
            lambda report: _tell(console, report),
            SystemClock(),
            http,
        )
        await (poller.once() if once else poller.for_ever())


def _tell(console: Console, report: Report) -> None:
    name = report.feed.outlet or report.feed.url
    if report.trouble:
        console.print(Text(f"{name}: {report.trouble}", style="yellow"))
    if report.new:
        console.print(Text(f"{name}: {report.new} new of {report.entries}"))
