"""What a worker does once with its memory, before the first record."""

import gc

from services.shared.runtime.lifecycle import COLLECT_AFTER, settle


def test_what_is_loaded_is_not_looked_at_again() -> None:
    """After settling, the collector leaves alone what was loaded, and looks seldom at what is made."""
    before = gc.get_threshold()
    try:
        settle()
        assert gc.get_freeze_count() > 1000
        assert gc.get_threshold() == COLLECT_AFTER
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
