"""From the running version of a room with state to another one: looking, comparing, switching, giving up.

The switch is one Kafka transaction an input partition: the versions that lead subscribers from what is published to
what the new version found, its state as the room's snapshot, and the room's place in the log. The producer has the
transactional id of the running room, so that whoever still works there is fenced and can publish nothing more.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from contracts import codec
from contracts.messages.base import Message, Ready
from contracts.topics import SNAPSHOTS
from services.shared.runtime import lifecycle, snapshots, surroundings
from services.shared.runtime.beside import NotKeptError, Successor, group_beside
from services.shared.runtime.lane import Lane, publish, retire, start_producer
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.restore import ends, read, restore
from services.shared.runtime.security import for_aiokafka
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stage import Outgoing, Record, encoded

# The broker's default for the longest transaction; a switch that takes longer is undone as a whole.
TRANSACTION_MS = 900_000
LOOK_BACK = 200


class ResetError(RuntimeError):
    """The reset cannot go on now; the message says why and what to do. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Place:
    """One input partition: how far the running version is, and how far the snapshots kept beside it are."""

    partition: TopicPartition
    committed: int
    end: int
    beside: dict[str, int]
    """Stage name, with its version, -> the first offset its newest snapshot does not know."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a switch would publish or has published."""

    published: Mapping[str, Any]
    """What subscribers had: key -> what `seen` tells of it."""
    told: list[Message | Ready]
    """Every message but the large ones on the topic `publishes`."""
    outgoing: dict[int, list[Outgoing]]
    """Partition number -> records in order."""


def prepare(successor: Successor, settings: RuntimeSettings) -> Surroundings:
    """What the running room stands on, as far as it is needed here."""
    return lifecycle.prepare(successor.stage.name, settings)


async def places(successor: Successor, given: Surroundings) -> list[Place]:
    """How far everything is."""
    topic = successor.stage.reads.name
    cluster = await surroundings.look(given.settings, (topic, SNAPSHOTS.name, successor.publishes.name))
    if cluster.embedded:
        raise NotKeptError(NotKeptError.__doc__)
    committed = await _committed(given)
    kept = await _kept(given)
    found = []
    for number in range(cluster.partitions[topic]):
        partition = TopicPartition(topic, number)
        beside = {stage: offset for (stage, of), offset in kept.items() if of == number and "." in stage}
        found.append(Place(partition, committed.get(partition, 0), await ends(given, partition), beside))
    return found


async def _committed(given: Surroundings) -> dict[TopicPartition, int]:
    async with _admin(given) as admin:
        found = await admin.list_consumer_group_offsets(given.group)
    return {partition: place.offset for partition, place in found.items() if place.offset >= 0}


@contextlib.asynccontextmanager
async def _admin(given: Surroundings) -> AsyncIterator[Any]:
    from aiokafka.admin import AIOKafkaAdminClient

    admin = AIOKafkaAdminClient(bootstrap_servers=given.settings.brokers.split(","), **for_aiokafka(given.settings))
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


async def members(given: Surroundings) -> int:
    """How many workers of the running version are in its group."""
    async with _admin(given) as admin:
        (answer,) = await admin.describe_consumer_groups([given.group])
    # (error, group, state, protocol type, protocol, members, ...)
    return sum(len(group[5]) for group in answer.groups)


async def _snapshot_records(given: Surroundings) -> list[Record]:
    """Every record of the snapshot topic, without the values: key and headers tell all that is asked."""
    place, records = TopicPartition(SNAPSHOTS.name, 0), []
    async for batch in read(given, place, 0, await ends(given, place)):
        records += [replace(record, value=record.value and b"kept") for record in batch]
    return records


async def _kept(given: Surroundings) -> dict[tuple[str, int], int]:
    """Stage and partition -> offset of the snapshot written last."""
    found: dict[tuple[str, int], int] = {}
    for record in await _snapshot_records(given):
        stage, partition, _ = (record.key or b"").decode(errors="replace").split("/")
        if record.value is None:
            found.pop((stage, int(partition)), None)
        else:
            found[stage, int(partition)] = int(dict(record.headers)["snapshot_offset"])
    return found


def hindrance(successor: Successor, found: list[Place]) -> str | None:
    """Why this version cannot take over from there, in words; None where it can."""
    for place in found:
        kept = place.beside.get(successor.beside.name)
        where = f"partition {place.partition.partition}"
        if not place.committed:
            return f"{where}: the running version has published nothing yet, there is nothing to reset"
        if kept is None:
            return f"{where}: no snapshot of this version ({successor.version}); run `storybraid reset start` with it"
        if kept > place.committed:
            return (
                f"{where}: the running version is {kept - place.committed} articles behind; "
                "let it catch up before it is stopped"
            )
    return None


