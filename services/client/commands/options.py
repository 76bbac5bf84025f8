"""Options that several commands share."""

from datetime import UTC, datetime
from typing import Annotated

import typer

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
