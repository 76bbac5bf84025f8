"""The gateway as a process, beside an embedded broker."""

from pathlib import Path

import pytest

from tests.benchmarks.sse import measure

pytestmark = pytest.mark.embedded


async def test_many_clients_hear_everything_once(tmp_path: Path) -> None:
    """Twenty clients, five of them cut off again and again, one that never reads: no gap, no repeat, bounded memory."""
    found = await measure(clients=20, rate=20, seconds=3, cut=5, deaf=1, home=tmp_path)
    assert found.told == 60
    assert (found.wrong, found.resets) == (0, 0)
    assert found.reconnections >= 3
    assert found.good
