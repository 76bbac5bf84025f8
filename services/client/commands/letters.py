"""`dlq`: what could not be used, why, and another try."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

import typer
from aiokafka.structs import ConsumerRecord
from rich.console import Console
from rich.table import Table

from contracts import codec
from contracts.messages.dead_letter import DeadLetterHeadersV1
from contracts.topics import INPUTS, RAW
from services.client import brokers, library
from services.client.commands.options import Brokers
from services.client.live import for_tables, harmless

app = typer.Typer(no_args_is_help=True, help="Dead letters: list, show, replay.")
OfTopic = Annotated[str, typer.Option("--topic", help="The topic whose dead letters are meant.")]


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter with its reason."""

    record: ConsumerRecord
    facts: DeadLetterHeadersV1


async def letters(address: str, topic: str) -> AsyncIterator[Letter]:
    """The dead letters of a topic, oldest first."""
    async for record in library.records(f"{topic}.dlq", address, from_beginning=True, follow=False):
        try:
            facts = codec.read_dead_letter_headers(record.headers)
        except ValueError:
            typer.echo(
                f"{record.topic} {record.partition} {record.offset} is no dead letter of ours: passed over", err=True
            )
            continue
        yield Letter(record, facts)


@app.command("list")
def list_letters(
    broker: Brokers = None,
    topic: Annotated[str | None, typer.Option(help="Only those of this topic.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines instead of a table.")] = False,
) -> None:
    """Every dead letter: where it came from and why it was put aside."""
    asyncio.run(_list(brokers.address(broker), [topic] if topic else [each.name for each in INPUTS], jsonl))


async def _list(address: str, topics: list[str], jsonl: bool) -> None:
    table = Table("topic", "partition", "offset", "reason", "detail", "bytes", box=None)
    for name in topics:
        async for letter in letters(address, name):
            facts, size = letter.facts, len(letter.record.value or b"")
            if jsonl:
                typer.echo(json.dumps(facts.model_dump() | {"bytes": size}, ensure_ascii=False))
            row = (facts.topic, facts.partition, facts.offset, facts.reason, facts.detail[:80], size)
            table.add_row(*(harmless(str(cell)) for cell in row))
    if not jsonl:
        for_tables().print(table if table.row_count else "no dead letters")


@app.command()
def show(partition: int, offset: int, broker: Brokers = None, topic: OfTopic = RAW.name) -> None:
    """One dead letter, by the partition and offset of the original: its reason and its bytes."""
    letter = asyncio.run(_find(brokers.address(broker), topic, partition, offset))
    console = Console()
    for name, value in letter.facts.model_dump().items():
        console.print(f"[bold]{name}[/] {harmless(str(value))}")
    console.print(harmless((letter.record.value or b"")[:20_000].decode(errors="backslashreplace")))


async def _find(address: str, topic: str, partition: int, offset: int) -> Letter:
    async for letter in letters(address, topic):
        if (letter.facts.partition, letter.facts.offset) == (partition, offset):
            return letter
    raise LookupError(f"no dead letter of {topic} came from partition {partition}, offset {offset}")


@app.command()
def replay(
    broker: Brokers = None,
    topic: OfTopic = RAW.name,
    reason: Annotated[str | None, typer.Option(help="Only those with this reason.")] = None,
) -> None:
    """Publish dead letters again to the topic they came from, byte for byte."""
    count = asyncio.run(_replay(brokers.address(broker), topic, reason))
    Console().print(f"{count} messages published again to {topic}")


async def _replay(address: str, topic: str, reason: str | None) -> int:
    count = 0
    async with library.Publisher(address) as publisher:
        async for letter in letters(address, topic):
            if reason in (None, letter.facts.reason):
                headers = [(name, value) for name, value in letter.record.headers if not name.startswith("dlq_")]
                await publisher.forward(topic, letter.record.key, letter.record.value, headers)
                count += 1
    return count
