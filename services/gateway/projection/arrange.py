"""Records of three topics into batches. A change waits for the story it tells of, so that whoever hears of it finds it.

Deduplication writes both in one transaction, but they are different topics: one may be read a moment before the other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from contracts import codec
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from contracts.topics import CHANGES, TOPICS
from services.gateway import metrics
from services.gateway.projection.writer import Batch, Partition
from services.shared.runtime.logs import logger
from services.shared.runtime.stage import Record

# Longer than any commit takes; a story that was lost (an embedded broker drops what is old) must not hold up the rest.
PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class _Held:
    position: int
    change: StoryChangeV1
    since: float


@dataclass
class Arranger:
    """Takes records in, gives batches out; remembers the changes that wait."""

    version_of: Callable[[str], int]
    _held: list[_Held] = field(default_factory=list)
    _change_end: dict[Partition, int] = field(default_factory=dict)

    @property
    def waiting(self) -> bool:
        """Whether changes wait for their stories."""
        return bool(self._held)

    def arrange(self, records: Iterable[Record], offsets: dict[Partition, int], now: float) -> Batch:
        """The batch that these records, and what waited before them, make."""
        articles: list[ExtractedArticleV1] = []
        stories: list[StoryV1] = []
        for record in records:
            match _message(record):
                case ExtractedArticleV1() as article:
                    articles.append(article)
                case StoryV1() as story:
                    stories.append(story)
                case StoryChangeV1() as change:
                    self._held.append(_Held(record.offset, change, now))
        released = self._release({story.story_id: story.version for story in stories}, now)
        reached = {partition: end for partition, end in offsets.items() if partition[0] != CHANGES.name}
        self._change_end |= {partition: end for partition, end in offsets.items() if partition[0] == CHANGES.name}
        reached |= {partition: self._reached(end) for partition, end in self._change_end.items()}
        return Batch(tuple(articles), tuple(stories), tuple(released), reached)

    def _reached(self, end: int) -> int:
        return self._held[0].position if self._held else end

    def _release(self, fresh: dict[str, int], now: float) -> list[tuple[int, StoryChangeV1]]:
        """Changes go in their order: the first that waits holds up those behind it."""
        released: list[tuple[int, StoryChangeV1]] = []
        for held in self._held:
            change = held.change
            known = fresh.get(change.story_id, 0) >= change.version
            if not known and self.version_of(change.story_id) < change.version and now - held.since < PATIENCE_SECONDS:
                break
            released.append((held.position, change))
        del self._held[: len(released)]
        return released


def _message(record: Record) -> object:
    if record.value is None:
        return None
    try:
        message = codec.decode(TOPICS[record.topic], record.value, record.headers)
    except codec.Undecodable as error:
        metrics.SKIPPED.labels(record.topic, error.reason).inc()
        logger().warning("skipped", topic=record.topic, offset=record.offset, reason=error.reason, detail=error.detail)
        return None
    metrics.PROJECTED.labels(record.topic).inc()
    return message
