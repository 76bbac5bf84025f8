"""What Faust skipped while a group was shared out is read again, and never committed past."""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import pytest
from faust.transport import consumer as faust_consumer
from faust.types import TP
from intervaltree import IntervalTree

from services.shared.runtime.faust_app import CommittingConsumer

PLACE = TP("articles.identified.v1", 5)


@pytest.fixture
def consumer() -> Any:
    """A consumer with its book-keeping and without a broker: four records read, the first two skipped."""
    made: Any = object.__new__(CommittingConsumer)
    made._acked, made._acked_index = defaultdict(list), defaultdict(set)
    made._gap, made._committed_offset = defaultdict(IntervalTree), defaultdict(lambda: None)
    made._read_offset = {}
    made._unfinished = {PLACE: dict.fromkeys(range(4))}
    _ack(made, 2, 3)
    return made


def _ack(consumer: Any, *offsets: int) -> None:
    consumer._acked[PLACE].extend(offsets)
    consumer._acked_index[PLACE].update(offsets)


def test_nothing_is_committed_past_what_was_skipped(consumer: Any) -> None:
    """Of a new group Faust would commit past the records it skipped; only once they are done is anything committed."""
    assert consumer._new_offset(PLACE) is None
    _ack(consumer, 0, 1)
    assert consumer._new_offset(PLACE) == 4


def test_faust_alone_commits_past_them(consumer: Any) -> None:
    """What is guarded against is there: where this fails, Faust has mended it and the guard can go."""
    assert faust_consumer.Consumer._new_offset(consumer, PLACE) == 4


def test_a_record_that_does_not_exist_holds_nothing_up(consumer: Any) -> None:
    """Only what was read is waited for: offsets that retention took away were not."""
    consumer._unfinished = {PLACE: dict.fromkeys((2, 3))}
    assert consumer._new_offset(PLACE) == 4


@pytest.mark.parametrize(("committed", "went"), [(None, [(PLACE, 0)]), (2, [])])
async def test_skipped_records_are_read_again(
    consumer: Any, monkeypatch: pytest.MonkeyPatch, committed: int | None, went: list[Any]
) -> None:
    """Where nothing is committed the consumer goes back to what it read first; else what is committed tells it."""
    told: list[Any] = []

    async def base(self: Any) -> None:
        self._committed_offset[PLACE] = committed

    async def seek(self: Any, partition: Any, offset: int) -> None:
        told.append((partition, offset))

    monkeypatch.setattr(faust_consumer.Consumer, "perform_seek", base)
    monkeypatch.setattr(CommittingConsumer, "seek", seek)
    monkeypatch.setattr(CommittingConsumer, "assignment", lambda self: {PLACE})
    await consumer.perform_seek()
    assert told == went
    assert consumer._unfinished == {}


async def test_what_is_fetched_is_noted(consumer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every record that Faust hands on counts as unfinished until it is acked."""

    async def base(self: Any, timeout: float) -> Any:  # noqa: ASYNC109  (Faust names it)
        yield PLACE, SimpleNamespace(offset=4)

    monkeypatch.setattr(faust_consumer.Consumer, "getmany", base)
    assert [message.offset async for _, message in consumer.getmany(1.0)] == [4]
    assert list(consumer._unfinished[PLACE]) == [0, 1, 2, 3, 4]
