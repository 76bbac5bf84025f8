"""`doctor`: is all well, and if not, what to do."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from contracts.compatibility import breaks
from contracts.schemas.json_schema import all_schemas
from contracts.topics import ACCEPTED, RAW, TOPICS
from services.client import brokers
from services.client.commands.options import Brokers
from services.shared.runtime.clock import SystemClock, from_milliseconds, synchronised
from services.shared.runtime.security import for_confluent
from services.shared.runtime.settings import RuntimeSettings

SECONDS = 10
AHEAD_SECONDS = 5
LAST_RECORDS = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be right, how that is seen, and what to do where it is not."""

    name: str
    look: Callable[[], str]
    advice: str
    needs: str | None = None
    """What must be well before this can be seen at all."""


def checks(address: str) -> list[Check]:
    """Everything a doctor looks at, what others need first."""
    return [
        Check("packs", _packs, "reinstall storybraid: its data files are part of it"),
        Check("schemas", _schemas, "reinstall storybraid; in a checkout: `make schemas`, and see contracts/README.md"),
        Check("registry", _registry, "see what STORYBRAID_SCHEMA_REGISTRY names, and which version runs beside this"),
        Check("broker", lambda: _broker(address), "start one with `storybraid up`, or give --brokers"),
        Check(
            "topics",
            lambda: _topics(address),
            "`storybraid topics create` makes missing ones; `storybraid topics check` lists other differences",
            needs="broker",
        ),
        Check(
            "clock",
            lambda: _clock(address),
            "set the clocks by NTP: dates of articles and latencies are told by them",
            needs="broker",
        ),
    ]


def doctor(broker: Brokers = None) -> None:
    """Check packs, schemas, broker, topics and clock, say what to do about what is wrong; exit 1 where something is."""
    failed: set[str] = set()
    for check in checks(brokers.address(broker)):
        if check.needs in failed:
            Console(highlight=False).print(f"[yellow]?[/]    {check.name}: cannot be seen without {check.needs}")
        elif not _told(check):
            failed.add(check.name)
    if failed:
        raise typer.Exit(1)


def _told(check: Check) -> bool:
    console = Console(highlight=False, soft_wrap=True)
    try:
        console.print(f"[green]ok[/]   {check.name}: {escape(check.look())}")
    except Exception as error:  # a doctor reports every kind of trouble, and goes on
        console.print(f"[red]bad[/]  {check.name}: {escape(str(error))}\n       {check.advice}")
        return False
    return True


def _packs() -> str:
    from services.client.pipeline import Rooms

    return ", ".join(f"{name} {version}" for name, version in sorted(Rooms().versions().items()))


def _schemas() -> str:
    from services.shared.runtime.documents import FOLDER, published

    files = published()
    current = all_schemas()
    stale = [name for name, schema in current.items() if json.loads(files.get(FOLDER + name, b"null")) != schema]
    if stale:
        raise RuntimeError(f"{', '.join(stale)}: the published schema is not that of the code")
    for name, schema in current.items():
        if (frozen := _frozen(name)) and (broken := breaks(frozen, schema)):
            raise RuntimeError(f"{name} breaks a released version: {broken[0]}")
    return f"{len(current)} as published, none breaks a released one"


def _frozen(name: str) -> dict[str, Any] | None:
    from importlib.resources import files

    path = files("contracts.schemas") / "frozen" / name
    return json.loads(path.read_bytes()) if path.is_file() else None


def _registry() -> str:
    from services.shared.runtime.schema_registry import agree

    settings = RuntimeSettings()
    told = agree(settings, TOPICS, register=False)
    if not told:
        return "none is configured"
    new = sorted(name for name, answer in told.items() if answer != "known")
    return f"{settings.schema_registry} agrees" + (f"; a worker will register {', '.join(new)}" if new else "")


def _broker(address: str) -> str:
    from confluent_kafka.admin import AdminClient

    admin = AdminClient({"bootstrap.servers": address, "log_level": 0, **for_confluent(RuntimeSettings())})
    metadata = admin.list_topics(timeout=SECONDS)
    return f"{address}, cluster {metadata.cluster_id}, {len(metadata.brokers)} brokers"


def _topics(address: str) -> str:
    from services.shared.runtime.brokers import topics

    differences = topics.check(address)
    if differences:
        told = "; ".join(f"{d.topic}: {d.what} should be {d.expected}, is {d.found}" for d in differences[:3])
        raise RuntimeError(f"{len(differences)} differences: {told}")
    return "as the contract says"


def _clock(address: str) -> str:
    now = SystemClock().now()
    for topic, writer in ((RAW, "a publisher's"), (ACCEPTED, "a worker's")):
        newest = _newest(address, topic.name)
        if newest and (ahead := (newest - now).total_seconds()) > AHEAD_SECONDS:
            raise RuntimeError(
                f"the newest record of {topic.name} is {ahead:.0f} s ahead of this machine: "
                f"this clock or {writer} is wrong"
            )
    word = {True: "synchronised", False: "not synchronised, says the kernel", None: "the kernel does not say"}
    return f"{now:%Y-%m-%d %H:%M:%S} UTC, {word[synchronised()]}; no newest record is ahead of it"


def _newest(address: str, topic: str) -> datetime | None:
    """The latest time among the last records of a topic's partitions; None where it is empty or cannot be read."""
    from confluent_kafka import Consumer, TopicPartition

    quiet = {"log_level": 0, "enable.auto.commit": False, "fetch.message.max.bytes": 10_000_000}
    group = {"group.id": "storybraid-doctor", "enable.partition.eof": True}
    consumer = Consumer({"bootstrap.servers": address, **quiet, **group, **for_confluent(RuntimeSettings())})
    try:
        places = []
        for number in consumer.list_topics(topic, timeout=SECONDS).topics[topic].partitions:
            begin, end = consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=SECONDS)
            places.append(TopicPartition(topic, number, max(begin, end - LAST_RECORDS)))
        return _latest(consumer, places)
    finally:
        consumer.close()


def _latest(consumer: Any, places: list[Any]) -> datetime | None:
    from confluent_kafka import KafkaError

    consumer.assign(places)
    latest, finished, idle = None, 0, 0
    while finished < len(places) and idle < SECONDS:
        message = consumer.poll(1)
        if message is None:
            idle += 1
        elif message.error():
            finished += message.error().code() == KafkaError._PARTITION_EOF
        else:
            at = from_milliseconds(message.timestamp()[1])
            latest = at if latest is None else max(latest, at)
    return latest
