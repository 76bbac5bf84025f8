"""Entities of an article: names, then bodies made of two words, then people meant by their role."""

from bisect import bisect_right

from services.extraction.domain.names.gazetteer import Gazetteer
from services.extraction.domain.names.links import Link, link_names
from services.extraction.domain.names.roles import find_bodies, find_roles
from services.extraction.domain.names.scan import Page, open_page, scan
from services.extraction.domain.names.typos import find_typos
from services.extraction.domain.names.unknown import find_unknown
from services.extraction.domain.values import ArticleText, Entity, Mention

_TYPES = {"person": "person", "organisation": "organisation", "place": "place"}


def find_entities(text: ArticleText, gazetteer: Gazetteer, on: str | None = None) -> tuple[Entity, ...]:
    """Every entity with its mentions outside boilerplate, in order of first mention.

    `on` is the article's ISO day: who holds a role depends on it.
    """
    page = open_page(text)
    hits = scan(page, gazetteer)
    links = link_names(page, hits, gazetteer)
    bodies = find_bodies(page, hits, links, gazetteer)
    links = _without_foreign(links)
    links = _without_owned(links, bodies) + bodies
    links += find_typos(page, hits, links, gazetteer)
    unknown = find_unknown(page, hits, links, gazetteer)
    links += find_roles(page, hits, links + unknown, gazetteer, on) + unknown
    return _entities(page, links, gazetteer)


def _without_foreign(links: list[Link]) -> list[Link]:
    """«МИД Италии» is not the ministry of the country that the bare word means."""
    behind = {(link.part, link.start - 1): link.id for link in links if link.kind == "place"}
    return [
        link
        for link in links
        if not link.id.endswith("-ministry")
        or behind.get((link.part, link.end), link.id.split("_")[0]) == link.id.split("_")[0]
    ]


def _without_owned(links: list[Link], bodies: list[Link]) -> list[Link]:
    """What a body covers whole is not named twice; its country stays a mention, and so does the person who leads it."""
    covered = {(b.part, at): b for b in bodies for at in (b.start, b.end)}
    kept = []
    for link in links:
        body = covered.get((link.part, link.start)) or covered.get((link.part, link.end))
        inside = body and body.start <= link.start and link.end <= body.end
        if not (inside and link.kind in ("organisation", "concept")):
            kept.append(link)
    return kept


def _entities(page: Page, links: list[Link], gazetteer: Gazetteer) -> tuple[Entity, ...]:
    grouped: dict[str, dict[tuple[int, int, int], Link]] = {}
    for link in sorted(links, key=lambda link: (link.part, link.start, link.end)):
        grouped.setdefault(link.id, {})[link.part, link.start, link.end] = link
    background = _background(page)
    return tuple(
        _entity(page, key, list(mentions.values()), gazetteer, background) for key, mentions in grouped.items()
    )


def _entity(
    page: Page, key: str, links: list[Link], gazetteer: Gazetteer, background: dict[str, tuple[list[int], list[bool]]]
) -> Entity:
    entry = gazetteer.entries.get(key)
    mentions = []
    for link in links:
        span = page.span(link.part, link.start, link.end)
        starts, flags = background[span.part]
        at = bisect_right(starts, span.start) - 1
        via = link.via if link.via in ("role", "surname") else "name"
        mentions.append(Mention(span, via, at >= 0 and flags[at]))  # type: ignore[arg-type]
    kind = _TYPES.get(entry.type if entry else links[0].kind, "concept")
    name = entry.name if entry else _composed_name(key, gazetteer)
    if key.startswith("unknown:"):
        name = page.text.surface(mentions[0].span)
    return Entity(key, kind, name, entry.wikidata if entry else None, tuple(mentions))  # type: ignore[arg-type]


def _composed_name(key: str, gazetteer: Gazetteer) -> str:
    """The English name of a body made on the spot: germany_government is the German government."""
    of, _, kind = key.rpartition("_")
    pattern = gazetteer.lexicon.body_names.get(kind)
    if pattern is None:
        base = gazetteer.entries.get(key.removesuffix("_dem"))
        return base.name if base else key
    country, adjective = gazetteer.entries.get(of), gazetteer.entries.get(of + "_dem")
    name = country.name if country else of
    return pattern.format(name=name, adjective=adjective.name if adjective else name, surname=name.split()[-1])


def _background(page: Page) -> dict[str, tuple[list[int], list[bool]]]:
    """For each part where its sentences begin and whether they are background."""
    found: dict[str, tuple[list[int], list[bool]]] = {part.part: ([], []) for part in page.text.parts}
    for sentence in page.text.sentences:
        if sentence.span.part in found:
            found[sentence.span.part][0].append(sentence.span.start)
            found[sentence.span.part][1].append(sentence.kind == "background")
    return found
