"""`topics`: what the bus is made of."""

import typer
from rich.console import Console
from rich.table import Column, Table

from contracts.topics import TOPICS, Topic
from services.client import brokers
from services.client.commands.options import Brokers
from services.client.live import for_tables

app = typer.Typer(no_args_is_help=True, help="The topics of the bus: list, create, grow, check.")


@app.command("list")
def list_topics() -> None:
    """Every topic with its key, partitions and retention."""
    table = Table(Column("topic", no_wrap=True), "key", "partitions", "kept", "what it is", box=None)
    for topic in TOPICS.values():
        table.add_row(topic.name, topic.key, str(topic.partitions), _kept(topic), topic.meaning)
    for_tables().print(table)


def _kept(topic: Topic) -> str:
    if topic.cleanup == "compact":
        return "compacted"
    if topic.retention_ms < 0:
        return f"{topic.retention_bytes // 2**30} GiB a partition"
    return f"{topic.retention_ms // 86_400_000} days"


@app.command()
def create(broker: Brokers = None) -> None:
    """Create the topics that do not exist yet."""
    from services.shared.runtime.brokers import topics

    made = topics.create(brokers.address(broker))
    Console().print(f"created: {', '.join(made)}" if made else "nothing to do: every topic is there")


@app.command()
def grow(topic: str, partitions: int, broker: Brokers = None) -> None:
    """Give a topic before deduplication more partitions, so that more replicas can read it; it cannot be undone."""
    from services.shared.runtime.brokers import topics

    before = topics.grow(brokers.address(broker), topic, partitions)
    Console().print(f"{topic}: {before} partitions before, {partitions} now; the workers share them out by themselves")


@app.command()
def check(broker: Brokers = None) -> None:
    """Compare the broker's topics with the contract; exit 1 where they differ."""
    from services.shared.runtime.brokers import topics

    problems = topics.check(brokers.address(broker))
    for each in problems:
        Console().print(f"[red]-[/] {each.topic}: {each.what} should be {each.expected}, is {each.found}")
    if problems:
        raise typer.Exit(1)
    Console().print("every topic is as the contract says")
