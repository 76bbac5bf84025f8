"""Messages as SQLite keeps them: their JSON, compressed; and moments as milliseconds."""

import zlib
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from contracts.messages.base import Message

Kind = TypeVar("Kind", bound=Message)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def pack(message: Message) -> bytes:
    """A message as bytes to keep."""
    return zlib.compress(message.model_dump_json(exclude_none=True).encode(), 1)


def unpack(kind: type[Kind], kept: bytes) -> Kind:
    """The message again."""
    return kind.model_validate_json(zlib.decompress(kept))


def milliseconds(moment: datetime) -> int:
    """A moment as SQLite orders it; one without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, (aware - _EPOCH) // timedelta(milliseconds=1))


def moment(milliseconds: int) -> datetime:
    """The moment again, in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)
