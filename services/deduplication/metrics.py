"""What Prometheus sees of deduplication besides the metrics of every stage."""

from collections.abc import Iterable, Sequence
from typing import get_args

from prometheus_client import Counter, Gauge, Histogram

from contracts.messages.base import Message, Ready
from contracts.messages.story import StoryRecord
from contracts.messages.story_change import ChangeKind, StoryChangeV1

STORIES_OPEN = Gauge("storybraid_stories_open", "Stories that may still grow.")
ARTICLES_PER_STORY = Histogram(
    "storybraid_articles_per_story",
    "Articles of a story, observed at every change of it.",
    buckets=(1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100),
)
SOURCES_PER_STORY = Histogram(
    "storybraid_sources_per_story",
    "Independent sources of a story, observed at every change of it.",
    buckets=(1, 2, 3, 4, 5, 7, 10, 15, 20, 30),
)
CHANGES = Counter("storybraid_story_changes_total", "Changes of stories.", ["kind"])
# A series that begins at 1 hides its first growth from Prometheus.
for _kind in get_args(ChangeKind):
    CHANGES.labels(_kind)


class OpenStories:
    """Follows which stories are open from what is published; the gauge is theirs."""

    def __init__(self) -> None:
        self._open: set[str] = set()

    def begin(self, story_ids: Iterable[str]) -> None:
        """Take over the open stories of a rebuilt state."""
        self._open = set(story_ids)
        STORIES_OPEN.set(len(self._open))

    def observe(self, messages: Sequence[Message | Ready]) -> None:
        """Take in what one article led to."""
        for message in messages:
            if isinstance(message, StoryChangeV1):
                CHANGES.labels(message.kind).inc()
            elif isinstance(message, StoryRecord):
                self._story(message)
        STORIES_OPEN.set(len(self._open))

    def _story(self, story: StoryRecord) -> None:
        if story.state == "open":
            self._open.add(story.story_id)
            ARTICLES_PER_STORY.observe(story.articles)
            SOURCES_PER_STORY.observe(story.independent_sources)
        else:
            self._open.discard(story.story_id)
