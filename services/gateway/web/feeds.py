"""Feeds of stories, for all or for a query: Atom (RFC 4287) and JSON Feed 1.1."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Request, Response

from contracts.messages.story import SourcedTextV1, StoryV1
from services.gateway.answers import conditional
from services.gateway.domain.filters import speaks
from services.gateway.domain.xml import legal
from services.gateway.given import Ask, Given
from services.gateway.projection.values import StoryQuery
from services.gateway.web.queries import Asked, Limit

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
NEVER = "1970-01-01T00:00:00+00:00"
router = APIRouter(prefix="/feeds", tags=["feeds"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as a feed tells it."""

    id: str
    url: str
    title: str
    language: str
    summary: str
    updated: datetime
    published: str | None
    names: tuple[str, ...]


@router.get("/stories.atom", response_class=Response, responses={200: {"content": {"application/atom+xml": {}}}})
def atom(request: Request, parts: Ask, asked: Asked, limit: Limit = 30) -> Response:
    """Stories as an Atom feed, newest change first."""
    entries = _entries(request, parts, replace(asked, limit=limit))
    body = _atom(str(request.url), _identity(asked), _title(asked), entries)
    return conditional(request, body, "application/atom+xml")


@router.get("/stories.json", response_class=Response, responses={200: {"content": {"application/feed+json": {}}}})
def json_feed(request: Request, parts: Ask, asked: Asked, limit: Limit = 30) -> Response:
    """Stories as a JSON Feed, newest change first."""
    entries = _entries(request, parts, replace(asked, limit=limit))
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(asked),
        "home_page_url": str(request.base_url),
        "feed_url": str(request.url),
        "items": [_item(entry) for entry in entries],
    }
    return conditional(request, json.dumps(told, ensure_ascii=False).encode(errors="replace"), "application/feed+json")


def _entries(request: Request, parts: Given, asked: StoryQuery) -> list[Entry]:
    cards = parts.reader.stories(asked).stories
    stories = [parts.reader.story(card.story_id) for card in cards]
    return [_entry(request, story, asked.language) for story in stories if isinstance(story, StoryV1)]


def _entry(request: Request, story: StoryV1, language: str | None) -> Entry:
    title, lead = _chosen(story.titles, language), _chosen(story.leads, language)
    counted = f"{len(story.articles)} articles, {story.independent_sources} independent sources"
    return Entry(
        f"urn:storybraid:story:{quote(story.story_id, safe='')}",
        f"{request.base_url}stories/{quote(story.story_id, safe='')}",
        title.text if title else story.story_id,
        title.language if title else "und",
        f"{lead.text}\n{counted}" if lead else counted,
        story.updated_at,
        story.first_published if story.first_published and "T" in story.first_published else None,
        tuple(entity.name for entity in story.entities[:10]),
    )


def _chosen(texts: tuple[SourcedTextV1, ...], language: str | None) -> SourcedTextV1 | None:
    """The text in the language asked for, else the first."""
    fitting = [text for text in texts if language and speaks(language, {text.language})]
    return next(iter((*fitting, *texts)), None)


def _identity(asked: StoryQuery) -> str:
    digest = hashlib.sha256(repr(replace(asked, limit=0)).encode(errors="replace")).hexdigest()[:16]
    return f"urn:storybraid:feed:{digest}"


def _title(asked: StoryQuery) -> str:
    told = [each for each in (asked.text, asked.entity, asked.language) if each]
    return "storybraid: " + (", ".join(told) or "all stories")


def _atom(url: str, identity: str, title: str, entries: Iterable[Entry]) -> bytes:
    told = list(entries)
    feed = Element("feed", {"xmlns": ATOM})
    _add(feed, "id", identity)
    _add(feed, "title", title)
    _add(feed, "updated", max((entry.updated.isoformat() for entry in told), default=NEVER))
    _add(feed, "link", None, rel="self", type="application/atom+xml", href=url)
    author = SubElement(feed, "author")
    _add(author, "name", "storybraid")
    for entry in told:
        _add_entry(feed, entry)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _add_entry(feed: Element, entry: Entry) -> None:
    element = SubElement(feed, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title, **{f"{{{XML}}}lang": entry.language})
    _add(element, "updated", entry.updated.isoformat())
    if entry.published:
        _add(element, "published", entry.published)
    _add(element, "link", None, rel="alternate", href=entry.url)
    _add(element, "summary", entry.summary, **{f"{{{XML}}}lang": entry.language})
    for name in entry.names:
        _add(element, "category", None, term=name)


def _add(parent: Element, name: str, text: str | None, **attributes: str) -> None:
    element = SubElement(parent, name, {key: legal(value) for key, value in attributes.items()})
    element.text = legal(text) if text is not None else None


def _item(entry: Entry) -> dict[str, object]:
    told: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "language": entry.language,
        "date_modified": entry.updated.isoformat(),
        "tags": list(entry.names),
    }
    return told | ({"date_published": entry.published} if entry.published else {})
