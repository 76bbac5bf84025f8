"""The web application, wired in one place."""

from fastapi import FastAPI

from services.gateway.board import pages as board
from services.gateway.given import Given
from services.gateway.projection.notifier import Notifier
from services.gateway.projection.reader import Reader
from services.gateway.publishing import Publisher
from services.gateway.settings import Settings
from services.gateway.web import api, document, feeds, publish, sse, webhooks
from services.gateway.web.access import Access
from services.gateway.web.guard import Guard
from services.gateway.web.stream import ChangeLog
from services.gateway.webhooks.call import Caller
from services.gateway.webhooks.deliver import Deliverer
from services.gateway.webhooks.subscriptions import Subscriptions
from services.shared.runtime.clock import Clock


def create_app(reader: Reader, notifier: Notifier, publisher: Publisher, settings: Settings, clock: Clock) -> FastAPI:
    """The application with every router. Whoever runs it runs `app.state.deliverer` beside it."""
    app = FastAPI(
        title="storybraid gateway", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    app.state.given = Given(reader, notifier, settings, clock, publisher)
    app.state.log = ChangeLog(reader, notifier)
    app.state.streams = sse.Streams(app.state.log, settings)
    app.state.access = Access(settings)
    app.state.subscriptions = Subscriptions(settings.subscriptions)
    app.state.deliverer = Deliverer(
        app.state.subscriptions, reader, notifier, Caller(settings.gateway_private_webhooks), clock,
        settings.gateway_webhook_failures,
    )  # fmt: skip
    for room in (api, sse, feeds, publish, webhooks):
        app.include_router(room.router)
    app.include_router(board.router)
    document.describe(app)
    app.add_middleware(Guard, settings=settings, clock=clock)
    return app
