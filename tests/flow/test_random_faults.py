"""The guarantees, in memory, over random schedules: workers die before and after they write, and begin again.

Articles lie in two partitions, so that they overtake each other; two instances of the room with state take its
partition from one another, and the loser is fenced; releases change, and with them the form of snapshots. 2,000
schedules in `make test`; more with `pytest tests/flow/test_random_faults.py --hypothesis-profile thousands`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.topics import CHANGES, EXTRACTED, RAW, STORIES
from services.shared.runtime.snapshots import Frozen, Gatherer, cut
from services.shared.runtime.stage import Outgoing, Record, Stage, decide
from services.shared.runtime.stateful_stage import StatefulStage, advance, replay
from tests.fault.traffic import Traffic, undisturbed
from tests.fault.verify import verify
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.bus import START
from tests.helpers.releases import next_room, next_stage
from tests.helpers.tiny_rooms import deduplication, stages

SCHEDULES = 2000
PARTITIONS = 2
RELEASES = (deduplication(), next_room(deduplication()))
STAGES = (tuple(stages()), tuple(next_stage(stage) for stage in stages()))
assert RAW.dead_letter is not None


@dataclass
class Log:
    """Topics that outlive every worker, and the offsets that were committed."""

    topics: dict[tuple[str, int], list[Record]] = field(default_factory=dict)
    committed: dict[tuple[str, int], int] = field(default_factory=dict)

    def append(self, outgoing: Outgoing) -> None:
        """Write one record, into the partition its key decides."""
        partition = 0 if outgoing.partition == 0 else sum(outgoing.key or b"") % PARTITIONS
        log = self.topics.setdefault((outgoing.topic, partition), [])
        headers = tuple(outgoing.headers)
        log.append(Record(outgoing.topic, partition, len(log), outgoing.key, outgoing.value, headers, START))

    def waiting(self, topic: str, partition: int) -> list[Record]:
        """What the topic's one reader has not committed."""
        return self.topics.get((topic, partition), [])[self.committed.get((topic, partition), 0) :]

    def read(self, topic: str) -> list[Record]:
        """A whole topic."""
        return [record for partition in range(PARTITIONS) for record in self.topics.get((topic, partition), [])]


@dataclass(frozen=True)
class Turn:
    """Who works on how many records of which partition, in which release, and whether and when it dies."""

    room: int
    records: int
    dies: str
    partition: int
    release: int
    instance: int
    snapshot: bool


def _stateless(log: Log, stage: Stage, turn: Turn) -> None:
    """At least once: write, then commit; between the two it may die."""
    waiting = log.waiting(stage.reads.name, turn.partition)[: turn.records]
    for number, record in enumerate(waiting):
        last = number == turn.records - 1
        outgoing = decide(stage, record, START)
        if last and turn.dies == "before writing":
            return
        log.append(outgoing)
        if last and turn.dies == "after writing":
            return
        log.committed[record.topic, record.partition] = record.offset + 1


@dataclass
class Deduplication:
    """Exactly once: outputs, offset and now and then a snapshot in one transaction; a death loses all or nothing."""

    log: Log
    snapshots: list[Outgoing] = field(default_factory=list)
    states: dict[int, Any] = field(default_factory=dict)
    owner: int = -1

    def run(self, turn: Turn) -> None:
        """One batch of one instance; afterwards this life may be over."""
        room = RELEASES[turn.release]
        if turn.instance not in self.states:
            self.owner = turn.instance
            self.states[turn.instance] = self._restored(room)
        state = self.states[turn.instance]
        batch = self.log.waiting(EXTRACTED.name, 0)[: turn.records]
        steps = [advance(room, state, record, START) for record in batch]
        fenced = self.owner != turn.instance
        if batch and turn.dies != "before writing" and not fenced:
            self._commit((each for step in steps for each in step.outgoing), batch[-1].offset + 1)
            if turn.snapshot and room.freeze is not None:
                self.snapshots += cut(room.name, 0, Frozen(batch[-1].offset + 1, room.freeze(state)))
        if turn.dies != "not" or fenced:
            del self.states[turn.instance]

    def _commit(self, outgoing: Iterable[Outgoing], offset: int) -> None:
        for each in outgoing:
            self.log.append(each)
        self.log.committed[EXTRACTED.name, 0] = offset

    def _restored(self, room: StatefulStage) -> Any:
        committed = self.log.committed.get((EXTRACTED.name, 0), 0)
        gatherer = Gatherer(room.name, 0, committed)
        for offset, each in enumerate(self.snapshots):
            gatherer.take(Record(each.topic, 0, offset, each.key, each.value, tuple(each.headers), START))
        state, start = _thawed(room, gatherer.newest())
        for record in self.log.topics.get((EXTRACTED.name, 0), [])[start:committed]:
            replay(room, state, record)
        return state


def _thawed(room: StatefulStage, frozen: Frozen | None) -> tuple[Any, int]:
    """As a worker does it: a snapshot of another release that cannot be read is as good as none."""
    assert room.thaw is not None
    try:
        return (room.thaw(frozen.value), frozen.offset) if frozen else (room.fresh(), 0)
    except ValueError:
        return room.fresh(), 0


ARTICLE = st.one_of(
    st.integers(0, 15).map(lambda n: raw(f"article-{n}", f"{n % 4} text {n}")),
    st.integers(0, 3).map(lambda n: raw_bytes(b"{", f"broken-{n}")),
)
DIES = st.sampled_from(["not", "not", "before writing", "after writing"])
FEW = st.integers(0, 1)
TURN = st.builds(Turn, st.integers(0, 3), st.integers(1, 6), DIES, FEW, FEW, FEW, st.booleans())
# In the end everybody has all the time in the world, and nobody dies.
REST = [Turn(room, 1000, "not", partition, 0, 2, False) for room in range(4) for partition in range(PARTITIONS)]


@settings(max_examples=max(SCHEDULES, settings.default.max_examples if settings.default else 0), deadline=None)
@given(st.lists(ARTICLE, min_size=1, max_size=25), st.lists(TURN, max_size=60))
def test_any_deaths_leave_the_stories_of_an_undisturbed_run(articles: list[Outgoing], turns: list[Turn]) -> None:
    """Whoever dies whenever: nothing lost, nothing twice, no gap, and the same stories."""
    log = Log()
    for article in articles:
        log.append(article)
    room = Deduplication(log)
    for turn in [*turns, *REST]:
        if turn.room < 3:
            _stateless(log, STAGES[turn.release][turn.room], turn)
        else:
            room.run(turn)
    broken = frozenset(each.key for each in articles if each.key and each.key.startswith(b"broken"))
    sent = Traffic(tuple(articles), broken)
    letters = log.read(RAW.dead_letter or "")
    verdict = verify(undisturbed(sent), broken, log.read(CHANGES.name), log.read(STORIES.name), letters)
    assert verdict.breaches == 0
