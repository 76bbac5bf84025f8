"""Raw articles and records for tests, in sentences of our own."""

import json
from typing import Any

from contracts.topics import RAW
from services.shared.runtime.stage import Outgoing

BRIDGE = (
    "The regional council of Dorrin opened the new bridge over the river Kell on Monday.\n"
    "Governor Mara Leland said the bridge cost 42 million dollars and took three years to build.\n"
    "Around 600 people walked across it in the first hour."
)
HARVEST = (
    "Farmers in the southern plains reported a poor olive harvest this season.\n"
    "The growers' union counted 1,200 tonnes, half of what it had hoped for.\n"
    "Its chairman blamed the dry spring and asked the ministry for help."
)


def raw(identity: str, body: str = BRIDGE, **more: Any) -> Outgoing:
    """A raw article as a plain client sends it: UTF-8 JSON, no headers."""
    article = {"id": identity, "body": body, **more}
    return raw_bytes(json.dumps(article, ensure_ascii=False).encode(), identity)


def raw_bytes(value: bytes | None, key: str = "k", headers: list[tuple[str, bytes]] | None = None) -> Outgoing:
    """Any bytes on the raw topic."""
    return Outgoing(RAW.name, key.encode(), value, headers or [])
