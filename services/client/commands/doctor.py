"""`lag` and `doctor`: is all well, and if not, what to do."""

from collections.abc import Callable
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.topics import INPUTS
from services.client import brokers
from services.client.commands.options import Brokers
from services.client.stack import ROOMS
from services.shared.runtime.security import for_confluent
from services.shared.runtime.settings import RuntimeSettings

SECONDS = 10


def lag(broker: Brokers = None) -> None:
    """Show how many messages wait before each stage, by partition."""
    table = Table("stage", "topic", "partition", "committed", "end", "waiting", box=None)
    for room, topic in zip(ROOMS, INPUTS, strict=True):
        for partition, committed, end in positions(brokers.address(broker), room, topic.name):
            shown = "-" if committed is None else str(committed)
            table.add_row(room, topic.name, str(partition), shown, str(end), str(end - (committed or 0)))
    Console().print(table)


def waiting(address: str) -> int:
    """How many messages wait before all stages together."""
    return sum(
        end - (committed or 0)
        for room, topic in zip(ROOMS, INPUTS, strict=True)
        for _, committed, end in positions(address, room, topic.name)
    )


def positions(address: str, room: str, topic: str) -> list[tuple[int, int | None, int]]:
    """Of every partition of a room's input: its number, the offset committed, the offset of its end."""
    from confluent_kafka import Consumer, TopicPartition

    group = RuntimeSettings().group_of(room)
    consumer = Consumer(
        {"bootstrap.servers": address, "group.id": group, "log_level": 0, **for_confluent(RuntimeSettings())}
    )
    try:
        found = consumer.list_topics(topic, timeout=SECONDS).topics[topic].partitions
        asked = [TopicPartition(topic, number) for number in sorted(found)]
        committed = consumer.committed(asked, timeout=SECONDS)
        return [_position(consumer, each) for each in committed]
    finally:
        consumer.close()


def _position(consumer: Any, committed: Any) -> tuple[int, int | None, int]:
    _, end = consumer.get_watermark_offsets(committed, timeout=SECONDS)
    return committed.partition, committed.offset if committed.offset >= 0 else None, end


def doctor(broker: Brokers = None) -> None:
    """Check packs, broker and topics, and say what to do about what is wrong; exit 1 where something is."""
    address = brokers.address(broker)
    checks: list[tuple[str, Callable[[], str], str]] = [
        ("packs", _packs, "reinstall storybraid: its data files are part of it"),
        ("broker", lambda: _broker(address), "start one with `storybraid up`, or give --brokers"),
        ("topics", lambda: _topics(address), "`storybraid topics create`; for other differences see `topics check`"),
    ]
    failed = [name for name, check, advice in checks if not _told(name, check, advice)]
    if failed:
        raise typer.Exit(1)


def _told(name: str, check: Callable[[], str], advice: str) -> bool:
    console = Console(highlight=False)
    try:
        console.print(f"[green]ok[/]   {name}: {check()}")
    except Exception as error:  # a doctor reports every kind of trouble, and goes on
        console.print(f"[red]bad[/]  {name}: {error}\n       {advice}")
        return False
    return True


def _packs() -> str:
    from services.client.pipeline import Rooms

    return ", ".join(f"{name} {version}" for name, version in sorted(Rooms().versions().items()))


def _broker(address: str) -> str:
    from confluent_kafka.admin import AdminClient

    admin = AdminClient({"bootstrap.servers": address, "log_level": 0, **for_confluent(RuntimeSettings())})
    metadata = admin.list_topics(timeout=SECONDS)
    return f"{address}, cluster {metadata.cluster_id}, {len(metadata.brokers)} brokers"


def _topics(address: str) -> str:
    from services.shared.runtime.brokers import topics

    differences = topics.check(address)
    if differences:
        raise RuntimeError(f"{len(differences)} differences, first: {differences[0].topic}: {differences[0].what}")
    return "as the contract says"
