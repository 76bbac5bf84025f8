"""Every topic of the bus: what it carries, how it is keyed, split and kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.messages.base import Message
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.identified_article import IdentifiedArticleV1
from contracts.messages.raw_article import RawArticleV1
from contracts.messages.story import StoryRecord, StoryV1
from contracts.messages.story_change import StoryChangeV1

DAY_MS = 86_400_000
MIB = 1024 * 1024
# A 5 MB text must reach the dead-letter topic, not fail in the publisher: limits agree from producer to consumer.
MAX_KEPT_BYTES = 8 * MIB
MAX_STAGE_BYTES = 8 * MIB
# Kafka counts age by the time a record carries. Publishers may send old articles under their own time, and those must
# not be deleted before they are read: raw articles are kept by size.
KEPT_BYTES = 20 * 1024 * MIB


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `ce_type` names its message on the wire; `key_of` is None where the publisher chooses the key."""

    name: str
    ce_type: str | None
    message: type[Message] | None
    key: str
    key_of: Callable[[Any], str] | None
    id_of: Callable[[Any], str] | None
    partitions: int
    retention_ms: int
    meaning: str
    cleanup: Literal["delete", "compact"] = "delete"
    max_message_bytes: int = MAX_STAGE_BYTES
    dead_letter: str | None = None
    retention_bytes: int = -1

    def config(self) -> dict[str, str]:
        """The topic's settings as Kafka names them."""
        settings = {"cleanup.policy": self.cleanup, "max.message.bytes": str(self.max_message_bytes)}
        if self.cleanup == "delete":
            settings |= {"retention.ms": str(self.retention_ms), "retention.bytes": str(self.retention_bytes)}
        return settings


def _raw_key(article: RawArticleV1) -> str:
    return article.id or article.url or article.headline or (article.body or article.html or "")[:200]


def _article(article: AcceptedArticleV1) -> str:
    return article.article_id


def _subject(article: ExtractedArticleV1) -> str:
    return article.subject


def _article_version(article: AcceptedArticleV1) -> str:
    return f"{article.article_id}:{article.version_id}"


def _story(story: StoryV1 | StoryRecord | StoryChangeV1) -> str:
    return story.story_id


def _story_version(story: StoryV1 | StoryRecord | StoryChangeV1) -> str:
    return f"{story.story_id}:{story.version}"


RAW = Topic(
    "articles.raw.v1", "storybraid.raw_article.v1", RawArticleV1, "publisher's id or url", _raw_key, None,
    6, -1, "What publishers send.", max_message_bytes=MAX_KEPT_BYTES, dead_letter="articles.raw.v1.dlq",
    retention_bytes=KEPT_BYTES,
)  # fmt: skip
ACCEPTED = Topic(
    "articles.accepted.v1", "storybraid.accepted_article.v1", AcceptedArticleV1, "article_id", _article,
    _article_version, 6, 14 * DAY_MS, "Readable, dated articles with a deterministic id.",
    dead_letter="articles.accepted.v1.dlq",
)  # fmt: skip
IDENTIFIED = Topic(
    "articles.identified.v1", "storybraid.identified_article.v1", IdentifiedArticleV1, "article_id", _article,
    _article_version, 6, 14 * DAY_MS, "Articles whose language and variety are known.",
    dead_letter="articles.identified.v1.dlq",
)  # fmt: skip
# Kept by size: the stories are rebuilt from it, and keep articles by number.
# Keyed by subject: copies and translations can only be found where all articles meet.
EXTRACTED = Topic(
    "articles.extracted.v1", "storybraid.extracted_article.v1", ExtractedArticleV1, "subject", _subject,
    _article_version, 1, -1, "Articles with everything read from them.",
    dead_letter="articles.extracted.v1.dlq", retention_bytes=KEPT_BYTES,
)  # fmt: skip
STORIES = Topic(
    "stories.v1", "storybraid.story.v1", StoryV1, "story_id", _story, _story_version,
    1, -1, "The newest state of every story.", cleanup="compact",
)  # fmt: skip
CHANGES = Topic(
    "story-changes.v1", "storybraid.story_change.v1", StoryChangeV1, "story_id", _story, _story_version,
    1, 30 * DAY_MS, "Every change of every story, in order.",
)  # fmt: skip


def _dead_letters_of(topic: Topic) -> Topic:
    assert topic.dead_letter is not None
    meaning = f"What could not be used of {topic.name}, byte for byte, with the reason in its headers."
    return Topic(
        topic.dead_letter, None, None, "as the original", None, None, 1, 30 * DAY_MS, meaning,
        max_message_bytes=topic.max_message_bytes + MIB,
    )  # fmt: skip


INPUTS = (RAW, ACCEPTED, IDENTIFIED, EXTRACTED)
DEAD_LETTERS = tuple(_dead_letters_of(topic) for topic in INPUTS)
SNAPSHOTS = Topic(
    "deduplication.snapshots.v1", None, None, "input partition and chunk", None, None, 1, -1,
    "Internal: the deduplication worker's state, so that a restart takes seconds.", cleanup="compact",
)  # fmt: skip
TOPICS: dict[str, Topic] = {
    topic.name: topic for topic in (*INPUTS, STORIES, CHANGES, *DEAD_LETTERS, SNAPSHOTS)
}  # fmt: skip
