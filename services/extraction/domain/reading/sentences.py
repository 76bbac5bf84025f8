"""Cut text into sentences: seven languages, lost spaces, abbreviations, stops left by translation machines."""

import re
from collections.abc import Iterator

from services.extraction.domain.reading.rules import Rules
from services.shared.text.fold import fold_text

_STOP = re.compile(r"(?:\.{2,}|…|[.!?؟。！？]+)[\"'»”’\)\]″]*|\n")
_WORD_BEFORE = re.compile(r"[\w'’-]+\Z")
_WORD_AFTER = re.compile(r"\w+")
_SPELLED = 3
_CLOSERS = "\"'»”’)]″"
_CONTINUES = ",،;؛:—–-"
_LOOK_BACK = 40
_MAX_NAME = 60


def cut_sentences(raw: str, start: int, end: int, rules: Rules, split_names: bool) -> Iterator[tuple[int, int]]:
    """Raw `[start, end)` of each sentence of `raw[start:end]`, blanks trimmed. Linear."""
    begin = start
    for stop in _STOP.finditer(raw, start, end):
        if stop.start() - begin < 2:
            continue
        if stop.group() != "\n" and not _ends(raw, begin, stop, end, rules, split_names):
            continue
        yield from _trimmed(raw, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(raw, begin, end)


def _trimmed(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (raw[start].isspace() or raw[start] in "\u200e\u200f"):
        start += 1
    while start < end and raw[end - 1].isspace():
        end -= 1
    if any(char.isalnum() for char in raw[start:end]):
        yield start, end


def _ends(raw: str, begin: int, stop: "re.Match[str]", end: int, rules: Rules, split_names: bool) -> bool:
    after = raw[stop.end() : min(stop.end() + 12, end)]
    if not after.strip():
        return True
    mark = stop.group()
    if after[0] in _CLOSERS or after.lstrip()[0] in _CONTINUES:
        return False
    if mark[0] == "." and len(mark.rstrip(_CLOSERS)) == 1 and _abbreviates(raw, begin, stop, rules, split_names):
        return False
    return _begins(raw, stop, after)


def _begins(raw: str, stop: "re.Match[str]", after: str) -> bool:
    """Whether what follows can begin a sentence: not a small letter, and glued only after a lost space."""
    spaced = after[0].isspace()
    first = next((char for char in after if char.isalnum()), " ")
    if first.islower():
        return False
    if spaced:
        return True
    before = _WORD_BEFORE.search(raw, max(0, stop.start() - _LOOK_BACK), stop.start())
    long_enough = before is not None and len(before.group()) > 1
    closed = stop.group()[-1] in _CLOSERS
    return (long_enough or closed) and first.isalpha() and not _latin_address(raw, stop, first)


def _latin_address(raw: str, stop: "re.Match[str]", first: str) -> bool:
    """`Novyny.LIVE`, `apnews.com` hold a stop inside; a lost space before a Latin capital follows a small letter."""
    if first >= "\u0370":
        return False
    before = raw[stop.start() - 1 : stop.start()]
    return not (before.islower() and before < "\u0370") or raw[stop.end() : stop.end() + 2].isupper()


def _abbreviates(raw: str, begin: int, stop: "re.Match[str]", rules: Rules, split_names: bool) -> bool:
    at = stop.start()
    before = _WORD_BEFORE.search(raw, max(begin, at - _LOOK_BACK), at)
    if before is None:
        return False
    word = before.group()
    if len(word) == 1 and word.isalpha():
        return not word.islower() or not word.isascii() or raw[max(begin, at - 2) : at - 1] == "."
    if word.isdecimal():
        return raw[begin:at].strip() == word or raw[stop.end() : stop.end() + 1].isdecimal()
    if fold_text(word) in rules.abbreviations or (len(word) <= 2 and _spells(raw, stop)):
        return True
    return _is_split_name(raw, begin, at, rules, split_names)


def _spells(raw: str, stop: "re.Match[str]") -> bool:
    """`بي.بي.سي` spells an acronym: short words of a script without capitals, glued by stops."""
    after = _WORD_AFTER.match(raw, stop.end())
    return after is not None and "\u0600" <= after.group()[0] <= "\u06ff" and len(after.group()) <= _SPELLED


def _is_split_name(raw: str, begin: int, at: int, rules: Rules, split_names: bool) -> bool:
    """A translated "U.K. Prime Minister": the country's full name kept the stop of its abbreviation."""
    if at - begin <= _MAX_NAME and _bare(raw[begin:at]) in rules.split_names:
        return True
    if not split_names:
        return False
    tail = _bare(raw[max(begin, at - _LOOK_BACK) : at])
    return any(tail.endswith(name) for name in rules.split_names)


def _bare(text: str) -> str:
    return fold_text(text).strip()


def has_split_names(folded: str, rules: Rules) -> bool:
    """Whether somewhere in the text a paragraph or sentence is nothing but such a name and its stop."""
    there = (name for name in sorted(rules.split_names) if f"{name}. " in folded)
    return any(re.search(rf"(?:\A|[\n.] ?){re.escape(name)}\. ", folded) is not None for name in there)
