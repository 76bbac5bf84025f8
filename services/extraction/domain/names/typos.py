"""Surnames with a letter or a vowel written otherwise, where a given name, a title or another mention leads to them."""

import re
from collections.abc import Iterable, Iterator

from services.extraction.domain.names.endings import suffix_fits
from services.extraction.domain.names.gazetteer import Gazetteer
from services.extraction.domain.names.links import Link, bends_from, previous_word, starts_with_capital
from services.extraction.domain.names.scan import Hit, Page
from services.extraction.domain.names.slips import FEWEST_CONSONANTS, SHORTEST, consonants, shortened

_WORD = re.compile(r"[^\W\d_]{4,24}")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_REMEMBERED = 60_000  # words


def find_typos(page: Page, hits: list[Hit], links: list[Link], gazetteer: Gazetteer) -> list[Link]:
    """Links for misspelt surnames of people the gazetteer knows."""
    covered = {(link.part, at) for link in links for at in (link.start, link.end)}
    people = {link.id for link in links if link.kind == "person"}
    titles = {(hit.part, hit.end) for hit in hits if hit.kind.startswith(("role:", "title"))}
    found = []
    for part, squeezed in enumerate(page.squeezed):
        for match in _WORD.finditer(squeezed.folded):
            word = match.group()
            resembled = _resembled(word, gazetteer)
            if not resembled:  # most words: nothing more is asked of them
                continue
            at, end = match.span()
            if (part, at) in covered or (part, end) in covered:
                continue
            if not _may_be_name(page, part, at, word, gazetteer) or page.is_hidden(part, at):
                continue
            given, begin = previous_word(page, part, at)
            for person in resembled:
                named = bool(given) and bends_from(given, gazetteer.given_names.get(person, frozenset()))
                if named or person in people or (part, at - 1) in titles:
                    start, via = (begin, "name") if named else (at, "surname")
                    found.append(Link(part, start, end, person, "person", via, named))
                    break
    return found


def _resembled(word: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The same, remembered: news repeats its words."""
    known = gazetteer.resembled.get(word)
    if known is None:
        known = tuple(_resembling(word, gazetteer))
        if len(gazetteer.resembled) < _REMEMBERED:
            gazetteer.resembled[word] = known
    return known


def _may_be_name(page: Page, part: int, at: int, word: str, gazetteer: Gazetteer) -> bool:
    if word.isascii() or _CYRILLIC.match(word):
        return len(word) >= SHORTEST and starts_with_capital(page, part, at)
    common = gazetteer.lexicon.common
    return word not in common and not (word[0] in "وبلف" and word[1:] in common)


def _resembling(word: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Ids of people whose surname differs by one letter (Cyrillic endings aside), or in its vowels in Arabic script."""
    if "\u0600" <= word[0] <= "\u06ff":
        bones = consonants(word)
        if len(bones) >= FEWEST_CONSONANTS:
            yield from (person for _, person in gazetteer.slips.get("~" + bones, ()))
    for bare in _bare(word) if len(word) >= SHORTEST else ():
        for key in (bare, *shortened(bare)):
            for surname, person in gazetteer.slips.get(key, ()):
                if surname[0] == bare[0] and surname != bare and abs(len(surname) - len(bare)) <= 1:
                    yield person


def _bare(word: str) -> Iterable[str]:
    cuts = (1, 2, 3) if _CYRILLIC.match(word) else ()
    return [word, *(word[:-cut] for cut in cuts if len(word) - cut >= SHORTEST and suffix_fits("ukr", "", word[-cut:]))]
