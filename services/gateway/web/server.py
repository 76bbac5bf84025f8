"""uvicorn, bound by us: it leaves signals to the worker, and cuts off whoever takes or says nothing."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from services.gateway.settings import Settings

SILENT_SECONDS = 20.0
"""How long a connection may say nothing before its first request."""
GRACE_SECONDS = 3
BACKLOG = 512


class Server(uvicorn.Server):
    """Ends when told by `should_exit`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the worker's."""
        yield


def bound(settings: Settings) -> socket.socket:
    """The socket to listen on; its port is known before anybody is served."""
    family = socket.AF_INET6 if ":" in settings.gateway_host else socket.AF_INET
    return socket.create_server((settings.gateway_host, settings.gateway_port), family=family, backlog=BACKLOG)


def url_of(listening: socket.socket) -> str:
    """Where it is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server_of(app: FastAPI, settings: Settings) -> Server:
    """The server, not started."""
    config = uvicorn.Config(
        app,
        http=_protocol(settings.gateway_write_seconds),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.gateway_proxies),
        forwarded_allow_ips=settings.gateway_proxies or None,
        limit_concurrency=settings.gateway_streams + 500,
        timeout_graceful_shutdown=GRACE_SECONDS,
        backlog=BACKLOG,
    )
    return Server(config)


def _protocol(patience: float) -> type[asyncio.Protocol]:
    class Impatient(H11Protocol):
        """Closing a connection waits until its buffer is written; a client that takes nothing is dropped instead."""

        _giving_up: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self.loop.call_later(SILENT_SECONDS, self._silent)

        def _silent(self) -> None:
            if self.scope is None:
                self.transport.abort()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._giving_up = self.loop.call_later(patience, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._giving_up:
                self._giving_up.cancel()

    return Impatient
