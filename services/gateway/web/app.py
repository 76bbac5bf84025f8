"""The web application, wired in one place."""

from fastapi import FastAPI

from services.gateway.given import Given
from services.gateway.projection.notifier import Notifier
from services.gateway.projection.reader import Reader
from services.gateway.settings import Settings
from services.shared.runtime.clock import Clock


def create_app(reader: Reader, notifier: Notifier, settings: Settings, clock: Clock) -> FastAPI:
    """The application with every router."""
    app = FastAPI(title="storybraid gateway", version="1", docs_url=None, redoc_url=None)
    app.state.given = Given(reader, notifier, settings, clock)
    # The board's router is included here, after the API's: `app.include_router(board.router)`.
    return app
