"""Packs stay for the life of a process: looking through them for garbage costs a large article half of its time."""

import gc


def spare_what_is_loaded() -> None:
    """From now on the collector passes over everything that exists. Called once, when a room has loaded its packs."""
    gc.collect()
    gc.freeze()
