"""The gateway's process: the topics into SQLite, the web beside it, webhooks out of it."""

import asyncio
from pathlib import Path

from services.gateway.projection.notifier import Notifier
from services.gateway.projection.pump import Pump
from services.gateway.projection.reader import Reader
from services.gateway.projection.writer import Limits, Writer
from services.gateway.publishing import KafkaPublisher
from services.gateway.settings import Settings
from services.gateway.web import server
from services.gateway.web.app import create_app
from services.shared.runtime import lifecycle
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.logs import logger

ROOM = "gateway"


async def work(given: Surroundings, stop: asyncio.Event) -> None:
    """Serve until asked to end."""
    settings = given.settings
    assert isinstance(settings, Settings)
    notifier, publisher = Notifier(), KafkaPublisher(settings)
    writer = await asyncio.to_thread(_writer, settings.database, settings)
    app = create_app(Reader(settings.database), notifier, publisher, settings, given.clock)
    listening, serving = server.bound(settings), server.server_of(app, settings)
    logger().info("serving the gateway", url=server.url_of(listening))
    web = asyncio.create_task(serving.serve([listening]))
    pump = asyncio.create_task(Pump(writer, notifier, given).run(stop))
    calls = asyncio.create_task(app.state.deliverer.run())
    ending = asyncio.create_task(stop.wait())
    await asyncio.wait({web, pump, calls, ending}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    notifier.close()
    serving.should_exit = True
    await asyncio.gather(web, pump, calls)
    await publisher.close()
    writer.close()


def _writer(path: Path, settings: Settings) -> Writer:
    limits = Limits(
        settings.gateway_articles, settings.gateway_stories, settings.gateway_changes, settings.gateway_versions
    )
    return Writer(path, limits)


def main() -> None:
    """Run until asked to end."""
    lifecycle.run(ROOM, Settings(), work)
