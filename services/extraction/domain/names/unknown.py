"""People the gazetteer does not know, where a given name or a title makes it plain; and their surname alone later."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.extraction.domain.names.apposed import Roles, is_apposed, is_devout_name
from services.extraction.domain.names.gazetteer import Gazetteer
from services.extraction.domain.names.links import Link, bends_from, starts_with_capital
from services.extraction.domain.names.scan import Hit, Page
from services.shared.text.skeleton import skeleton

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_CASED = re.compile(r"[a-z\u0400-\u052f]")
_LATIN_PARTICLES = "de van von der den du di da del dos la le al el bin ibn ben bint y ter"
_CYRILLIC_PARTICLES = "фон де ван дер бін бин ібн ибн аль ас аш ель эль ле да ді"
_ARABIC_PARTICLES = "بن بنت ابن آل ال ابو عبد دی دي فون د لا لو پور زاده"
_PARTICLES = frozenset(" ".join((_LATIN_PARTICLES, _CYRILLIC_PARTICLES, _ARABIC_PARTICLES)).split())
_FAMILY = ("زاده", "پور", "نژاد", "خیل", "زی", "یار", "مند", "نیا", "وال", "فر")  # what Persian surnames end in
_LONGEST = 4


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    capital: bool


def find_unknown(page: Page, hits: list[Hit], links: list[Link], gazetteer: Gazetteer) -> list[Link]:
    """Full names first, then the surnames of those that were found."""
    found: list[Link] = []
    for part in range(len(page.squeezed)):
        taken = _taken(page, part, hits, links)
        led = _title_ends(page, part, hits, links)
        roles = _roles(part, hits)
        for chain in _chains(page, part, taken):
            names = list(_names_in(page, chain, led, gazetteer))
            if (
                not names
                and page.language == "fas"
                and is_apposed(page.squeezed[part].folded, chain, roles, gazetteer.lexicon.common)
            ):
                names = [chain]
            found += [_link(page, part, name) for name in names]
    found += _surnames(page, found, links)
    return [link for link in found if not page.is_hidden(link.part, link.start)]


def _taken(page: Page, part: int, hits: list[Hit], links: list[Link]) -> bytearray:
    """For each folded position whether it is part of a link, or of a role, title or kind of body."""
    taken = bytearray(len(page.squeezed[part].folded) + 1)
    beside: list[Hit | Link] = [hit for hit in hits if hit.kind.startswith(("role:", "title", "former", "body:"))]
    for one in [*beside, *links]:
        if one.part == part and (one.kind != "concept" or one.end - one.start > 3):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return taken


def _words(page: Page, part: int, taken: bytearray) -> Iterator[_Word]:
    """Words that may stand in a name: capitals and particles after them where there are capitals, else anything."""
    source = page.text.parts[part]
    raw, starts = source.raw, source.folded.starts
    fits = False
    for found in _WORD.finditer(page.squeezed[part].folded):
        start, text = found.start(), found.group()
        first = text[0]
        capital = not "\u0600" <= first <= "\u06ff" and raw[starts[start]].isupper()
        cased = "a" <= first <= "z" or "\u0400" <= first <= "\u052f"
        fits = not taken[start] and (capital or not cased or (fits and text in _PARTICLES))
        if fits:
            yield _Word(start, found.end(), text, capital)


def _roles(part: int, hits: list[Hit]) -> Roles:
    beside = [hit for hit in hits if hit.part == part and hit.kind.startswith(("role:", "title", "former"))]
    return Roles(frozenset(hit.start for hit in beside), tuple(sorted(hit.end for hit in beside)))


def _title_ends(page: Page, part: int, hits: list[Hit], links: list[Link]) -> set[int]:
    """Where a title or role ends, its country taken in: what follows is somebody's name."""
    ends = {hit.end for hit in hits if hit.part == part and hit.kind.startswith(("role:", "title"))}
    for link in links:
        if link.part == part and link.kind in ("place", "demonym", "organisation") and link.start - 1 in ends:
            ends.add(link.end)
    return ends


