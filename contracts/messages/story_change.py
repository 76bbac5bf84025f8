"""One change of one story: `story-changes.v1`. Versions of a story_id are contiguous: gaps and repeats show."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from contracts.messages.base import Message

ChangeKind = Literal["created", "updated", "merged", "split", "corrected", "retracted"]


class StoryChangeV1(Message):
    """What happened to a story, caused by one article."""

    change_id: str = Field(description="Deterministic: story_id and version.")
    story_id: str
    version: int = Field(ge=1)
    kind: ChangeKind
    caused_by: str = Field(description="article_id of the article that caused it.")
    merged_into: str | None = None
    split_from: str | None = None
    articles_added: tuple[str, ...] = ()
    articles_removed: tuple[str, ...] = ()
    facts_added: tuple[str, ...] = ()
    facts_changed: tuple[str, ...] = ()
    facts_removed: tuple[str, ...] = ()
    links_added: tuple[str, ...] = Field((), description="story_ids of stories that belong with this one since now.")
    links_removed: tuple[str, ...] = Field((), description="story_ids that are not among its links any more.")
    links_only: bool = Field(
        False, description="Nothing is new about the story itself: a subscriber to news can pass over it."
    )
    articles: int = Field(description="Articles in the story after the change.")
    independent_sources: int
    title: str | None = None
    at: datetime = Field(description="Receipt time of the causing article.")