async def plan(successor: Successor, given: Surroundings) -> Plan:
    """What a switch would publish now. Writes nothing."""
    found = await places(successor, given)
    return await _decided(successor, given, found, await _states(successor, given, found))


async def _states(successor: Successor, given: Surroundings, found: list[Place]) -> list[Any]:
    if why := hindrance(successor, found):
        raise ResetError(why)
    return [await restore(successor.beside, given, place.partition, place.committed) for place in found]


async def _decided(successor: Successor, given: Surroundings, found: list[Place], states: list[Any]) -> Plan:
    published = await _published(successor, given)
    last = await _last_article(successor, given, found)
    result = Plan(published, [], {number: [] for number in range(len(found))})
    for owner, written in successor.take_over(states, published, last):
        result.told.extend(message for topic, message in written if topic is not successor.publishes)
        result.outgoing[owner].extend(
            replace(encoded(topic, message, successor.stage.name, last.received_at), message=None)
            for topic, message in written
        )
    return result


async def _published(successor: Successor, given: Surroundings) -> dict[str, Any]:
    topic, found = successor.publishes, {}
    place = TopicPartition(topic.name, 0)
    async for records in read(given, place, 0, await ends(given, place)):
        for record in records:
            if record.value is not None:
                told = successor.seen(codec.decode(topic, record.value, record.headers))
                found[(record.key or b"").decode()] = told
    return found


async def _last_article(successor: Successor, given: Surroundings, found: list[Place]) -> Any:
    """The newest article the stories know of: what is published now is told of it."""
    newest: Any = None
    for place in found:
        async for records in read(given, place.partition, place.committed - LOOK_BACK, place.committed):
            for message in _decoded(successor, records):
                if newest is None or message.received_at >= newest.received_at:
                    newest = message
    if newest is None:
        raise ResetError("the log holds no article any more: there is nothing to consolidate anew")
    return newest


def _decoded(successor: Successor, records: list[Record]) -> Iterator[Any]:
    for record in records:
        with contextlib.suppress(codec.Undecodable):
            yield codec.decode(successor.stage.reads, record.value, record.headers)


async def switch(successor: Successor, given: Surroundings) -> Plan:
    """Let the new version take over from the running one, which must have been stopped."""
    if working := await members(given):
        raise ResetError(
            f"workers of the running version still at work: {working}; stop them first, articles wait meanwhile"
        )
    before = await places(successor, given)
    states = await _states(successor, given, before)
    lanes = [await _fencing(given, place, state) for place, state in zip(before, states, strict=True)]
    try:
        if [place.committed for place in await places(successor, given)] != [lane.next_offset for lane in lanes]:
            raise ResetError("the running version published something meanwhile; is it really stopped? Try again")
        decided = await _decided(successor, given, before, states)
        for number, lane in enumerate(lanes):
            await _write(successor, given, lane, decided.outgoing[number])
    except KafkaError as error:
        raise ResetError(
            f"the switch was undone by the broker or by a worker that began meanwhile: {error!r}"
        ) from error
    finally:
        for lane in lanes:
            await retire(lane)
    return decided


async def _fencing(given: Surroundings, place: Place, state: Any) -> Lane:
    """From here on nobody who worked on this partition before can publish."""
    producer = await start_producer(given, place.partition, transactional=True, transaction_ms=TRANSACTION_MS)
    return Lane(place.partition, producer, state, place.committed, True)


async def _write(successor: Successor, given: Surroundings, lane: Lane, outgoing: list[Outgoing]) -> None:
    stage = successor.stage
    assert stage.freeze is not None
    frozen = snapshots.Frozen(lane.next_offset, await asyncio.to_thread(stage.freeze, lane.state))
    pieces = snapshots.cut(stage.name, lane.partition.partition, frozen)
    await publish(lane, None, given.group, [*outgoing, *pieces], lane.next_offset)


async def abandon(successor: Successor, given: Surroundings) -> int:
    """Clear away every snapshot kept beside, and fence whoever still writes some; returns how many were cleared."""
    beside = replace(given, group=group_beside(given.group))
    records = await _snapshot_records(given)
    keys = {record.key for record in records if _is_beside(successor, record)}
    gone = {record.key for record in records if record.value is None}
    for place in await places(successor, given):
        producer = await start_producer(beside, place.partition, transactional=True)
        lane = Lane(place.partition, producer, None, 0, True)
        mine = [key for key in keys if key is not None and key.split(b"/")[1] == b"%d" % place.partition.partition]
        await publish(lane, None, beside.group, [Outgoing(SNAPSHOTS.name, key, None, []) for key in sorted(mine)], 0)
        await retire(lane)
    return len(keys - gone)


def _is_beside(successor: Successor, record: Record) -> bool:
    return (record.key or b"").decode(errors="replace").startswith(f"{successor.stage.name}-next.")
