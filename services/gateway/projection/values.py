"""What the read side asks and answers with. Stories, changes and articles themselves are the messages of the bus."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from contracts.messages.story_change import ChangeKind, StoryChangeV1
from services.gateway.domain.filters import Told

StoryState = Literal["open", "closed", "merged", "retracted"]
LIVE_STATES: tuple[StoryState, ...] = ("open", "closed", "retracted")


@dataclass(frozen=True, slots=True)
class StoryQuery:
    """Which stories, newest change first. Redirects (`merged`) are left out unless asked for.

    `language` is BCP 47: `fa` is every Persian, `fa-AF` is Dari alone. `text` finds what is spelt otherwise, too.
    """

    text: str | None = None
    language: str | None = None
    entity: str | None = None
    states: tuple[StoryState, ...] = LIVE_STATES
    since: datetime | None = None
    until: datetime | None = None
    cursor: str | None = None
    limit: int = 20
    story_id: str | None = None
    """This story alone: the answer holds it where it meets the rest of the query."""


@dataclass(frozen=True, slots=True)
class Card:
    """One story in a list."""

    story_id: str
    version: int
    state: StoryState
    titles: dict[str, str]
    """Language (BCP 47) -> title."""
    languages: tuple[str, ...]
    independent_sources: int
    articles: int
    last_change: ChangeKind | None
    """What happened last; None where the change is older than what is kept."""
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Some stories, and the cursor of those after them; None where there are no more."""

    stories: tuple[Card, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Redirected:
    """The story has been merged: it is told under another id."""

    to: str


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """Somebody or something that stories are about."""

    id: str
    type: str
    name: str
    stories: int


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change at its place in the stream, with what its story was about when it came."""

    position: int
    change: StoryChangeV1
    languages: frozenset[str] = field(default_factory=frozenset)
    entities: frozenset[str] = field(default_factory=frozenset)

    @property
    def told(self) -> Told:
        """What filters ask of it."""
        return Told(self.change.story_id, self.change.kind, self.change.links_only, self.entities, self.languages)
