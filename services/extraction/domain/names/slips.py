"""An index of surnames by what slips keep: long ones with a letter left out, Arabic-script ones by consonants.

Persian, Dari and Arabic pages write the vowels of foreign names as they like (زیلینسکی, زلنسکی, زيلنسكي) and choose
between g and gh, p and b; the consonants stay.
"""

from collections.abc import Iterable

from services.extraction.domain.names.endings import stems
from services.extraction.domain.names.entries import Entry
from services.extraction.domain.names.patterns import split_form, surname_of

SHORTEST = 7
FEWEST_CONSONANTS = 4
_LIKE = str.maketrans("غجقپطصثذظضح", "گگکبتسسزززه", "ایوه")

Slips = dict[str, tuple[tuple[str, str], ...]]


def shortened(word: str) -> list[str]:
    """The word with each letter left out in turn."""
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def consonants(word: str) -> str:
    """The consonants of a folded Arabic-script word, the first letter kept: ویتکاف, ويتكوف -> وتکف."""
    if word[:2] in ("اس", "اش"):
        word = word[1:]
    return word[:1] + word[1:].translate(_LIKE)


def index_slips(entries: Iterable[Entry]) -> Slips:
    """Spelling -> (surname, person id), for the one-word surnames of people known by them."""
    found: dict[str, set[tuple[str, str]]] = {}
    for entry in entries:
        if entry.type == "person" and entry.strong:
            for surname in _surnames(entry):
                for key in _keys(surname):
                    found.setdefault(key, set()).add((surname, entry.id))
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _keys(surname: str) -> list[str]:
    keys = [surname, *shortened(surname)] if len(surname) >= SHORTEST else []
    if "\u0600" <= surname[0] <= "\u06ff":
        bones = consonants(surname)
        keys += ["~" + bones] if len(bones) >= FEWEST_CONSONANTS else []
    return keys


def _surnames(entry: Entry) -> set[str]:
    found: set[str] = set()
    for form in entry.forms:
        text = surname_of(form.text) or ("" if " " in form.text or form.exact else form.text)
        words = split_form(text)
        if len(words) == 1:
            found.update(word for word in {*words, *_stem(words[0], form.language)} if len(word) > 3)
    return found


def _stem(word: str, language: str) -> tuple[str, ...]:
    return stems(word)[:1] if language in ("ukr", "rus") else ()
