"""Deduplication with other settings than the usual ones, as another version would have: articles must be nearly alike.

`python -m tests.helpers.strict_deduplication` runs it as a worker, with `beside` after it beside the running one.
"""

import sys

from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.handler import State
from services.deduplication.settings import Settings
from services.deduplication.worker import ROOM, build, follow
from services.shared.runtime import transactional_worker

STRICT = StorySettings(threshold=0.9, attach=0.95, attach_group=0.95)


def fresh() -> State:
    """An empty state of that version."""
    return State(STRICT)


def main(how: str) -> None:
    """Run until asked to end."""
    if how == "beside":
        follow(Settings(), fresh=fresh)
    else:
        transactional_worker.run(lambda: build(fresh), ROOM, Settings())


if __name__ == "__main__":
    main(sys.argv[-1])
