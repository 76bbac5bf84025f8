"""Query parameters that several routes share."""

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BeforeValidator

from services.gateway.domain import cursors
from services.gateway.domain.filters import ChangeFilter
from services.gateway.projection.values import LIVE_STATES, StoryQuery, StoryState

MOST = 100
_LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$"
_DATE_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]")
_ID = r"^[^\x00-\x20]{1,200}$"


def _date_time(told: object) -> object:
    """A date-time in words; pydantic would take a number as seconds, too."""
    if isinstance(told, str) and not _DATE_TIME.match(told):
        raise ValueError("a date-time is needed, as 2026-01-07T09:00:00Z")
    return told


Text = Annotated[str | None, Query(max_length=200, description="Words; names are found in other spellings, too.")]
Language = Annotated[str | None, Query(pattern=_LANGUAGE, description="BCP 47: `fa` is every Persian, `fa-AF` Dari.")]
Entity = Annotated[str | None, Query(pattern=_ID, description="Entity id, as stories carry it.")]
States = Annotated[list[StoryState] | None, Query(max_length=4, description="Default: all but `merged`.")]
Moment = Annotated[
    datetime | None, BeforeValidator(_date_time), Query(description="A date-time (RFC 3339); by the last change.")
]
Cursor = Annotated[str | None, Query(pattern=cursors.PATTERN, description="The `next_cursor` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=MOST)]


def story_query(
    q: Text = None, language: Language = None, entity: Entity = None, state: States = None,
    since: Moment = None, until: Moment = None,
) -> StoryQuery:  # fmt: skip
    """Which stories are asked for."""
    states = tuple(dict.fromkeys(state)) if state else LIVE_STATES
    return StoryQuery(q or None, language, entity, states, _aware(since), _aware(until))


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


Asked = Annotated[StoryQuery, Depends(story_query)]


def change_filter(
    story: Annotated[list[str] | None, Query(max_length=50, description="Story ids.")] = None,
    entity: Annotated[list[str] | None, Query(max_length=50, description="Entity ids.")] = None,
    language: Annotated[list[str] | None, Query(max_length=50, description="BCP 47.")] = None,
    kind: Annotated[list[str] | None, Query(max_length=10, description="created, updated, merged, ...")] = None,
    links: Annotated[bool, Query(description="Whether changes are told that name new links only.")] = True,
) -> ChangeFilter:
    """Which changes are asked for."""
    return ChangeFilter(
        frozenset(story or ()), frozenset(entity or ()), frozenset(language or ()), frozenset(kind or ()), links
    )


Wanted = Annotated[ChangeFilter, Depends(change_filter)]
