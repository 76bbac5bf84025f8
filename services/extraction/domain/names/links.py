"""From hits to links: which of several readings stands, and which short forms are led by a full name."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from services.extraction.domain.names.endings import suffix_fits
from services.extraction.domain.names.gazetteer import Gazetteer
from services.extraction.domain.names.scan import Hit, Page

_BACKWARDS = re.compile(r"\n?(?: ?\.[^\W\d_]{1,3})?[ \-]([^\W\d_]+)")  # a search forwards would try every letter
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_TYPES = ("person", "organisation", "place", "concept", "demonym")
_INSIDE = {("concept", "place"), ("concept", "demonym"), ("concept", "organisation"), ("concept", "person")}


class Link(NamedTuple):
    """A mention of an entity, in folded offsets of a part. `full` where it introduces its entity."""

    part: int
    start: int
    end: int
    id: str
    kind: str
    via: str
    full: bool
    near: tuple[str, ...] = ()
    bent: bool = False  # an ending was taken off


def link_names(page: Page, hits: list[Hit], gazetteer: Gazetteer) -> list[Link]:
    """Names in the text, longest first; short forms only where something leads to one entity."""
    named = [extended for hit in hits if hit.kind in _TYPES for extended in _with_given_name(page, hit, gazetteer)]
    clear = frozenset(gazetteer.lexicon.bodies.values())
    sure = _settle(_longest([link for link in named if link.full], clear), {})
    introduced: dict[str, tuple[int, int]] = {}
    for link in sure:
        introduced.setdefault(link.id, (link.part, link.start))
    titles = [hit for hit in hits if hit.kind.startswith(("role:", "title"))]
    weak = [link for link in named if not link.full]
    led = _lead(page, weak, introduced, titles, gazetteer)
    return _longest(_settle(sure + led, introduced), clear)


def _with_given_name(page: Page, hit: Hit, gazetteer: Gazetteer) -> list[Link]:
    """The hit as a link; a surname takes its given name in, and is none where another given name stands before it."""
    start, full, via = hit.start, not hit.pattern.weak, "surname" if hit.pattern.surname else "name"
    if hit.kind == "person" and hit.pattern.surname:
        word, at = previous_word(page, hit.part, hit.start)
        if word and bends_from(word, gazetteer.given_names.get(hit.id, frozenset())):
            start, full, via = at, True, "name"
        elif word and is_given_name(page, hit.part, at, word, gazetteer):
            return []
    return [Link(hit.part, start, hit.end, hit.id, hit.kind, via, full, hit.pattern.near, hit.bent)]


def previous_word(page: Page, part: int, at: int) -> tuple[str, int]:
    """The folded word that stands right before folded position `at`, and where it begins."""
    found = _BACKWARDS.match(page.squeezed[part].folded[max(0, at - 25) : at][::-1])
    return (found.group(1)[::-1], at - found.end()) if found else ("", at)


def bends_from(word: str, names: frozenset[str]) -> bool:
    """Whether a folded word is one of the names, Cyrillic endings aside."""
    if word in names:
        return True
    if not _CYRILLIC.match(word):
        return False
    return any(word[:-cut] in names and suffix_fits("ukr", "", word[-cut:]) for cut in (1, 2, 3) if len(word) - cut > 2)


def is_given_name(page: Page, part: int, at: int, word: str, gazetteer: Gazetteer) -> bool:
    """Whether the word is a given name we know (with a capital where the script has them)."""
    if not bends_from(word, gazetteer.given_in(page.language)):
        return False
    return (not _CYRILLIC.match(word) and not word.isascii()) or starts_with_capital(page, part, at)


def starts_with_capital(page: Page, part: int, at: int) -> bool:
    """Whether the raw character behind folded position `at` is a capital."""
    source = page.text.parts[part]
    return source.raw[source.folded.starts[at]].isupper()


def _before(titles: list[Hit]) -> Callable[[Link, Page], Hit | None]:
    by_end: dict[tuple[int, int], Hit] = {}
    for hit in titles:
        by_end[hit.part, hit.end] = hit

    def find(link: Link, page: Page) -> Hit | None:
        """The title that ends right before the link, one country word between at most."""
        folded = page.squeezed[link.part].folded
        at = len(folded[: link.start].rstrip(' "«“(،,')) if link.start < 3 else _skip_back(folded, link.start)
        if (link.part, at) in by_end:
            return by_end[link.part, at]
        word = re.search(r"[^\W\d_]+$", folded[max(0, at - 25) : at])
        return by_end.get((link.part, _skip_back(folded, at - len(word.group())))) if word else None

    return find


def _skip_back(folded: str, at: int) -> int:
    while at > 0 and folded[at - 1] in ' "«(،,':
        at -= 1
    return at


def _lead(
    page: Page, weak: list[Link], introduced: dict[str, tuple[int, int]], titles: list[Hit], gazetteer: Gazetteer
) -> list[Link]:
    """The weak links that a full name elsewhere, a related entry, or a title right before leads to."""
    title_before = _before(titles)
    led = []
    for link in weak:
        if link.id in introduced or any(near in introduced for near in link.near):
            led.append(link._replace(via="surname" if link.kind == "person" else "name"))
        elif link.kind == "person" and titles:
            title = title_before(link, page)
            if title and title.kind[5:] in gazetteer.roles_of.get(link.id, frozenset()):
                led.append(link._replace(via="surname"))
    return led


def _settle(links: list[Link], introduced: dict[str, tuple[int, int]]) -> list[Link]:
    """One link for each stretch: the latest introduced of several, a person introduced before a place."""
    at: dict[tuple[int, int, int], list[Link]] = {}
    for link in links:
        at.setdefault((link.part, link.start, link.end), []).append(link)
    return [
        same[0] if len(same) == 1 else max(same, key=lambda link: _weight(link, introduced)) for same in at.values()
    ]


def _weight(link: Link, introduced: dict[str, tuple[int, int]]) -> tuple[object, ...]:
    rank = {"person": 2 if link.id in introduced else 0, "organisation": 1, "place": 1}.get(link.kind, 0)
    return (link.full, not link.bent, rank, *_nearness(link, introduced), link.id)


def _nearness(link: Link, introduced: dict[str, tuple[int, int]]) -> tuple[int, int, int]:
    part, start = introduced.get(link.id, (-1, -1))
    before = (part, start) <= (link.part, link.start)
    return (int(before), part if before else -part, start if before else -start)


def _longest(links: Iterable[Link], clear: frozenset[str] = frozenset()) -> list[Link]:
    """Drop what lies inside a longer link; places stay inside topic phrases and inside the bodies named in `clear`."""
    kept: list[Link] = []
    outer: Link | None = None
    for link in sorted(links, key=lambda link: (link.part, link.start, -link.end, not link.full)):
        if outer is None or link.part != outer.part or link.start >= outer.end:
            outer = link
        elif (outer.start, outer.end) != (link.start, link.end) and not _shows_through(outer, link, clear):
            continue
        kept.append(link)
    return kept


def _shows_through(outer: Link, link: Link, clear: frozenset[str]) -> bool:
    if link.end > outer.end:
        return False
    return (outer.kind, link.kind) in _INSIDE or (outer.id in clear and link.kind in ("place", "demonym", "person"))
