"""The board's addresses: the stories, one story, one article, a card for live pages, and what they look like."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from contracts.messages.story import StoryV1
from services.gateway.board import rendering
from services.gateway.board.article_page import article_page
from services.gateway.board.rendering import page, words_of
from services.gateway.board.scripts import distance, language_name
from services.gateway.board.story.card import LanguageName, StoryCard, story_card
from services.gateway.board.story.page import story_page
from services.gateway.board.story.sources import web_address
from services.gateway.board.texts import Text
from services.gateway.given import Ask, Given
from services.gateway.projection.reader import Reader
from services.gateway.projection.values import LIVE_STATES, Card, Redirected, StoryQuery

router = APIRouter(include_in_schema=False)
PAGE = 24
MOST_ARTICLES = 60
MOST_ENTITIES = 60
LONGEST = 200
STATES = ("open", "closed", "retracted")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asks for; anything strange in it is taken as not asked for."""

    text: str = ""
    language: str = ""
    entity: str = ""
    state: str = ""
    cursor: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether not every story is shown."""
        return bool(self.text) or self.chosen

    @property
    def chosen(self) -> bool:
        """Whether one of the choices is made."""
        return bool(self.language or self.entity or self.state)

    def address(self, path: str, **more: str) -> str:
        """A path with these filters."""
        asked = {"q": self.text, "language": self.language, "entity": self.entity, "state": self.state} | more
        kept = [(name, value) for name, value in asked.items() if value]
        return path + ("?" + urlencode(kept, errors="replace") if kept else "")

    def query(self, **more: Any) -> StoryQuery:
        """The question for the projection."""
        states = tuple(state for state in LIVE_STATES if state == self.state) or ("open", "closed")
        return StoryQuery(
            text=self.text or None, language=self.language or None, entity=self.entity or None, states=states,
            cursor=self.cursor or None, **more,
        )  # fmt: skip


def _filters(request: Request) -> Filters:
    asked = {name: value.strip()[:LONGEST] for name, value in request.query_params.items()}
    state = asked.get("state", "")
    return Filters(
        text=asked.get("q", ""),
        language=asked.get("language", ""),
        entity=asked.get("entity", ""),
        state=state if state in STATES else "",
        cursor=request.query_params.get("cursor", ""),
    )


@router.get("/")
def stories(request: Request, parts: Ask) -> Response:
    """The stories, newest change first."""
    filters, words = _filters(request), words_of(request)
    # Asked for before the stories are: what comes in between is then told twice rather than never.
    stream = _stream(parts.reader)
    try:
        found = parts.reader.stories(filters.query(limit=PAGE))
    except ValueError:
        return page(request, "error.html", 400, what="bad_request")
    return page(
        request,
        "stories.html",
        query=filters,
        cards=[card for each in found.stories if (card := _card(parts.reader, each, request))],
        languages=[LanguageName(each, language_name(each, words.interface)) for each in parts.reader.languages()],
        entities=_entities(parts.reader, filters.entity),
        states=STATES,
        stream=stream,
        cards_address=filters.address("/board/cards/"),
        newest=filters.address("/"),
        older=filters.address("/", cursor=found.next_cursor) if found.next_cursor else None,
    )


def _stream(reader: Reader) -> str:
    """Where the changes after this page are told."""
    lineage = reader.lineage()
    return "/api/v1/changes" + (f"?after={quote(lineage)}.{reader.newest_position()}" if lineage else "?after=-1")


def _card(reader: Reader, row: Card, request: Request) -> StoryCard | None:
    story = reader.story(row.story_id)
    return story_card(story, row.last_change, words_of(request)) if isinstance(story, StoryV1) else None


def _entities(reader: Reader, chosen: str) -> list[Any]:
    """The entities of most stories; the one chosen is among them in any case."""
    known: list[Any] = list(reader.entities("", MOST_ENTITIES))
    if chosen and chosen not in {each.id for each in known}:
        return [LanguageNamed(chosen, chosen.replace("_", " ")), *known]
    return known


@dataclass(frozen=True, slots=True)
class LanguageNamed:
    """An entity of which only the id is at hand."""

    id: str
    name: str


@router.get("/board/cards/{story_id}")
def card(request: Request, story_id: str, parts: Ask) -> Response:
    """One card for a live page; 404 where the story is not (or no more) among those the page shows."""
    found = parts.reader.stories(_filters(request).query(limit=1, story_id=story_id)).stories
    drawn = _card(parts.reader, found[0], request) if found else None
    if drawn is None:
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    return page(request, "card.html", card=drawn)


@router.get("/stories/{story_id}")
def story(request: Request, story_id: str, parts: Ask) -> Response:
    """One story; where it was merged, the way to the one it is told in now."""
    stream = _stream(parts.reader)
    found = parts.reader.story(story_id)
    if found is None:
        return page(request, "error.html", 404, what="not_found")
    if isinstance(found, Redirected):
        query = "?" + request.url.query if request.url.query else ""
        return RedirectResponse(f"/stories/{quote(found.to, safe='')}{query}", 308)
    if found.state == "retracted" and not found.articles:
        return page(request, "error.html", 410, what="story_gone")
    return page(
        request,
        "story.html",
        page=_story_page(found, parts, request),
        story_id=story_id,
        stream=f"{stream}&story={quote(story_id, safe='')}",
    )


def _story_page(found: StoryV1, parts: Given, request: Request) -> Any:
    held = (parts.reader.article(each.article_id) for each in found.articles[:MOST_ARTICLES])
    related = (parts.reader.card(link.story_id) for link in found.related)
    words = words_of(request)
    return story_page(
        found,
        {article.article_id: article for article in held if article},
        parts.reader.changes_of(found.story_id),
        {row.story_id: _title(row, words.interface) for row in related if row and row.titles},
        words,
    )


def _title(row: Card, interface: str) -> Text:
    language = min(row.titles, key=lambda each: distance(each, interface))
    return Text(row.titles[language], language)


@router.get("/articles/{article_id}")
def article(request: Request, article_id: str, parts: Ask) -> Response:
    """One article as it was read."""
    found = parts.reader.article(article_id)
    if found is None:
        return page(request, "error.html", 404, what="not_found")
    return page(
        request,
        "article.html",
        page=article_page(found, words_of(request)),
        address=web_address(found.url),
        story_id=_its_story(request.query_params.get("in"), article_id, parts.reader),
    )


def _its_story(story_id: str | None, article_id: str, reader: Reader) -> str | None:
    """The story the reader came from, where the article is in it."""
    found = reader.story(story_id) if story_id else None
    if isinstance(found, StoryV1) and any(each.article_id == article_id for each in found.articles):
        return found.story_id
    return None


@router.get("/board/static/{name}")
def static(name: str) -> Response:
    """A stylesheet, a script or a picture of the board."""
    path = rendering.STATIC / name
    media_type = rendering.MEDIA_TYPES.get(path.suffix)
    if media_type is None or path.parent != rendering.STATIC or not path.is_file():
        return Response(status_code=404)
    return Response(path.read_bytes(), headers={"Cache-Control": "public, max-age=31536000"}, media_type=media_type)
