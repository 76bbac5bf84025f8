"""Characters that must be turned away, and those that may pass but are marked."""

import re
from dataclasses import dataclass

_KINDS = {
    "bidi_control": "\u202a-\u202e\u2066-\u2069\u061c",
    "control": "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f",
    "invisible": "\u00ad\u200b\u2060-\u2064\ufeff",
    "private_use": "\ue000-\uf8ff\U000f0000-\U0010fffd",
    "tag": "\U000e0000-\U000e007f",
    "replacement": "\ufffd",
    "lone_surrogate": "\ud800-\udfff",
}
_MARKS = {kind: re.compile(f"[{characters}]") for kind, characters in _KINDS.items()}
_SURROGATE = re.compile("[\ud800-\udfff]")
_READABLE = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class CharacterMark:
    """How many characters of a kind were let through."""

    kind: str
    count: int


def character_marks(text: str) -> tuple[CharacterMark, ...]:
    """The kinds of control and invisible characters in `text`; ZWNJ and direction marks are ordinary and not told."""
    counts = ((kind, len(pattern.findall(text))) for kind, pattern in _MARKS.items())
    return tuple(CharacterMark(kind, count) for kind, count in counts if count)


def without_surrogates(text: str) -> str:
    """Lone surrogates cannot be written as UTF-8: each becomes U+FFFD, so that no offset moves."""
    return _SURROGATE.sub("\ufffd", text)


def is_readable(text: str | None) -> bool:
    """Whether there is one letter or digit in `text`."""
    return text is not None and _READABLE.search(text) is not None
