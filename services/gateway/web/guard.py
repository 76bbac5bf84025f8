"""Around every request: who may ask under which name and how often, security headers, and the counting."""

import asyncio
import math
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway import metrics
from services.gateway.answers import problem
from services.gateway.domain.addresses import household
from services.gateway.domain.buckets import Buckets
from services.gateway.domain.hosts import Hosts
from services.gateway.settings import Settings
from services.gateway.web import publish
from services.shared.runtime.clock import Clock
from services.shared.runtime.logs import logger

MOST_BYTES = 64 * 1024
"""The largest body of a request that publishes no articles."""
BODY_SECONDS = 30.0
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware; streams pass through it untouched."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Clock) -> None:
        self._app, self._clock = app, clock
        self._hosts = Hosts.of(settings.gateway_host, settings.gateway_hosts, settings.on_loopback)
        self._articles = settings.gateway_publish_bytes
        self._buckets = Buckets(settings.gateway_requests_per_second, settings.gateway_requests_burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = _Told(scope, send, self._clock)
        try:
            refusal = self._refusal(scope)
            await (refusal or self._app)(scope, _Body(receive, self._most(scope)).receive, told.send)
        except Exception as error:  # the web must not end the process, nor tell strangers about it
            logger().exception("request failed", path=scope["path"])
            if told.started:
                raise
            await problem(500, f"the gateway failed: {type(error).__name__}")(scope, receive, told.send)

    def _most(self, scope: Scope) -> int:
        return self._articles if scope["path"] == publish.PATH else MOST_BYTES

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host")
        if not self._hosts.allows(host):
            return problem(421, "this gateway does not answer to that Host; see STORYBRAID_GATEWAY_HOSTS")
        origin = headers.get("origin")
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and origin and not self._hosts.same(origin, host):
            return problem(403, "another site's page may not write here")
        client = scope.get("client")
        pause = self._buckets.take(household(client[0]) if client else "", self._clock.monotonic())
        if pause:
            return problem(429, "too many requests from this address", {"Retry-After": str(math.ceil(pause))})
        return None


class _Body:
    """A request's body, never more of it than allowed, nor slower than anybody is."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._left = receive, most
        self._whole = False

    async def receive(self) -> Message:
        if self._whole:  # what may still come is that the client goes: streams wait for that as long as it takes
            return await self._receive()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(408, f"nothing came for {BODY_SECONDS:.0f} s") from error
        self._left -= len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._left < 0:
            raise HTTPException(413, "the body is larger than the limit")
        return message


class _Told:
    """Adds the headers and counts what was answered."""

    def __init__(self, scope: Scope, send: Send, clock: Clock) -> None:
        self._scope, self._send, self._clock = scope, send, clock
        self._asked = clock.monotonic()
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
            self._count(message["status"])
        await self._send(message)

    def _count(self, status: int) -> None:
        route: Any = self._scope.get("route")
        name = getattr(route, "path", "unmatched")
        metrics.REQUESTS.labels(name, _method(self._scope["method"]), str(status)).inc()
        metrics.REQUEST_DURATION.labels(name).observe(self._clock.monotonic() - self._asked)


def _method(method: str) -> str:
    return method if method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS") else "other"
