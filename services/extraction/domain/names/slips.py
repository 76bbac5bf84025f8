"""An index of long surnames by their spellings with one letter left out: one look-up finds every slip of one letter."""

from collections.abc import Iterable

from services.extraction.domain.names.endings import stems
from services.extraction.domain.names.entries import Entry
from services.extraction.domain.names.patterns import split_form, surname_of

SHORTEST = 7

Slips = dict[str, tuple[tuple[str, str], ...]]


def shortened(word: str) -> list[str]:
    """The word with each letter left out in turn."""
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def index_slips(entries: Iterable[Entry]) -> Slips:
    """Spelling -> (surname, person id), for the one-word surnames of people known by them."""
    found: dict[str, set[tuple[str, str]]] = {}
    for entry in entries:
        if entry.type == "person" and entry.strong:
            for surname in _surnames(entry):
                for key in (surname, *shortened(surname)):
                    found.setdefault(key, set()).add((surname, entry.id))
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _surnames(entry: Entry) -> set[str]:
    found: set[str] = set()
    for form in entry.forms:
        text = surname_of(form.text) or ("" if " " in form.text or form.exact else form.text)
        words = split_form(text)
        if len(words) == 1:
            found.update(word for word in {*words, *_stem(words[0], form.language)} if len(word) >= SHORTEST)
    return found


def _stem(word: str, language: str) -> tuple[str, ...]:
    return stems(word)[:1] if language in ("ukr", "rus") else ()
