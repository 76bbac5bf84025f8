"""`up` and `demo`: everything on this machine, in one command."""

import asyncio
import contextlib
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.client import brokers, demonstration
from services.client.brokers import BrokerKind
from services.client.commands.options import Brokers
from services.client.stack import Stack, announced
from services.shared.runtime.settings import state_home


def up(
    broker: Brokers = None,
    kind: Annotated[BrokerKind, typer.Option("--broker", help="The broker to start where no address is given.")] = (
        BrokerKind.EMBEDDED
    ),
) -> None:
    """Start a broker, the four workers and the gateway; Ctrl-C ends everything."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console(highlight=False)
    with contextlib.suppress(KeyboardInterrupt), _up(broker, kind) as stack:
        _announce(console, stack, embedded=not broker and kind is BrokerKind.EMBEDDED)
        with announced(stack.addresses()):
            stack.watch()
    console.print("everything has ended")


@contextlib.contextmanager
def _up(given: str | None, kind: BrokerKind) -> Iterator[Stack]:
    """Nothing outlives an embedded broker: what the gateway makes of it goes with it."""
    with contextlib.ExitStack() as held:
        address = held.enter_context(_broker(given, kind))
        settings = {}
        if not given and kind is BrokerKind.EMBEDDED:
            home = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="storybraid-")))
            settings["STORYBRAID_GATEWAY_DATABASE"] = str(home / "gateway.sqlite")
            settings["STORYBRAID_GATEWAY_SUBSCRIPTIONS"] = str(home / "gateway-webhooks.sqlite")
        yield held.enter_context(_running(address, gateway=True, settings=settings))


def _broker(given: str | None, kind: BrokerKind) -> contextlib.AbstractContextManager[str]:
    if given:
        return contextlib.nullcontext(given)
    return brokers.started(kind, state_home() / "kafka")


@contextlib.contextmanager
def _running(
    address: str, logs: Path | None = None, *, gateway: bool = False, settings: dict[str, str] | None = None
) -> Iterator[Stack]:
    stack = Stack(address, logs or state_home() / "logs", settings or {}, gateway)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


def _announce(console: Console, stack: Stack, *, embedded: bool) -> None:
    where = stack.addresses()
    console.print(f"broker   {where.brokers}" + ("  (embedded: nothing outlives it)" if embedded else ""))
    console.print(f"gateway  {where.gateway}  stories, changes, feeds, publishing")
    for room, address in where.metrics.items():
        console.print(f"metrics  {address}  {room}")
    console.print(f"logs     {where.logs}")
    console.print("Now, in another terminal: storybraid subscribe   and in a third: storybraid publish FILE")
    console.print("Ctrl-C ends everything.")


def demo(
    pause: Annotated[float, typer.Option(help="Seconds between articles.", min=0)] = 0.5,
) -> None:
    """Run the whole pipeline on an embedded broker, publish sample articles, watch the stories form."""
    console = Console(highlight=False)
    console.print("Starting a broker and four workers ...")
    with contextlib.ExitStack() as stack:
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="storybraid-")))
        address = stack.enter_context(brokers.started(BrokerKind.EMBEDDED, logs))
        stack.enter_context(_running(address, logs))
        complete = asyncio.run(demonstration.show(console, address, pause))
    if not complete:
        raise typer.Exit(1)
