"""Roles and bodies made of two words: «نخست‌وزیر بریتانیا» is a person, «دولت آلمان» an organisation."""

import re
from collections.abc import Iterator

from services.extraction.domain.names.gazetteer import Gazetteer
from services.extraction.domain.names.links import Link
from services.extraction.domain.names.scan import Hit, Page

_RIGHT = {
    "eng": re.compile(r" (?:of |for |to |in )?(?:the )?"),
    "fra": re.compile(r"[ ](?:de |du |des |d'|a )?(?:la |l'|le |les )?"),
}
_SPACE = re.compile(r"[ ]{1,2}(?:ی )?")
_LEFT = re.compile(r"(?:'s|s')?[ \-]")
_ADJECTIVE_FIRST = ("eng", "ukr", "rus")
_BESIDE = re.compile(r"[ ,،\"«»“”()\[\]\-:;]{0,4}")
_REACH = 14
_PLURAL = re.compile(r"(?:[^s]s|ы|и|ов|ев|ів|ам|ами|ями|ах|глав)$")
_AND = re.compile(r"(?:,| and| et| и| і| й| та)(?: the| de| du)? ")
NO_BODY = "-"


class _Neighbours:
    """Links by where they begin and end."""

    def __init__(self, links: list[Link]) -> None:
        self.starting = {(link.part, link.start): link for link in reversed(links)}
        self.ending = {(link.part, link.end): link for link in links}


def find_bodies(page: Page, hits: list[Hit], links: list[Link], gazetteer: Gazetteer) -> list[Link]:
    """Organisations named by a kind and a country («دولت آلمان»), or by a kind and its head («إدارة ترامب»)."""
    around = _Neighbours([link for link in links if link.kind in ("place", "demonym", "person")])
    found = []
    for hit in hits:
        if not hit.kind.startswith(("body:", "owned:")):
            continue
        wanted = ("place", "demonym") if hit.kind.startswith("body:") else ("person",)
        for other in _partners(page, hit, around):
            if other.kind in wanted:
                body = _body_id(hit.kind, other, gazetteer)
                if body == NO_BODY:
                    break
                start, end = min(hit.start, other.start), max(hit.end, other.end)
                found.append(Link(hit.part, start, end, body, "organisation", "name", True))
                break
    return found


def _body_id(kind: str, other: Link, gazetteer: Gazetteer) -> str:
    word = kind.split(":", 1)[1]
    of = other.id.removesuffix("_dem")
    return gazetteer.lexicon.bodies.get((word, of), f"{of}_{word}")


def find_roles(page: Page, hits: list[Hit], links: list[Link], gazetteer: Gazetteer, day: str | None) -> list[Link]:
    """People meant by a role that stands alone; none where the name stands beside it, or the role is a former one."""
    around = _Neighbours([link for link in links if link.kind in ("place", "demonym", "organisation")])
    people = _Neighbours([link for link in links if link.kind == "person"])
    countries = {(link.part, link.end) for link in links if link.kind == "place"}
    heads = {(hit.part, hit.start) for hit in hits if hit.kind == "role:head_of_state"}
    former = [hit for hit in hits if hit.kind == "former"]
    unfit = ({(hit.part, hit.end) for hit in former}, {(hit.part, hit.start) for hit in former})
    found = []
    for hit in hits:
        if not hit.kind.startswith("role:"):
            continue
        for start, end, of in _with_object(page, hit, people if hit.kind == "role:son_in_law" else around):
            holder = gazetteer.holder(hit.kind[5:], of, day)
            heading = hit.kind == "role:chief" and start == hit.start and (hit.part, start) not in heads
            if holder is None and heading and (hit.part, end) in countries:
                holder = gazetteer.holder("head_of_state", of, day)  # «глава Франции», «очільник Росії»
            link = Link(hit.part, start, end, holder or "", "person", "role", False)
            if holder and not _touches(link, unfit) and not _beside(page, link, people):
                found += _with_others(page, hit, link, around, people, gazetteer, day)
                break
    return found


def _with_others(
    page: Page, hit: Hit, first: Link, around: _Neighbours, people: _Neighbours, gazetteer: Gazetteer, day: str | None
) -> list[Link]:
    """«The presidents of X and Y»: a plural role means everyone who holds it; none where their names follow."""
    folded = page.squeezed[hit.part].folded
    found, end = [first], first.end
    if not _PLURAL.search(folded[hit.start : hit.end].split()[0]):
        return found
    while (joint := _AND.match(folded, end, end + 8)) and (hit.part, joint.end()) in around.starting:
        other = around.starting[hit.part, joint.end()]
        holder, end = gazetteer.holder(hit.kind[5:], other.id.removesuffix("_dem"), day), other.end
        if holder:
            found.append(first._replace(end=end, id=holder))
    named = _BESIDE.match(folded, end)
    return [] if len(found) > 1 and named and (hit.part, named.end()) in people.starting else found


def _with_object(page: Page, hit: Hit, around: _Neighbours) -> Iterator[tuple[int, int, str]]:
    for other in _partners(page, hit, around):
        yield min(hit.start, other.start), max(hit.end, other.end), other.id.removesuffix("_dem")
    yield hit.start, hit.end, ""


def _partners(page: Page, hit: Hit, around: _Neighbours) -> Iterator[Link]:
    """What stands right after the word (or, where adjectives come first, right before it)."""
    folded = page.squeezed[hit.part].folded
    for pattern in (_RIGHT.get(hit.pattern.language, _SPACE), _SPACE):
        found = pattern.match(folded, hit.end, hit.end + _REACH)
        if found and (hit.part, found.end()) in around.starting:
            yield around.starting[hit.part, found.end()]
    if hit.pattern.language in _ADJECTIVE_FIRST:
        for at in range(hit.start - 1, max(-1, hit.start - 4), -1):
            if (hit.part, at) in around.ending and _LEFT.fullmatch(folded, at, hit.start):
                yield around.ending[hit.part, at]


def _touches(link: Link, unfit: tuple[set[tuple[int, int]], set[tuple[int, int]]]) -> bool:
    """Whether «екс», former, deputy ends right before the role, or «پیشین», السابق begins right after it."""
    before, after = unfit
    return any((link.part, link.start - gap) in before or (link.part, link.end + gap) in after for gap in (0, 1))


def _beside(page: Page, link: Link, people: _Neighbours) -> bool:
    """Whether a name stands right after the role (the text knows better than the table), or the holder's before."""
    folded = page.squeezed[link.part].folded
    after = _BESIDE.match(folded, link.end)
    if after and (link.part, after.end()) in people.starting:
        return True
    at = link.start
    while at > 0 and link.start - at < 5 and folded[at - 1] in ' ,،"«»()[]-–:':
        at -= 1
    name = people.ending.get((link.part, at))
    return bool(name and name.id == link.id)
