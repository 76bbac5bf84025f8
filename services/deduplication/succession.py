"""From what one version published to what another finds: the versions that lead subscribers from the one to the other.

Nothing is known of the version before but what it published: its snapshots, ledger and format are its own affair.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from contracts.messages.story import StoryRecord, StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.deduplication.domain.consolidation.ledger import (
    Entry,
    difference,
    dropped,
    redirect_of,
)
from services.deduplication.domain.consolidation.written import FACE_BYTES, digest
from services.deduplication.domain.desk import Desk, Publication
from services.deduplication.domain.freezer import FORMAT
from services.deduplication.handler import Cause, State, change_of, story_of

# What says when and how a version was made; the rest is what it says.
FRAME = {"version", "changed", "updated_at", "packs"}
STANDING = ("open", "closed")


def identity_of(state: State) -> str:
    """Eight letters that differ where packs, settings or the state's format differ."""
    weights = state.weights
    counted = (weights.version, weights.articles, weights.texts, sorted(weights.stop))
    counts = (sorted(weights.features.items()), sorted(weights.stems.items()))
    return digest(repr((FORMAT, state.settings, counted, counts)).encode(), 4).hex()


def seen(story: StoryV1) -> Entry:
    """A published story as subscribers have it: everything it says, in few bytes."""
    face = digest(story.model_dump_json(exclude=FRAME).encode(), 16)
    facts = sorted(bytes.fromhex(f.fact_id[5:]) + digest(f.model_dump_json().encode(), FACE_BYTES) for f in story.facts)
    articles = tuple(article.article_id for article in story.articles)
    return Entry(story.version, story.state, story.merged_into, face, b"".join(facts), articles)


@dataclass(frozen=True, slots=True)
class Step:
    """One new version of a story, and whose state it belongs to."""

    owner: int
    story: StoryRecord
    change: StoryChangeV1


@dataclass
class Succession:
    """The states that take over (one an input partition) and what is published now.

    `steps` gives what is to be published; when it has been run through, the ledgers of the states go on from there.
    """

    states: Sequence[State]
    published: Mapping[str, Entry]
    cause: Cause
    same: int = 0
    _now: dict[str, str] = field(default_factory=dict)
    """Article id -> the story it stands in now."""
    _before: dict[str, str] = field(default_factory=dict)
    """Article id -> the standing story that subscribers have it in."""
    _ids: set[str] = field(default_factory=set)

    def steps(self) -> Iterator[Step]:
        """Every version that is missing between what is published and what stands now."""
        desks = [(owner, desk) for owner, state in enumerate(self.states) for desk in state.desks.values()]
        for _, desk in desks:
            self._now |= desk.window.story
            self._ids |= desk.window.members.keys()
        for story_id, last in sorted(self.published.items()):
            if last.state in STANDING:
                self._before |= dict.fromkeys(last.articles, story_id)
        over = {story: last for story, last in self.published.items() if self._is_over(story, last)}
        for owner, desk in desks:
            for publication in self._of_desk(desk, over):
                yield Step(owner, story_of(publication, self.cause), change_of(publication, self.cause))

    def _is_over(self, story_id: str, last: Entry) -> bool:
        """A redirect, or a story of whose articles none is held any more: it stays as it was published."""
        return story_id not in self._ids and (last.state not in STANDING or self._heir(last) is None)

    def _heir(self, last: Entry) -> str | None:
        return next((self._now[a] for a in last.articles if a in self._now), None)

    def _of_desk(self, desk: Desk, over: Mapping[str, Entry]) -> Iterator[Publication]:
        today = desk.watermark.toordinal()
        # Whose desk an id that is over belongs to cannot be seen; its version must go on wherever it comes back.
        desk.ledger = {story: dropped(last, today) for story, last in over.items()}
        for story_id in sorted(desk.window.members):
            if (publication := self._next(desk, story_id)) is not None:
                yield publication
        for story_id, last in sorted(self.published.items()):
            if story_id not in self._ids and last.state in STANDING:
                heir = self._heir(last)
                if heir is not None and heir in desk.window.members:
                    entry = desk.ledger[story_id] = redirect_of(last, heir, today)
                    yield Publication(story_id, entry, None, b"", "merged")

    def _next(self, desk: Desk, story_id: str) -> Publication | None:
        publication, last = desk.standing(story_id), self.published.get(story_id)
        entry = desk.ledger[story_id] = replace(publication.entry, version=last.version + 1 if last else 1)
        publication = replace(publication, entry=entry)
        new = seen(story_of(publication, self.cause).read())
        if last is not None and last.face == new.face:
            desk.ledger[story_id] = replace(entry, version=last.version)
            self.same += 1
            return None
        origin = self._origin(story_id, entry) if last is None or last.state not in STANDING else None
        kind = _kind(last, origin)
        return replace(publication, kind=kind, difference=difference(last, new), split_from=origin)

    def _origin(self, story_id: str, entry: Entry) -> str | None:
        """The story these articles come from, where it goes on standing beside this one."""
        olds = (self._before.get(article) for article in entry.articles)
        return next((old for old in olds if old is not None and old != story_id and old in self._ids), None)


def _kind(last: Entry | None, origin: str | None) -> str:
    if last is not None and last.state in STANDING:
        return "updated"
    return "split" if origin else "created"
