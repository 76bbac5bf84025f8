"""Word stems inside one script: crude, the same for every text, enough to see that two texts share words."""

import re
from collections.abc import Iterator

from services.shared.text.fold import fold_text

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_CYRILLIC = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "ы": "и", "э": "е", "ъ": "", "ь": ""})
_PROCLITICS = ("وال", "بال", "فال", "کال", "لل", "ال")
_LONGEST = 40


def script_of(word: str) -> str:
    """Arab, Cyrl, Hani (written without spaces) or Latn, by the first letter."""
    code = ord(word[0])
    if 0x600 <= code < 0x780:
        return "a"
    if 0x400 <= code < 0x530:
        return "c"
    return "h" if 0x2E80 <= code < 0xA000 or 0xAC00 <= code < 0xD7B0 else "l"


def stems(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Every word of `text` as (folded word, stem key such as `a:مذاکر`)."""
    for found in _WORD.finditer(fold_text(text)):
        word = found.group()[:_LONGEST]
        script = script_of(word)
        if script == "h":
            yield from ((pair, "h:" + pair) for pair in _pairs(word))
        else:
            yield word, script + ":" + _stem(word, script, language)


def _pairs(word: str) -> Iterator[str]:
    return (word[i : i + 2] for i in range(max(1, len(word) - 1)))


def _stem(word: str, script: str, language: str) -> str:
    if script == "a":
        return _bare(word)[:5] if language in {"arb", "ar"} else word[:5]
    if script == "c":
        return word.translate(_CYRILLIC)[:5]
    head, _, tail = word.partition("'")
    return (tail if len(tail) > len(head) else head)[:6]


def _bare(word: str) -> str:
    for proclitic in _PROCLITICS:
        if word.startswith(proclitic) and len(word) - len(proclitic) >= 3:
            return word[len(proclitic) :]
    return word[1:] if len(word) >= 5 and word[0] in "وفبل" else word
