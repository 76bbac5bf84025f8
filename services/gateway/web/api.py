"""The read API: stories, what is in them, and articles."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from contracts.messages.base import Message
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from services.gateway.answers import Problem, conditional
from services.gateway.given import Ask, Given
from services.gateway.projection.values import Redirected
from services.gateway.web.models import (
    DifferenceModel,
    DifferencesModel,
    DispatchModel,
    EntitiesModel,
    EntityModel,
    PageModel,
    StoryArticlesModel,
    VersionModel,
    VersionsModel,
)
from services.gateway.web.queries import Asked, Cursor, Limit

router = APIRouter(prefix="/api/v1", tags=["reading"])
StoryId = Annotated[str, Path(min_length=1, max_length=200, description="A story's id.")]
ArticleId = Annotated[str, Path(min_length=1, max_length=200, description="An article's id.")]
UNSETTLED = frozenset({"differs", "unit_differs", "superseded", "retracted"})
_MOVED: dict[int | str, dict[str, Any]] = {
    308: {"description": "The story was merged; it is told under another id."},
    304: {"description": "The client has it already."},
}
_KNOWN: dict[int | str, dict[str, Any]] = {304: {"description": "The client has it already."}}


def _answer(request: Request, told: Message | BaseModel) -> Response:
    return conditional(request, told.model_dump_json(exclude_none=True).encode())


@router.get("/stories", response_model=PageModel, responses=_KNOWN)
def stories(request: Request, parts: Ask, asked: Asked, cursor: Cursor = None, limit: Limit = 20) -> Response:
    """Stories, newest change first."""
    page = parts.reader.stories(replace(asked, cursor=cursor, limit=limit))
    return _answer(request, PageModel.of(page))


@router.get("/stories/{story_id}", response_model=StoryV1, responses=_MOVED)
def story(request: Request, parts: Ask, story_id: StoryId) -> Response:
    """One story, with everything in it."""
    found = _story(parts, story_id)
    return _moved(found) if isinstance(found, Redirected) else _answer(request, found)


@router.get("/stories/{story_id}/versions", response_model=VersionsModel, responses=_MOVED)
def versions(request: Request, parts: Ask, story_id: StoryId) -> Response:
    """The versions of a story that are kept, newest first."""
    found = _story(parts, story_id)
    if isinstance(found, Redirected):
        return _moved(found, "/versions")
    told = [_version(each) for each in (found, *parts.reader.versions(story_id))]
    return _answer(request, VersionsModel(story_id=story_id, versions=told))


@router.get("/stories/{story_id}/versions/{version}", response_model=StoryV1, responses=_KNOWN)
def version(
    request: Request, parts: Ask, story_id: StoryId, version: Annotated[int, Path(ge=1, le=2**31)]
) -> Response:  # fmt: skip
    """One version of a story, as it was."""
    found = parts.reader.version(story_id, version)
    if found is None:
        raise Problem(404, "no such story, or this version of it is not kept")
    return _answer(request, found)


@router.get("/stories/{story_id}/articles", response_model=StoryArticlesModel, responses=_MOVED)
def story_articles(request: Request, parts: Ask, story_id: StoryId) -> Response:
    """A story's articles by dispatch: what only repeats another's text stands with it."""
    found = _story(parts, story_id)
    if isinstance(found, Redirected):
        return _moved(found, "/articles")
    return _answer(request, _by_dispatch(found))


@router.get("/stories/{story_id}/differences", response_model=DifferencesModel, responses=_MOVED)
def differences(request: Request, parts: Ask, story_id: StoryId) -> Response:
    """Where a story's articles differ, or took something back: the values side by side, each with its sentence."""
    found = _story(parts, story_id)
    if isinstance(found, Redirected):
        return _moved(found, "/differences")
    told = [DifferenceModel.of(fact) for fact in found.facts if fact.state in UNSETTLED]
    return _answer(request, DifferencesModel(story_id=story_id, version=found.version, differences=told))


@router.get("/articles/{article_id}", response_model=ExtractedArticleV1, responses=_KNOWN)
def article(request: Request, parts: Ask, article_id: ArticleId) -> Response:
    """One article with everything read from it."""
    found = parts.reader.article(article_id)
    if found is None:
        raise Problem(404, "no such article, or it is not kept any more")
    return _answer(request, found)


@router.get("/entities", response_model=EntitiesModel, responses=_KNOWN)
def entities(
    request: Request, parts: Ask, prefix: Annotated[str, Query(min_length=1, max_length=100)], limit: Limit = 20
) -> Response:
    """Entities one of whose names, in any language, begins so."""
    found = [
        EntityModel(id=e.id, type=e.type, name=e.name, stories=e.stories) for e in parts.reader.entities(prefix, limit)
    ]
    return _answer(request, EntitiesModel(entities=found))


def _story(parts: Given, story_id: str) -> StoryV1 | Redirected:
    found = parts.reader.story(story_id)
    if found is None:
        raise Problem(404, "no such story")
    return found


def _moved(to: Redirected, rest: str = "") -> Response:
    path = f"/api/v1/stories/{quote(to.to, safe='')}{rest}"
    body = json.dumps({"story_id": to.to, "location": path}).encode()
    return Response(body, 308, {"Location": path}, "application/json")


def _version(story: StoryV1) -> VersionModel:
    return VersionModel(
        version=story.version, state=story.state, updated_at=story.updated_at, articles=len(story.articles),
        independent_sources=story.independent_sources, changed=list(story.changed),
    )  # fmt: skip


def _by_dispatch(story: StoryV1) -> StoryArticlesModel:
    told = {article.article_id: article for article in story.articles}
    dispatches = [
        DispatchModel(
            dispatch_id=each.dispatch_id, agency=each.agency, languages=list(each.languages),
            articles=_dumped(told[article] for article in each.articles if article in told),
        )
        for each in story.dispatches
    ]  # fmt: skip
    return StoryArticlesModel(
        story_id=story.story_id, version=story.version, independent_sources=story.independent_sources,
        dispatches=dispatches,
    )  # fmt: skip


def _dumped(messages: Iterable[Message]) -> list[dict[str, Any]]:
    return [message.model_dump(mode="json", exclude_none=True) for message in messages]
