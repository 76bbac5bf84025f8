"""Options that several commands share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from contracts.exports.ninjs import ninjs
from contracts.messages.base import Message
from contracts.messages.story import StoryV1

Paths = Annotated[
    list[str], typer.Argument(help="Files (.jsonl, .json, .html, .txt), directories, or - for standard input.")
]
Brokers = Annotated[
    str | None,
    typer.Option("--brokers", "-b", help="Kafka address; default: STORYBRAID_BROKERS, a running `up`, 127.0.0.1:9092."),
]
ReceivedAt = Annotated[
    str | None,
    typer.Option(help="When articles without a `received_at` were received (ISO 8601); default: now."),
]


class Form(StrEnum):
    """How stories are written: as the contract has them, or as IPTC ninjs 3."""

    STORYBRAID = "storybraid"
    NINJS = "ninjs"


As = Annotated[Form, typer.Option("--as", help="Write stories under our own contract, or as IPTC ninjs 3.")]


def written(message: Message, form: Form) -> dict[str, Any]:
    """A message as plain JSON values; only stories have another form than the contract's."""
    if form is Form.NINJS and isinstance(message, StoryV1):
        return ninjs(message)
    return message.model_dump(mode="json", exclude_none=True)


def moment(given: str | None) -> datetime:
    """The moment an option names, in UTC unless it says otherwise; now where it names none."""
    if given is None:
        from services.shared.runtime.clock import SystemClock

        return SystemClock().now()
    try:
        found = datetime.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is not an ISO 8601 date or date-time") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
