"""Around every request: who may ask under which name and how often, security headers, and the counting."""

import math
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway import metrics
from services.gateway.answers import problem
from services.gateway.domain.buckets import Buckets
from services.gateway.domain.hosts import Hosts
from services.gateway.settings import Settings
from services.shared.runtime.clock import Clock
from services.shared.runtime.logs import logger

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
        self._buckets = Buckets(settings.gateway_requests_per_second, settings.gateway_requests_burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = _Told(scope, send, self._clock)
        try:
            refusal = self._refusal(scope)
            await (refusal or self._app)(scope, receive, told.send)
        except Exception as error:  # the web must not end the process, nor tell strangers about it
            logger().exception("request failed", path=scope["path"])
            if told.started:
                raise
            await problem(500, f"the gateway failed: {type(error).__name__}")(scope, receive, told.send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host")
        if not self._hosts.allows(host):
            return problem(421, "this gateway does not answer to that Host; see STORYBRAID_GATEWAY_HOSTS")
        origin = headers.get("origin")
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and origin and not self._hosts.same(origin, host):
            return problem(403, "another site's page may not write here")
        client = scope.get("client")
        pause = self._buckets.take(client[0] if client else "", self._clock.monotonic())
        if pause:
            return problem(429, "too many requests from this address", {"Retry-After": str(math.ceil(pause))})
        return None


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
