"""What the API answers with, besides the messages of the bus."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from contracts.messages.story import FactV1, SupportV1
from contracts.messages.story_change import ChangeKind
from services.gateway.projection.values import Card, StoryPage, StoryState


class CardModel(BaseModel):
    """One story in a list."""

    story_id: str
    version: int
    state: StoryState
    titles: dict[str, str] = Field(description="Language (BCP 47) -> title.")
    languages: list[str]
    independent_sources: int
    articles: int
    last_change: ChangeKind | None = Field(None, description="What happened last, where that is still known.")
    updated_at: datetime

    @classmethod
    def of(cls, card: Card) -> "CardModel":
        """A card of the read side."""
        return cls(**asdict(card))


class PageModel(BaseModel):
    """Some stories, newest change first."""

    stories: list[CardModel]
    next_cursor: str | None = Field(None, description="Give it as `cursor` for the next ones; absent at the end.")

    @classmethod
    def of(cls, page: StoryPage) -> "PageModel":
        """A page of the read side."""
        return cls(stories=[CardModel.of(card) for card in page.stories], next_cursor=page.next_cursor)


class VersionModel(BaseModel):
    """One version of a story; `GET .../versions/{version}` has the whole of it."""

    version: int
    state: StoryState
    updated_at: datetime
    articles: int
    independent_sources: int
    changed: list[str] = Field(description="What was new in it, in field names and ids.")


class VersionsModel(BaseModel):
    """The versions of a story that are kept, newest first."""

    story_id: str
    versions: list[VersionModel]


class DispatchModel(BaseModel):
    """Articles that carry one and the same text of one source."""

    dispatch_id: str
    agency: str | None = None
    languages: list[str]
    articles: list[dict[str, Any]]


class StoryArticlesModel(BaseModel):
    """A story's articles by dispatch."""

    story_id: str
    version: int
    independent_sources: int
    dispatches: list[DispatchModel]


class SideModel(BaseModel):
    """One value of a fact, and who says so."""

    value: str
    supports: list[SupportV1]


class DifferenceModel(BaseModel):
    """A fact the articles do not agree on, its values side by side."""

    fact_id: str
    kind: str
    about: str
    actor: str | None = None
    state: str
    sides: list[SideModel]

    @classmethod
    def of(cls, fact: FactV1) -> "DifferenceModel":
        """A fact, its supports sorted by what they say."""
        sides = [
            SideModel(value=value, supports=[s for s in fact.supports if s.value == value]) for value in fact.values
        ]
        return cls(
            fact_id=fact.fact_id, kind=fact.kind, about=fact.about, actor=fact.actor, state=fact.state, sides=sides
        )


class DifferencesModel(BaseModel):
    """Where a story's articles differ."""

    story_id: str
    version: int
    differences: list[DifferenceModel]


class EntityModel(BaseModel):
    """Somebody or something that stories are about."""

    id: str
    type: str
    name: str
    stories: int


class EntitiesModel(BaseModel):
    """Entities whose name begins as asked, those in most stories first."""

    entities: list[EntityModel]


class ReceiptModel(BaseModel):
    """One article the broker has taken."""

    key: str = Field(description="The publisher's id or url, else the beginning of the text.")
    id: str = Field(description="Where it landed: topic/partition/offset.")


class ReceiptsModel(BaseModel):
    """The articles taken, in the order they were sent."""

    accepted: list[ReceiptModel]


class ProblemModel(BaseModel):
    """RFC 9457: what went wrong."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] | None = None
