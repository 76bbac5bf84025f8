"""Packs are loaded once and never looked through for garbage again."""

import ctypes
import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.shared.runtime.garbage import COLLECT_AFTER, give_back, spare_what_is_loaded


class Ring:
    """Something only the collector can take away."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_loaded_is_spared_and_what_comes_later_is_not() -> None:
    """Objects from before are out of the collector's sight; rings made later are still collected."""
    pack, before = [Ring() for _ in range(10)], gc.get_threshold()
    spare_what_is_loaded()
    try:
        assert gc.get_freeze_count() >= len(pack)
        assert not any(found is pack[0] for found in gc.get_objects())
        for _ in range(100):
            Ring()
        assert gc.collect() >= 100
        assert gc.isenabled()
        assert gc.get_threshold() == COLLECT_AFTER
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only the C library of GNU keeps freed memory"
)
def test_what_was_freed_is_given_back() -> None:
    """Memory that a few survivors hold scattered does not stay with the process."""
    many = [bytes(2000) for _ in range(40_000)]
    few = many[::400]
    full = _resident()
    del many
    give_back()
    assert full - _resident() > 40_000_000
    assert len(few) == 100


IN_A_THREAD = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
from services.shared.runtime.garbage import return_large_blocks

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

def work(size):
    blocks = [b"x" * size for _ in range(4)]
    return len(blocks)

if sys.argv[1] == "returned":
    return_large_blocks()
thread = ThreadPoolExecutor(1)
thread.submit(work, 100_000).result()
before = resident()
for _ in range(3):
    thread.submit(work, 9_000_000).result()
print(resident() - before)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="only the C library of GNU has pools to set")
def test_a_large_block_freed_in_a_thread_goes_back_to_the_system() -> None:
    """What a thread needed for a moment is gone from the process afterwards; left alone, the allocator keeps it."""
    kept, returned = (
        int(subprocess.run([sys.executable, "-c", IN_A_THREAD, how], check=True, capture_output=True).stdout)
        for how in ("kept", "returned")
    )
    assert returned < 2_000_000
    assert kept > returned + 4_000_000