def _chains(page: Page, part: int, taken: bytearray) -> Iterator[list[_Word]]:
    """Runs of words that could make a name; what stands between two of them is no word, or the run ends."""
    folded = page.squeezed[part].folded
    chain: list[_Word] = []
    for word in _words(page, part, taken):
        if chain and not _joined(folded[chain[-1].end : word.start], chain[-1]):
            yield chain
            chain = []
        chain.append(word)
    if chain:
        yield chain


def _joined(gap: str, before: _Word) -> bool:
    """Whether one name may go on over the gap; a full stop only after an initial."""
    return gap in (" ", "-") or (gap == ". " and len(before.text) <= 2)


def _names_in(page: Page, chain: list[_Word], led: set[int], gazetteer: Gazetteer) -> Iterator[list[_Word]]:
    """The parts of a chain that are people's names: from a given name on, or what follows a title."""
    given, common = gazetteer.given_in(page.language), gazetteer.lexicon.common
    until = 0
    for at, word in enumerate(chain[:-1]):
        if at < until:
            continue
        titled = word.capital and _follows_title(word, led)  # without capitals a title leads to any word
        devout = page.language == "fas" and is_devout_name(word.text)
        if not (titled or devout or bends_from(word.text, given)):
            continue
        name = _run(chain[at : at + 2 * _LONGEST], common, given)
        if name and (name[0].capital or not _is_common(name[0].text, common)):
            until = at + len(name)
            yield name


def _follows_title(word: _Word, led: set[int]) -> bool:
    return word.start - 1 in led or word.start - 2 in led


def _run(words: list[_Word], common: frozenset[str], given: frozenset[str]) -> list[_Word]:
    """At most four words, particles not counted, up to the first everyday word."""
    name: list[_Word] = []
    counted = 0
    for word in words:
        if counted and word.text not in _PARTICLES and _is_common(word.text, common):
            break
        if counted == (_LONGEST if word.capital else _LONGEST - 1) or (len(word.text) < 2 and not word.capital):
            break
        if name and not word.capital and not _goes_on(name, word.text, given):
            break
        name.append(word)
        counted += word.text not in _PARTICLES
    while name and (name[-1].text in _PARTICLES or len(name[-1].text) < 2):
        name.pop()
    return name if sum(len(word.text) > 2 for word in name) >= 2 else []


def _goes_on(name: list[_Word], word: str, given: frozenset[str]) -> bool:
    """Where nothing is capitalised: a third word must have an article, or follow a given name or a particle."""
    if word.startswith("وال") or word in _PARTICLES:
        return word in _PARTICLES
    if len(name) == 2 and len(word) > 5 and word.endswith(_FAMILY):
        return True
    return len(name) == 1 or word.startswith("ال") or name[-1].text in given or name[-1].text in _PARTICLES


def _is_common(word: str, common: frozenset[str]) -> bool:
    if word in common:
        return True
    return word[0] in "وبلفک" and len(word) > 3 and word[1:] in common


def _link(page: Page, part: int, name: list[_Word]) -> Link:
    start, end = name[0].start, name[-1].end
    key = skeleton(page.squeezed[part].folded[start:end])
    return Link(part, start, end, f"unknown:{key}", "person", "name", True)


def _surnames(page: Page, found: list[Link], links: list[Link]) -> list[Link]:
    """The last word of a found name where it stands alone elsewhere."""
    last: dict[str, str] = {}
    for link in found:
        last.setdefault(page.squeezed[link.part].folded[link.start : link.end].split()[-1], link.id)
    if not last:
        return []
    covered = {(link.part, at) for link in [*found, *links] for at in range(link.start, link.end)}
    alone = []
    for part, squeezed in enumerate(page.squeezed):
        for match in _WORD.finditer(squeezed.folded):
            at, word = match.start(), match.group()
            if len(word) < 4 or word not in last or (part, at) in covered:
                continue
            if not _CASED.match(word) or starts_with_capital(page, part, at):
                alone.append(Link(part, at, match.end(), last[word], "person", "surname", False))
    return alone
