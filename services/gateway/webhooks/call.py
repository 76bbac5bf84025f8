"""One webhook call: the address checked and held fast, the body signed (Standard Webhooks), no redirect followed."""

import asyncio
import json
import socket
from dataclasses import dataclass
from datetime import datetime

import httpx
from standardwebhooks import Webhook

from contracts.messages.story_change import StoryChangeV1
from services.gateway.domain.addresses import is_open

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
TOTAL_SECONDS = 20.0
GONE = 410


class NotAllowedError(ValueError):
    """The address is not one that webhooks may call."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended."""

    arrived: bool
    status: int | None
    why: str = ""
    retry_after: float = 0.0


def checked(url: str, private: bool) -> httpx.URL:
    """The address a subscriber gave; raises NotAllowedError where it can be told already that it is none for us."""
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise NotAllowedError("this is no URL") from error
    if found.scheme not in ("http", "https") or not found.host:
        raise NotAllowedError("an http or https URL is needed")
    if found.userinfo:
        raise NotAllowedError("names and passwords do not belong into the URL; calls are signed")
    if not private and (_literal(found.host) or found.host == "localhost") and not is_open(found.host):
        raise NotAllowedError("webhooks do not call into private networks")
    return found


def _literal(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()


async def resolved(url: httpx.URL, private: bool) -> str:
    """The address to connect to. Every address of the name must be allowed: a name with two faces is refused."""
    port = url.port or (443 if url.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not addresses or not (private or all(is_open(address) for address in addresses)):
        raise NotAllowedError(f"{url.host} leads into a private network")
    return addresses[0]


class Caller:
    """Calls subscribers."""

    def __init__(self, private: bool) -> None:
        self._private = private
        # No proxies or credentials from the environment; a connection is for one call, so that addresses stay checked.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False, follow_redirects=False, limits=limits)

    async def call(self, url: str, secret: str, change: StoryChangeV1, now: datetime) -> Outcome:
        """Tell of one change; whatever goes wrong is an outcome."""
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                return await self._post(checked(url, self._private), secret, change, now)
        except NotAllowedError as error:
            return Outcome(False, None, str(error))
        except (httpx.HTTPError, OSError, TimeoutError) as error:
            return Outcome(False, None, f"{type(error).__name__}: {error}"[:300])

    async def _post(self, url: httpx.URL, secret: str, change: StoryChangeV1, now: datetime) -> Outcome:
        address = await resolved(url, self._private)
        body = payload(change)
        headers = {
            "Host": url.netloc.decode("ascii"),
            "Content-Type": "application/json",
            "User-Agent": "storybraid-webhooks",
            "webhook-id": change.change_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign(change.change_id, now, body),
        }
        # Connected to the very address that was checked; the name is what the certificate must prove.
        target, extensions = url.copy_with(host=address), {"sni_hostname": url.host}
        async with self._client.stream("POST", target, content=body, headers=headers, extensions=extensions) as answer:
            arrived = answer.is_success
            why = "" if arrived else f"answered {answer.status_code}"
            return Outcome(arrived, answer.status_code, why, _seconds(answer.headers.get("retry-after", "")))

    async def close(self) -> None:
        """Let go of everything."""
        await self._client.aclose()


def payload(change: StoryChangeV1) -> str:
    """The body: type, timestamp and the change itself, as Standard Webhooks lays it out."""
    data = change.model_dump(mode="json", exclude_none=True)
    told = {"type": f"story.{change.kind}", "timestamp": change.at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False)


def _seconds(told: str) -> float:
    return float(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0.0
