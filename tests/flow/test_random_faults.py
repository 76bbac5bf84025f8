"""The guarantees, in memory, over random schedules: workers die before and after they write, and begin again."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.topics import CHANGES, EXTRACTED, RAW, STORIES
from services.shared.runtime.snapshots import Frozen, Gatherer, cut
from services.shared.runtime.stage import Outgoing, Record, Stage, decide
from services.shared.runtime.stateful_stage import advance, replay
from tests.fault.traffic import Traffic, undisturbed
from tests.fault.verify import verify
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.bus import START
from tests.helpers.tiny_rooms import deduplication, stages

ROOM = deduplication()
assert RAW.dead_letter is not None


@dataclass
class Log:
    """Topics that outlive every worker, and the offsets that were committed."""

    topics: dict[str, list[Record]] = field(default_factory=dict)
    committed: dict[str, int] = field(default_factory=dict)

    def append(self, outgoing: Outgoing) -> None:
        """Write one record."""
        log = self.topics.setdefault(outgoing.topic, [])
        log.append(Record(outgoing.topic, 0, len(log), outgoing.key, outgoing.value, tuple(outgoing.headers), START))

    def waiting(self, topic: str, reader: str) -> list[Record]:
        """What a reader has not committed."""
        return self.topics.get(topic, [])[self.committed.get(reader, 0) :]


def _stateless(log: Log, stage: Stage, records: int, dies: str) -> None:
    """At least once: write, then commit; between the two it may die."""
    for number, record in enumerate(log.waiting(stage.reads.name, stage.name)[:records]):
        last = number == records - 1
        outgoing = decide(stage, record, START)
        if last and dies == "before writing":
            return
        log.append(outgoing)
        if last and dies == "after writing":
            return
        log.committed[stage.name] = record.offset + 1


@dataclass
class Deduplication:
    """Exactly once: outputs, offset and now and then a snapshot in one transaction; a death loses all or nothing."""

    log: Log
    snapshots: list[Outgoing] = field(default_factory=list)
    state: Any = None

    def run(self, records: int, dies: str, snapshot: bool) -> None:
        """One batch; afterwards this life may be over."""
        if self.state is None:
            self.state = self._restored()
        batch = self.log.waiting(EXTRACTED.name, ROOM.name)[:records]
        steps = [advance(ROOM, self.state, record, START) for record in batch]
        if dies != "before writing" and batch:
            for outgoing in (each for step in steps for each in step.outgoing):
                self.log.append(outgoing)
            self.log.committed[ROOM.name] = batch[-1].offset + 1
            if snapshot and ROOM.freeze is not None:
                self.snapshots += cut(ROOM.name, 0, Frozen(batch[-1].offset + 1, ROOM.freeze(self.state)))
        if dies != "not":
            self.state = None

    def _restored(self) -> Any:
        committed = self.log.committed.get(ROOM.name, 0)
        gatherer = Gatherer(ROOM.name, 0, committed)
        for offset, each in enumerate(self.snapshots):
            gatherer.take(Record(each.topic, 0, offset, each.key, each.value, tuple(each.headers), START))
        frozen = gatherer.newest()
        state = ROOM.thaw(frozen.value) if frozen and ROOM.thaw else ROOM.fresh()
        for record in self.log.topics.get(EXTRACTED.name, [])[frozen.offset if frozen else 0 : committed]:
            replay(ROOM, state, record)
        return state


ARTICLE = st.one_of(
    st.integers(0, 15).map(lambda n: raw(f"article-{n}", f"{n % 4} text {n}")),
    st.integers(0, 3).map(lambda n: raw_bytes(b"{", f"broken-{n}")),
)
DIES = st.sampled_from(["not", "not", "before writing", "after writing"])
TURN = st.tuples(st.integers(0, 3), st.integers(1, 6), DIES, st.booleans())


@settings(max_examples=300, deadline=None)
@given(st.lists(ARTICLE, min_size=1, max_size=25), st.lists(TURN, max_size=60))
def test_any_deaths_leave_the_stories_of_an_undisturbed_run(
    articles: list[Outgoing], turns: list[tuple[int, int, str, bool]]
) -> None:
    """Whoever dies whenever: nothing lost, nothing twice, no gap, and the same stories."""
    log = Log()
    for article in articles:
        log.append(article)
    dedup, rooms = Deduplication(log), stages()
    for room, records, dies, snapshot in [*turns, *((room, 1000, "not", False) for room in range(4))]:
        if room < 3:
            _stateless(log, rooms[room], records, dies)
        else:
            dedup.run(records, dies, snapshot)
    broken = frozenset(each.key for each in articles if each.key and each.key.startswith(b"broken"))
    sent = Traffic(tuple(articles), broken)
    read = log.topics.get
    letters = read(RAW.dead_letter or "", [])
    verdict = verify(undisturbed(sent), broken, read(CHANGES.name, []), read(STORIES.name, []), letters)
    assert verdict.breaches == 0
