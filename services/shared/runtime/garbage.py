"""Packs stay for the life of a process: looking through them for garbage costs a large article half of its time."""

import ctypes
import gc

# What a record makes is many small values that live for milliseconds; looking for rings among them every 700 costs
# deduplication a seventh of its time.
COLLECT_AFTER = (20_000, 20, 10)


def spare_what_is_loaded() -> None:
    """From now on the collector passes over everything that exists. Called once, when a room has loaded its packs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def give_back() -> None:
    """Hand what was freed back to the system, where its allocator keeps it: a snapshot needs much for a moment."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
