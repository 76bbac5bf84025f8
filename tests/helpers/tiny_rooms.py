"""Four rooms with hardly any judgement, for tests of the stream itself.

An article whose body begins with a number belongs to the story of that number.
`python -m tests.helpers.tiny_rooms <room>` runs one as a worker.

A body with the word POISON is a surprise; EXIT ends the process as a crash in native code would.
"""

import hashlib
import json
import os
import sys
from datetime import datetime
from typing import Any

from contracts.messages.accepted_article import AcceptedArticleV1, PublicationDateV1
from contracts.messages.base import Message
from contracts.messages.extracted_article import ExtractedArticleV1, ExtractionV1
from contracts.messages.identified_article import IdentifiedArticleV1, LanguageV1
from contracts.messages.raw_article import RawArticleV1
from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from contracts.rejection import Reason, Rejection
from contracts.topics import ACCEPTED, CHANGES, EXTRACTED, IDENTIFIED, RAW, STORIES, Topic
from services.shared.runtime import faust_worker, transactional_worker
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stage import Stage
from services.shared.runtime.stateful_stage import StatefulStage

ROOMS = ("ingest", "language_detection", "extraction", "deduplication")
Stories = dict[str, list[str]]


def accept(raw: RawArticleV1, received_at: datetime) -> AcceptedArticleV1 | Rejection:
    """Take nearly everything as it is."""
    body = raw.body or raw.headline or ""
    if "\x00" in body:
        return Rejection(Reason.NULL_BYTES, "a null character")
    if "POISON" in body:
        raise RuntimeError("poison")
    if "EXIT" in body:
        os._exit(139)
    identity = raw.id or hashlib.sha256(body.encode()).hexdigest()[:16]
    published = PublicationDateV1(value="2026-01-07", precision="day", source="assumed", confidence=0.5)
    return AcceptedArticleV1(
        article_id=identity, version_id="1", source_id=identity, body=body, published=published, received_at=received_at
    )


def identify(article: AcceptedArticleV1, received_at: datetime) -> IdentifiedArticleV1:
    """Everything is English."""
    language = LanguageV1(language="en", iso639_3="eng", script="Latn", confidence=1, model_version="tiny")
    return IdentifiedArticleV1(**dict(article), identified=language)


def extract(article: IdentifiedArticleV1, received_at: datetime) -> ExtractedArticleV1:
    """Nothing is found."""
    return ExtractedArticleV1(**dict(article), extracted=ExtractionV1())


def apply(stories: Stories, article: ExtractedArticleV1) -> list[tuple[Topic, Message]]:
    """One article, one new version of its story; the same article again is nothing new."""
    story = "story-" + article.body.split()[0]
    members = stories.setdefault(story, [])
    if article.article_id in members:
        return []
    members.append(article.article_id)
    version = len(members)
    told = StoryV1(
        story_id=story, version=version, state="open", updated_at=article.received_at, changed=tuple(sorted(members))
    )
    change = StoryChangeV1(
        change_id=f"{story}:{version}",
        story_id=story,
        version=version,
        kind="updated" if version > 1 else "created",
        caused_by=article.article_id,
        articles_added=(article.article_id,),
        articles=version,
        independent_sources=version,
        at=article.received_at,
    )
    return [(STORIES, told), (CHANGES, change)]


def stages() -> list[Stage]:
    """The stateless rooms."""
    return [
        Stage("ingest", RAW, ACCEPTED, accept),
        Stage("language_detection", ACCEPTED, IDENTIFIED, identify),
        Stage("extraction", IDENTIFIED, EXTRACTED, extract),
    ]


def deduplication() -> StatefulStage:
    """The room with state."""
    freeze: Any = lambda stories: json.dumps(stories).encode()  # noqa: E731
    return StatefulStage("deduplication", EXTRACTED, (STORIES, CHANGES), dict, apply, freeze=freeze, thaw=json.loads)


def main(room: str) -> None:
    """Run one room as a worker."""
    if room == "deduplication":
        transactional_worker.run(deduplication, room, RuntimeSettings())
    else:
        stage = next(stage for stage in stages() if stage.name == room)
        faust_worker.run(lambda: stage, room, RuntimeSettings())


if __name__ == "__main__":
    main(sys.argv[1])
