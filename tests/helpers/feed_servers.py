"""A web server with feeds on it, on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class FeedServer:
    """Answers by path; keeps what it was asked, and when."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], float]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str) -> str:
        """The address of a page."""
        return f"http://127.0.0.1:{self.port}{path}"

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:]) if name}
            path = head[0].split()[1]
            self.asked.append((path, headers, asyncio.get_running_loop().time()))
            status, told, body = self.pages.get(path, (404, {}, b""))
            if told.get("ETag") and told["ETag"] == headers.get("if-none-match"):
                status, body = 304, b""
            lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
            writer.write(
                f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{lines}\r\n".encode()
            )
            writer.write(body)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def feed_server() -> AsyncIterator[FeedServer]:
    """A server that listens as long as the block runs."""
    made = FeedServer()
    server = await asyncio.start_server(made._answer, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()


def rss(*items: str, title: str = "The Kell Courier", declaration: str = '<?xml version="1.0"?>') -> str:
    """An RSS feed."""
    return f"{declaration}<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"


def item(number: int, title: str, text: str = "Text.") -> str:
    """One article of an RSS feed."""
    return (
        f"<item><guid>urn:{number}</guid><link>https://courier.example/{number}</link><title>{title}</title>"
        f"<description>{text}</description><pubDate>Wed, 07 Jan 2026 09:00:00 GMT</pubDate></item>"
    )
