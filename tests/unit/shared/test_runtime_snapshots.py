"""Frozen states on a compacted topic."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.shared.runtime import snapshots
from services.shared.runtime.snapshots import Frozen, Gatherer, cut
from services.shared.runtime.stage import Outgoing, Record

AT = datetime(2026, 1, 7, tzinfo=UTC)


def _gathered(written: list[Outgoing], committed: int, partition: int = 0) -> Frozen | None:
    gatherer = Gatherer("deduplication", partition, committed)
    for offset, each in enumerate(written):
        gatherer.take(Record(each.topic, 0, offset, each.key, each.value, tuple(each.headers), AT))
    return gatherer.newest()


@given(st.binary(max_size=5000), st.integers(0, 10**9))
def test_what_is_cut_is_gathered(value: bytes, offset: int) -> None:
    """A snapshot read back is the snapshot written, whatever it holds."""
    frozen = Frozen(offset, value)
    assert _gathered(cut("deduplication", 0, frozen), offset) == frozen


def test_a_large_state_travels_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks fit a message, and any order of them will do."""
    monkeypatch.setattr(snapshots, "CHUNK_BYTES", 100)
    frozen = Frozen(5, bytes(range(256)) * 4)
    pieces = cut("deduplication", 0, frozen)
    assert len(pieces) > 1
    assert _gathered(pieces[::-1], 5) == frozen


def test_the_newest_whole_one_within_the_committed_offset_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """One from beyond the committed offset, one with a lost chunk, and one of another partition are passed over."""
    monkeypatch.setattr(snapshots, "CHUNK_BYTES", 10)
    old, new, future = (Frozen(n, f"state {n} {'x' * n}".encode()) for n in (10, 20, 30))
    written = [*cut("deduplication", 0, old), *cut("deduplication", 0, new)[:-1], *cut("deduplication", 0, future)]
    assert _gathered(written, 25) == old
    assert _gathered([*written, *cut("deduplication", 0, new)[-1:]], 25) == new
    assert _gathered(written, 25, partition=1) is None


def test_a_harmed_snapshot_is_not_used() -> None:
    """A chunk that does not match its digest is as good as none."""
    piece = cut("deduplication", 0, Frozen(1, b"state"))[0]
    harmed = Outgoing(piece.topic, piece.key, b"!" + (piece.value or b"")[1:], piece.headers)
    assert _gathered([harmed], 1) is None


def test_of_two_snapshots_of_one_place_the_later_counts() -> None:
    """A state that took over at the place where the one before stood is the one that is found."""
    one, other = Frozen(7, b"before"), Frozen(7, b"after")
    assert _gathered([*cut("deduplication", 0, one), *cut("deduplication", 0, other)], 7) == other
    assert _gathered([*cut("deduplication", 0, other), *cut("deduplication", 0, one)], 7) == one


def test_a_cleared_snapshot_is_not_found() -> None:
    """A chunk whose key was written again without a value is gone, although the old record still stands in the log."""
    (piece,) = cut("deduplication", 0, Frozen(7, b"state"))
    cleared = Outgoing(piece.topic, piece.key, None, [])
    assert _gathered([piece, cleared], 7) is None
    assert _gathered([piece, cleared, *cut("deduplication", 0, Frozen(7, b"anew"))], 7) == Frozen(7, b"anew")
