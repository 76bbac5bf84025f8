"""The real deduplication with a smaller desk, so that half an hour of soak shows what weeks do.

python -m tests.fault.soak_room ARTICLES: stories older than the retention are dropped while more than so many are held.
"""

import sys
from dataclasses import replace

from services.deduplication import worker
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.handler import State
from services.shared.runtime import transactional_worker
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stateful_stage import StatefulStage


def build(keep: int) -> StatefulStage:
    """The room as it is; only how many articles it keeps whatever their age is another. It starts from the log."""
    settings = StorySettings(keep_articles=keep)
    return replace(worker.build(), fresh=lambda: State(settings=settings), thaw=None)


if __name__ == "__main__":
    transactional_worker.run(lambda: build(int(sys.argv[1])), worker.ROOM, RuntimeSettings())
