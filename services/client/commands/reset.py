"""`reset`: consolidate the stories anew from the log, beside the running version, then switch."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contracts.messages.story_change import StoryChangeV1
from contracts.topics import STORIES
from services.client import brokers
from services.client.commands.options import Brokers, moment
from services.deduplication.handler import State
from services.deduplication.settings import Settings
from services.deduplication.worker import follow, successor
from services.shared.runtime import handover, logs
from services.shared.runtime.beside import Successor
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.settings import RuntimeSettings

app = typer.Typer(
    no_args_is_help=True,
    help="Consolidate anew from the log after a pack update: start, compare, stop the running worker, switch.",
)
Since = Annotated[
    str | None, typer.Option(help="Leave out what was written to the log before this time (ISO 8601); default: all.")
]
StoriesOut = Annotated[
    Path | None, typer.Option("--stories", help="Write the stories a switch would publish to this file, a line each.")
]
_SHOWN = 20


@app.callback()
def _quiet() -> None:
    """What a worker would log is told here only where something is wrong."""
    logs.configure("reset", "warning")


def prepared(
    broker: str | None, fresh: Callable[[], State] = State, settings: RuntimeSettings | None = None
) -> tuple[Successor, Surroundings]:
    """This version as one that may take over, and what the running room stands on."""
    taking_over = successor(fresh)
    return taking_over, handover.prepare(taking_over, settings or Settings(brokers=brokers.address(broker)))


@app.command()
def start(broker: Brokers = None, since: Since = None) -> None:
    """Read the log beside the running version, publish nothing; end with Ctrl-C, and start again to go on."""
    follow(Settings(brokers=brokers.address(broker)), moment(since) if since else None)


@app.command()
def status(broker: Brokers = None) -> None:
    """How far the running version is, how far this one is beside it, and what to do next."""
    taking_over, given = prepared(broker)
    found = asyncio.run(handover.places(taking_over, given))
    table = Table("partition", "version", "has read up to", "waiting", box=None)
    for place in found:
        table.add_row(str(place.partition.partition), "running", str(place.committed), str(place.end - place.committed))
        for stage, offset in sorted(place.beside.items()):
            name = stage.rpartition(".")[2] + (" (this one)" if stage == taking_over.beside.name else "")
            table.add_row(str(place.partition.partition), name, str(offset), str(place.end - offset))
    working = asyncio.run(handover.members(given))
    console = Console(highlight=False)
    console.print(table)
    console.print(f"workers of the running version at work: {working}; this version is {taking_over.version}")
    console.print(handover.hindrance(taking_over, found) or _next_step(working))


def _next_step(working: int) -> str:
    return "next: `storybraid reset compare`, then stop the running worker" if working else "next: `reset switch`"


@app.command()
def compare(broker: Brokers = None, stories: StoriesOut = None) -> None:
    """What a switch would publish, counted and by example; nothing is written to the broker."""
    plan = asyncio.run(handover.plan(*prepared(broker)))
    if stories:
        values = [each.value for part in plan.outgoing.values() for each in part if each.topic == STORIES.name]
        stories.write_bytes(b"".join((value or b"") + b"\n" for value in values))
    _show(plan)


@app.command()
def switch(broker: Brokers = None) -> None:
    """Publish what differs as ordinary next versions and let this version take over; the running worker must rest."""
    plan = asyncio.run(handover.switch(*prepared(broker)))
    _show(plan)
    Console().print("switched: start this version's worker now; then end `reset start`, and `reset abandon` clears up")


@app.command()
def abandon(broker: Brokers = None) -> None:
    """Clear away what was kept beside the running version, of this version and of others."""
    cleared = asyncio.run(handover.abandon(*prepared(broker)))
    Console().print(f"{cleared} pieces of snapshots cleared" if cleared else "nothing was kept beside")


def counts(plan: handover.Plan) -> dict[str, int]:
    """How many stories are the same, changed (and in what), new and gone."""
    told = [change for change in plan.told if isinstance(change, StoryChangeV1)]
    kinds = Counter(_kind(change) for change in told)
    standing = sum(entry.state in ("open", "closed") for entry in plan.published.values())
    touched = sum(_stood(plan.published, change) for change in told)
    return {"the same": standing - touched, **{kind: kinds[kind] for kind in _KINDS}}


_KINDS = ("changed: other articles", "changed: other facts", "changed: scores or wording", "new", "gone into another")


def _kind(change: StoryChangeV1) -> str:
    if change.kind in ("created", "split"):
        return "new"
    if change.kind in ("merged", "retracted"):
        return "gone into another"
    if change.articles_added or change.articles_removed:
        return "changed: other articles"
    facts = change.facts_added or change.facts_changed or change.facts_removed
    return "changed: other facts" if facts else "changed: scores or wording"


def _stood(published: Mapping[str, Any], change: StoryChangeV1) -> bool:
    entry = published.get(change.story_id)
    return entry is not None and entry.state in ("open", "closed")


def _show(plan: handover.Plan) -> None:
    console = Console(highlight=False)
    table = Table("stories", "number", box=None)
    for kind, number in counts(plan).items():
        table.add_row(kind, str(number))
    console.print(table)
    rows = [change for change in plan.told if isinstance(change, StoryChangeV1)]
    rows.sort(key=lambda change: _KINDS.index(_kind(change)) == _KINDS.index("changed: scores or wording"))
    for change in rows[:_SHOWN]:
        into = f" into {change.merged_into}" if change.merged_into else ""
        console.print(f"  {change.kind:9} {change.story_id} v{change.version}{into}  {escape(change.title or '')}")
    if len(rows) > _SHOWN:
        console.print(f"  ... and {len(rows) - _SHOWN} more")
