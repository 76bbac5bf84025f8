"""Metrics, health and contracts over HTTP, from a thread of its own: a busy or stuck event loop cannot silence it."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from prometheus_client import CONTENT_TYPE_LATEST, disable_created_metrics, generate_latest

from services.shared.runtime import documents
from services.shared.runtime.health import Health

SILENCE_SECONDS = 15

disable_created_metrics()  # type: ignore[no-untyped-call]


def serve(health: Health, host: str, port: int) -> ThreadingHTTPServer:
    """Start serving metrics, health and contracts; the address is in `server_address`."""
    server = ThreadingHTTPServer((host, port), _handler(health))
    server.daemon_threads = True
    Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server


def liveness(health: Health) -> tuple[int, dict[str, object]]:
    """Is the process worth keeping: does its event loop still turn?"""
    silent = health.silent_for()
    return (200 if silent < SILENCE_SECONDS else 503), {"stage": health.stage, "silent_seconds": round(silent, 1)}


def readiness(health: Health) -> tuple[int, dict[str, object]]:
    """Can it do its work now, and if not, why?"""
    hindrances = health.hindrances()
    return (503 if hindrances else 200), {"stage": health.stage, "ready": not hindrances, "because": hindrances}


def _handler(health: Health) -> type[BaseHTTPRequestHandler]:
    answers = {"/healthz": liveness, "/readyz": readiness}

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics":
                self._answer(200, CONTENT_TYPE_LATEST, generate_latest())
            elif path in answers:
                status, told = answers[path](health)
                self._answer(status, "application/json", json.dumps(told).encode())
            elif path in documents.published():
                self._answer(200, "application/json", documents.published()[path])
            elif path == f"/{documents.ASYNCAPI}":
                # Elsewhere, the document's references to the schemas beside it would lead nowhere.
                self._answer(302, "text/plain", b"", {"Location": documents.FOLDER + documents.ASYNCAPI})
            else:
                self._answer(404, "text/plain", b"/metrics, /healthz, /readyz, /asyncapi.json or /schemas/\n")

        def _answer(self, status: int, content_type: str, body: bytes, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in (more or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Scrapes are not news."""

    return Handler
