"""Extracted articles in, changed stories out. Nothing is published here; there is no clock: time is on the articles."""

import gc
import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from contracts.messages.extracted_article import EntityV1, ExtractedArticleV1
from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.deduplication.domain.consolidation.story import Story
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
MOST_SHOWN = 12_000
"""Supports and articles of the messages kept at hand, about two kilobytes each."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one article changed, ready to be published in one transaction."""

    stories: tuple[StoryV1, ...] = ()
    changes: tuple[StoryChangeV1, ...] = ()
    story_id: str | None = None
    """The story the article now stands in."""


class Shown:
    """The stories published last with their messages: what did not change since is not turned into messages again."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[Story, StoryV1]] = OrderedDict()
        self._supports = 0

    def known(self, story: Story) -> dict[str, object]:
        """The fields of a story, each as a message already where it is the very same as before."""
        last, message = self._held.get(story.story_id, (None, None))
        fields = {name: getattr(story, name) for name in story.__dataclass_fields__ if name != "story_id"}
        if last is None or message is None:
            return fields
        for name, value in fields.items():
            if value is getattr(last, name):
                fields[name] = getattr(message, name)
            elif name == "facts":
                made = {id(fact): written for fact, written in zip(last.facts, message.facts, strict=True)}
                fields[name] = [made.get(id(fact), fact) for fact in value]
        return fields

    def hold(self, story: Story, message: StoryV1) -> None:
        """Keep a message; the one asked for longest ago goes when there are too many."""
        if story.story_id in self._held:
            self._give_up(story.story_id)
        self._held[story.story_id] = (story, message)
        self._supports += _size(story)
        while self._supports > MOST_SHOWN and len(self._held) > 1:
            self._give_up(next(iter(self._held)))

    def _give_up(self, story_id: str) -> None:
        self._supports -= _size(self._held.pop(story_id)[0])


def _size(story: Story) -> int:
    return 1 + len(story.articles) + sum(len(fact.supports) for fact in story.facts)


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
    _shown: Shown = field(default_factory=Shown)

    def apply(self, article: ExtractedArticleV1) -> Outcome:
        """Take in one article. The same version again changes nothing and publishes nothing."""
        desk = self.desks.get(article.subject)
        if desk is None:
            desk = self.desks[article.subject] = Desk(self.weights, self.settings)
        read = bounded(article)
        arrival = Arrival(article_of(read), reading_of(read), account_of(read), article.received_at)
        published, cause = desk.take(arrival), cause_of(article)
        return Outcome(
            stories=tuple(story_of(p, cause, self._shown) for p in published),
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


def story_of(published: Publication, cause: Cause, shown: Shown | None = None) -> StoryV1:
    """A publication as the message of `stories.v1`; `shown` spares what was written before."""
    frame = {
        "story_id": published.story_id,
        "version": published.entry.version,
        "state": published.entry.state,
        "merged_into": published.entry.merged_into,
        "changed": (*((cause.note,) if cause.note else ()), *(published.difference.names or (published.kind,))),
        "updated_at": cause.received_at,
        "packs": dict(cause.packs),
    }
    if published.story is None:
        return StoryV1.model_validate(frame)
    shown = shown or Shown()
    message = StoryV1.model_validate(frame | shown.known(published.story), from_attributes=True)
    shown.hold(published.story, message)
    return message


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
            "articles": len(published.entry.articles),
            "independent_sources": story.independent_sources if story else 0,
            "title": story.titles[0].text if story and story.titles else None,
            "at": cause.received_at,
        }
    )
