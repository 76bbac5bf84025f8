"""A story as IPTC ninjs 3.2, the news industry's JSON: https://iptc.org/standards/ninjs/.

A story is a composite item; its articles and the stories beside it are its associations. ninjs has no place for
statements that differ, so every fact is a description of media type application/json.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from contracts.messages.story import DispatchV1, SourcedTextV1, StoryArticleV1, StoryEntityV1, StoryV1

STANDARD = {"name": "ninjs", "version": "3.2", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json#"}
_PLACES_OF_TYPES = {"person": "people", "organisation": "organisations", "place": "places", "concept": "subjects"}
_SAFE = ":/?#[]@!$&'()*+,;=%-._~"


def ninjs(story: StoryV1) -> dict[str, Any]:
    """One ninjs object, without empty fields. A redirect is a cancelled item that names its successor."""
    found: dict[str, Any] = {
        "uri": _urn("story", story.story_id),
        "type": "composite",
        "representationType": "full" if story.articles else "partial",
        "profile": "storybraid-story-v1",
        "version": str(story.version),
        "versionCreated": _moment(story.updated_at),
        "pubStatus": "usable" if story.state in ("open", "closed") else "canceled",
        "edNote": _note(story),
        "headlines": [_text("headline", title) for title in story.titles],
        "descriptions": [*(_text("lead", lead) for lead in story.leads), *_facts(story)],
        "events": list(_events(story)),
        "infoSources": list(_sources(story.dispatches, story.outlets)),
        "associations": list(_associations(story)),
        "altIds": [{"role": "storybraid", "value": story.story_id}],
        "standard": STANDARD,
    }
    if story.titles:
        found |= {"title": story.titles[0].text, "language": story.titles[0].language}
    return {name: value for name, value in (found | _entities(story.entities)).items() if value}


def _note(story: StoryV1) -> str:
    if story.merged_into:
        return f"merged into {story.merged_into}"
    return f"articles: {len(story.articles)}; independent sources: {story.independent_sources}"


def _text(role: str, said: SourcedTextV1) -> dict[str, str]:
    # ninjs knows one language an item: which language a headline is in stands in its role.
    return {"role": f"{role}/{said.language}", "contentType": "text/plain", "value": said.text}


def _facts(story: StoryV1) -> Iterator[dict[str, str]]:
    for fact in story.facts:
        value = json.dumps(fact.model_dump(mode="json", exclude_none=True), ensure_ascii=False)
        yield {"role": f"fact/{fact.kind}/{fact.state}", "contentType": "application/json", "value": value}


def _events(story: StoryV1) -> Iterator[dict[str, str]]:
    told = [part for part in (story.event.date, story.event.place) if part]
    if told:
        yield {"id": story.story_id, "rel": "about", "literal": " ".join(told)}


def _entities(entities: Iterable[StoryEntityV1]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for entity in entities:
        about = {"name": entity.name, "rel": "mentioned", "literal": entity.id}
        found.setdefault(_PLACES_OF_TYPES.get(entity.type, "objects"), []).append(about)
    return found


def _sources(dispatches: Iterable[DispatchV1], outlets: Iterable[str]) -> Iterator[dict[str, str]]:
    for agency in sorted({dispatch.agency for dispatch in dispatches if dispatch.agency}):
        yield {"name": agency, "role": "originator", "literal": agency}
    for outlet in outlets:
        yield {"name": outlet, "role": "distributor"}


def _associations(story: StoryV1) -> Iterator[dict[str, Any]]:
    for article in story.articles:
        yield _article(article)
    for link in story.related:
        yield _story(link.story_id, link.relation)
    if story.merged_into:
        yield _story(story.merged_into, "merged_into")


def _story(story_id: str, relation: str) -> dict[str, str]:
    return {"uri": _urn("story", story_id), "type": "composite", "name": story_id, "rel": relation}


def _article(article: StoryArticleV1) -> dict[str, Any]:
    found: dict[str, Any] = {
        "uri": _urn("article", article.article_id),
        "type": "text",
        "representationType": "partial",
        "name": article.headline or article.article_id,
        "rel": article.lineage.relation,
        "language": article.language,
        "contentCreated": _moment_of(article.published),
        "altIds": [{"role": "source", "value": article.source_id}, {"role": "dispatch", "value": article.dispatch_id}],
    }
    if article.headline:
        found["headlines"] = [{"contentType": "text/plain", "value": article.headline}]
    if article.outlet:
        found["infoSources"] = [{"name": article.outlet, "role": "distributor"}]
    if address := _address(article.url):
        found["renditions"] = [{"name": "web", "href": address, "contentType": "text/html"}]
    return {name: value for name, value in found.items() if value}


def _address(url: str | None) -> str | None:
    """The address in ASCII, as a URI has to be; None where it is none."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(parts._replace(netloc=host + port).geturl(), safe=_SAFE).replace("[", "%5B").replace("]", "%5D")


def _urn(kind: str, name: str) -> str:
    return f"urn:storybraid:{kind}:{quote(name, safe='')}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _moment_of(published: str) -> str | None:
    """RFC 3339, where the article tells more than its day."""
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        return None
    return _moment(at) if "T" in published and at.tzinfo else None
