"""Extracted articles in, changed stories out. Nothing is published here; there is no clock: time is on the articles."""

import gc
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from contracts import codec
from contracts.messages.extracted_article import EntityV1, ExtractedArticleV1
from contracts.messages.story import StoryRecord, StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.deduplication.domain.consolidation.written import written_links
from services.deduplication.domain.desk import Arrival, Desk, Publication
from services.deduplication.domain.freezer import thaw, written
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.domain.stories.weights import Weights
from services.deduplication.packs import VERSION, load_weights
from services.deduplication.wire import account_of, article_of, reading_of

MOST_MENTIONS = 5_000
MOST_NUMBERS = 5_000
MOST_DATES = 2_000
"""Findings of one article that are read; no honest one has more. An endless one is known by its beginning."""
_FRAME = {"story_id", "version", "state", "merged_into", "changed", "updated_at", "packs"}
"""What says which version a record is and how it came about; the rest is what the story says."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one article changed, ready to be published in one transaction."""

    records: tuple[StoryRecord, ...] = ()
    changes: tuple[StoryChangeV1, ...] = ()
    story_id: str | None = None
    """The story the article now stands in."""

    @property
    def stories(self) -> tuple[StoryV1, ...]:
        """What is told, as subscribers read it."""
        return tuple(record.read() for record in self.records)


@dataclass(frozen=True, slots=True)
class Cause:
    """The article that changes are told of."""

    article_id: str
    received_at: datetime
    packs: Mapping[str, str]
    note: str | None = None
    """What subscribers are told besides, in `changed`."""


def cause_of(article: ExtractedArticleV1) -> Cause:
    """An article as what caused a change."""
    return Cause(article.article_id, article.received_at, {**article.extracted.packs, "stories": VERSION})


@dataclass(slots=True)
class State:
    """All state of the room: a function of the articles applied so far. Subjects never meet."""

    settings: StorySettings = field(default_factory=StorySettings)
    weights: Weights = field(default_factory=load_weights)
    desks: dict[str, Desk] = field(default_factory=dict)

    def apply(self, article: ExtractedArticleV1) -> Outcome:
        """Take in one article. The same version again changes nothing and publishes nothing."""
        desk = self.desks.get(article.subject)
        if desk is None:
            desk = self.desks[article.subject] = Desk(self.weights, self.settings)
        read = bounded(article)
        arrival = Arrival(article_of(read), reading_of(read), account_of(read), article.received_at)
        published, cause = desk.take(arrival), cause_of(article)
        return Outcome(
            records=tuple(story_of(p, cause) for p in published),
            changes=tuple(change_of(p, cause) for p in published),
            story_id=desk.window.story.get(article.article_id),
        )

    def snapshot(self) -> bytes:
        """Everything the state knows; `restore` continues from it as if nothing had happened."""
        told = bytearray(b"{")
        for number, (subject, desk) in enumerate(sorted(self.desks.items())):
            told += f"{', ' if number else ''}{json.dumps(subject)}: ".encode()
            for piece in written(desk):
                told += piece.encode()
        return bytes(told + b"}")

    @classmethod
    def restore(cls, snapshot: bytes, into: "State | None" = None) -> "State":
        """The state behind a snapshot, `into` a fresh one where settings or weights are not the usual ones."""
        state = into or cls()
        with _no_collecting():
            for subject, frozen in json.loads(snapshot).items():
                state.desks[subject] = thaw(Desk(state.weights, state.settings), frozen)
        return state


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of new objects, none of them garbage: looking for cycles among them takes half of a restart."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def apply(state: State, article: ExtractedArticleV1) -> Outcome:
    """Take in one article: `state.apply(article)`."""
    return state.apply(article)


def bounded(article: ExtractedArticleV1) -> ExtractedArticleV1:
    """The article itself, or where it has more findings than any honest one, a copy with the first of them."""
    found = article.extracted
    mentions = sum(len(entity.mentions) for entity in found.entities)
    if mentions <= MOST_MENTIONS and len(found.numbers) <= MOST_NUMBERS and len(found.dates) <= MOST_DATES:
        return article
    kept = {
        "entities": tuple(_first(found.entities)),
        "numbers": found.numbers[:MOST_NUMBERS],
        "dates": found.dates[:MOST_DATES],
    }
    return article.model_copy(update={"extracted": found.model_copy(update=kept)})


def _first(entities: Iterable[EntityV1]) -> Iterator[EntityV1]:
    left = MOST_MENTIONS
    for entity in entities:
        if left <= 0:
            return
        yield entity.model_copy(update={"mentions": entity.mentions[:left]})
        left -= len(entity.mentions)


def story_of(published: Publication, cause: Cause) -> StoryRecord:
    """A publication as the record of `stories.v1`: what the story says stands written already."""
    entry, story = published.entry, published.story
    frame = StoryV1.model_validate(
        {
            "story_id": published.story_id,
            "version": entry.version,
            "state": entry.state,
            "merged_into": entry.merged_into,
            "changed": (*((cause.note,) if cause.note else ()), *(published.difference.names or (published.kind,))),
            "updated_at": cause.received_at,
            "packs": dict(cause.packs),
        }
    )
    return StoryRecord(
        value=_value(frame, published),
        story_id=published.story_id,
        version=entry.version,
        state=entry.state,
        articles=len(entry.articles),
        independent_sources=story.independent_sources if story else 0,
    )


def _value(frame: StoryV1, published: Publication) -> bytes:
    """One JSON object out of three that stand written: a story of a megabyte is not taken apart for a new version."""
    if published.story is None:
        return codec.written(frame)
    head = codec.written(frame, _FRAME)
    return b'%s,"related":%s,%s' % (head[:-1], written_links(published.story.related), published.content[1:])


def change_of(published: Publication, cause: Cause) -> StoryChangeV1:
    """A publication as the message of `story-changes.v1`."""
    story, new = published.story, published.difference
    return StoryChangeV1.model_validate(
        {
            "change_id": f"{published.story_id}:{published.entry.version}",
            "story_id": published.story_id,
            "version": published.entry.version,
            "kind": published.kind,
            "caused_by": cause.article_id,
            "merged_into": published.entry.merged_into,
            "split_from": published.split_from,
            "articles_added": new.articles_added,
            "articles_removed": new.articles_removed,
            "facts_added": new.facts_added,
            "facts_changed": new.facts_changed,
            "facts_removed": new.facts_removed,
            "links_added": new.links_added,
            "links_removed": new.links_removed,
            "links_only": new.links_only,
            "articles": len(published.entry.articles),
            "independent_sources": story.independent_sources if story else 0,
            "title": story.titles[0].text if story and story.titles else None,
            "at": cause.received_at,
        }
    )
