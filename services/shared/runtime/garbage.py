"""Memory for long lives: packs are never looked through for garbage, and what was large goes back to the system."""

import ctypes
import gc

# What a record makes is many small values that live for milliseconds; looking for rings among them every 700 costs
# deduplication a seventh of its time.
COLLECT_AFTER = (20_000, 20, 10)

# glibc, left alone, serves blocks as large as the largest freed so far from its own pools, one pool a thread, and of a
# pool that is not the first it never gives back the end. A snapshot made in the handler's thread stayed for good.
LARGE_BLOCK, KEPT_AT_THE_END = 1 << 20, 4 << 20
_M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD = -3, -1  # malloc.h


def spare_what_is_loaded() -> None:
    """From now on the collector passes over everything that exists. Called once, when a room has loaded its packs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def return_large_blocks() -> None:
    """From now on blocks of a megabyte go back to the system when they are freed. Called once, as a process begins."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, LARGE_BLOCK)
        set_option(_M_TRIM_THRESHOLD, KEPT_AT_THE_END)


def give_back() -> None:
    """Hand small blocks that were freed back to the system, where its allocator keeps them."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
