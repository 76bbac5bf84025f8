"""The rules of reading as values: small phrase patterns, compiled once, found by their first word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from services.shared.text.fold import fold_text

_ZWNJ = "\u200c"
_WORD = r"[^\W\d_][\w'.-]{0,40}"
_PLACEHOLDERS = {
    "word": _WORD,
    "name": rf"{_WORD}(?:[ ]{_WORD}){{0,3}}",
    "words": rf"{_WORD}(?:[ ,]{{1,2}}[\w'.-]+){{0,7}}",
    "source": r"[^\n،,:؛;.]{2,70}",
    "place": rf"{_WORD}(?:[ -]{_WORD}){{0,3}}",
    "arabic": "[\u0600-\u06ff]{2,20}(?:[ ][\u0600-\u06ff]{2,20}){0,2}",
    "arabicname": "[\u0600-\u06ff]{3,14}[ ][\u0600-\u06ff]{3,14}",
    "end": r"[.؛!؟?\"')\]]*\Z",
    "n": r"\d{1,9}",
    "day": r"\d{1,2}",
    "year": r"(?:19|20|13|14)\d{2}",
    "clock": r"\d{1,2}[:.]\d{2}(?::\d{2})?",
    "date": rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}\.? {_WORD},? \d{{4}}|{_WORD} \d{{1,2}},? \d{{4}})",
    "any": r"[^\n]{0,160}",
    "few": r"[^\n]{0,40}?",
    "sep": r"[ ]?[-:|/؛;,،][ ]?",
}
_PIECES = re.compile(r"\\.|\{[a-z]+\}|[()|\[\]*]|[^\\{}()|\[\]*]+")
_GROUPS = {"(": "(?:", "[": "(?:", "]": ")?", "*": r"\w*"}
_NEVER = re.compile(r"(?!)")


def phrase_regex(phrase: str) -> str:
    """The regex of a phrase of a pack: literal words, (a|b), [optional], {placeholder}, ZWNJ as optional space."""
    boundary = r"(?!\w)" if phrase[-1:].isalnum() or phrase[-1:] == "*" else ""
    return "".join(_piece(piece) for piece in _PIECES.findall(phrase)) + boundary


def _piece(piece: str) -> str:
    if piece.startswith("\\"):
        return re.escape(piece[1:])
    if piece.startswith("{"):
        return _PLACEHOLDERS[piece[1:-1]]
    if piece in "()|[]*":
        return _GROUPS.get(piece, piece)
    words = [re.escape(fold_text(part)).replace("\\ ", "[ ]{1,3}") for part in piece.split(_ZWNJ)]
    return "[ ]?".join(words)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One rule: what to look for, and why it means what it means."""

    regex: "re.Pattern[str]"
    reason: str


