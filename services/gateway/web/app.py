"""The web application, wired in one place."""

from fastapi import FastAPI

from services.gateway.given import Given
from services.gateway.projection.notifier import Notifier
from services.gateway.projection.reader import Reader
from services.gateway.publishing import Publisher
from services.gateway.settings import Settings
from services.gateway.web import api, document, feeds, publish, sse
from services.gateway.web.access import Access
from services.gateway.web.guard import Guard
from services.gateway.web.stream import ChangeLog
from services.shared.runtime.clock import Clock


def create_app(reader: Reader, notifier: Notifier, publisher: Publisher, settings: Settings, clock: Clock) -> FastAPI:
    """The application with every router."""
    app = FastAPI(
        title="storybraid gateway", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    app.state.given = Given(reader, notifier, settings, clock, publisher)
    app.state.log = ChangeLog(reader, notifier)
    app.state.streams = sse.Streams(app.state.log, settings)
    app.state.access = Access(settings)
    for room in (api, sse, feeds, publish):
        app.include_router(room.router)
    # The board's router is included here, after the API's: `app.include_router(board.router)`.
    document.describe(app)
    app.add_middleware(Guard, settings=settings, clock=clock)
    return app