_FIRST_WORD = re.compile(r"[^\W\d_]{1,4}")


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Phrases by first word, so that a line is tried against the few that can begin it."""

    by_word: dict[str, tuple[Phrase, ...]]
    others: tuple[Phrase, ...]
    any_other: "re.Pattern[str]"  # all of `others` in one: few lines begin with any of them

    def match(self, text: str, start: int, end: int) -> "tuple[re.Match[str], str] | None":
        """The first phrase that begins at `start` and ends within `end`, with its reason."""
        others = self.others if self.any_other.match(text, start, end) else ()
        for phrase in (*self._by_first_word(text, start, end), *others):
            found = phrase.regex.match(text, start, end)
            if found:
                return found, phrase.reason
        return None

    def full(self, text: str, start: int, end: int) -> str | None:
        """The reason of the phrase that covers all of `[start, end)`."""
        others = self.others if self.any_other.fullmatch(text, start, end) else ()
        for phrase in (*self._by_first_word(text, start, end), *others):
            if phrase.regex.fullmatch(text, start, end):
                return phrase.reason
        return None

    def _by_first_word(self, text: str, start: int, end: int) -> tuple[Phrase, ...]:
        word = _FIRST_WORD.match(text, start, end)
        return self.by_word.get(word.group(), ()) if word else ()


def phrase_book(rules: Iterable[tuple[str, str]]) -> PhraseBook:
    """Compile (phrase, reason) pairs."""
    by_word: dict[str, list[Phrase]] = defaultdict(list)
    others: list[Phrase] = []
    for phrase, reason in rules:
        compiled = Phrase(re.compile(phrase_regex(phrase)), reason)
        keys = {_key(beginning) for beginning in _beginnings(phrase)}
        if "" in keys:
            others.append(compiled)
            continue
        for key in keys:
            by_word[key].append(compiled)
    return PhraseBook({word: tuple(found) for word, found in by_word.items()}, tuple(others), _any_of(others))


def _any_of(phrases: Iterable[Phrase]) -> "re.Pattern[str]":
    """One expression that matches wherever any of the phrases does; never where there are none."""
    return re.compile("|".join(phrase.regex.pattern for phrase in phrases) or _NEVER.pattern)


_LEADING = re.compile(r"([(\[])([^()\[\]]*)[)\]](.*)", re.S)


def _beginnings(phrase: str) -> Iterator[str]:
    """The phrase with its leading group replaced by each alternative; an optional group may also be absent."""
    leading = _LEADING.match(phrase)
    if not leading:
        yield phrase
        return
    opening, inner, rest = leading.groups()
    for alternative in inner.split("|"):
        yield from _beginnings(alternative + rest)
    if opening == "[":
        yield from _beginnings(rest)


def _key(phrase: str) -> str:
    """The first four letters of the first word, or nothing where they are not certain."""
    literal = re.match(r"[^\W\d_]+", phrase)
    if not literal:
        return ""
    word, rest = fold_text(literal.group()), phrase[literal.end() : literal.end() + 1]
    certain = len(word) >= 4 or rest in ("", " ", "'", ":", ".")
    return word[:4] if certain else ""


_EMPTY = PhraseBook({}, (), _NEVER)


@dataclass(frozen=True, slots=True)
class WordList:
    """Beginnings of words, found by one expression, each with a number."""

    regex: "re.Pattern[str]"
    numbers: dict[str, int]

    def first(self, text: str) -> "tuple[re.Match[str], int] | None":
        """The first of the words in `text`, with its number."""
        found = self.regex.search(text)
        return (found, self.numbers[found.group()]) if found else None


def word_list(numbers: dict[str, int]) -> WordList:
    """A word list of folded beginnings of words."""
    forms = "|".join(re.escape(word) for word in sorted(numbers, key=len, reverse=True))
    return WordList(re.compile(rf"(?<!\w)(?:{forms})") if numbers else _NEVER, dict(numbers))


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything reading knows about outlets' habits; built from `packs/boilerplate`."""

    lines: PhraseBook = _EMPTY  # the whole line is boilerplate
    starts: PhraseBook = _EMPTY  # a line that begins so is boilerplate, if it is short
    inserts: PhraseBook = _EMPTY  # so is this line, and the headline of another story after it
    tails: PhraseBook = _EMPTY  # from here on nothing belongs to this article
    openings: PhraseBook = _EMPTY  # cut from the beginning of one of the first paragraphs
    endings: tuple[Phrase, ...] = ()  # cut from the end of a paragraph
    inside: tuple[Phrase, ...] = ()  # cut wherever it stands
    background_blocks: PhraseBook = _EMPTY  # this paragraph tells of the past, and what follows its heading
    background_sentences: PhraseBook = _EMPTY  # this sentence tells of the past
    background_signs: "re.Pattern[str]" = _NEVER  # words anywhere in a sentence whose load is an older event
    subheads: PhraseBook = _EMPTY
    weekdays: WordList = field(default_factory=lambda: word_list({}))  # Monday is 0
    words: dict[str, WordList] = field(default_factory=dict)  # word lists by name: today, future, after_event, ...
    abbreviations: frozenset[str] = frozenset()  # folded, without their full stop
    split_names: frozenset[str] = frozenset()  # names that a translation machine has left with an abbreviation's stop
    versions: dict[str, str] = field(default_factory=dict)

    def has_word(self, name: str, text: str) -> bool:
        """Whether a word of the named list begins anywhere in `text`."""
        words = self.words.get(name)
        return words is not None and words.regex.search(text) is not None

    def is_word(self, name: str, text: str) -> bool:
        """Whether `text` is a word of the named list."""
        words = self.words.get(name)
        return words is not None and text in words.numbers
