"""Put lost zero width non-joiners back into Persian: «میشود» -> «می‌شود», «تضمینهای» -> «تضمین‌های».

Only for showing: offsets and matching use the text as published. Rules over a short word list; unknown words stay.
"""

import re
from functools import lru_cache

from services.shared.text.zwnj_words import COMPOUNDS, HE_NOUNS, STEMS, WHOLE

ZWNJ = "\u200c"
_WORD = re.compile("[\u0621-\u063a\u0641-\u0655\u0670-\u06d3]{3,40}")
_JOINS_NOT = frozenset("ادذرزژوآأإؤء")

_ENDINGS = ("", "م", "ی", "د", "یم", "ید", "ند", "ه", "یند", "ید", "است")
_VERBS = frozenset(stem + ending for stem in STEMS for ending in _ENDINGS)

_BY_DAMAGE = {compound.replace(ZWNJ, ""): compound for compound in COMPOUNDS if ZWNJ in compound}
_PLURALS = re.compile("^(.{2,}?)(هایشان|هایمان|هایتان|هایش|هایم|هایی|های|ها)$")
_ON_HE = re.compile("^(.{2,}ه)(اند|ام|ای|ایم|اید|اش)$")
_SUPERLATIVE = re.compile("^(.{3,})(ترین)$")
_PARTICIPLES = frozenset(stem + "ه" for stem in STEMS)


def restore_joiners(text: str) -> str:
    """The text with lost joiners put back; words that have one, and unknown words, stay as they are. Linear."""
    return _WORD.sub(lambda found: _restored(found.group()), text)


@lru_cache(maxsize=20_000)
def _restored(word: str) -> str:
    if word in WHOLE:
        return word
    known = _compound(word)
    return known or _verb(word) or _suffixed(word) or word


def _compound(word: str) -> str | None:
    for ending in ("", "ی", "های", "ها", "هایی"):
        base = word[: len(word) - len(ending)]
        if word.endswith(ending) and base in _BY_DAMAGE:
            joined = ZWNJ if len(ending) > 1 and base[-1] not in _JOINS_NOT else ""
            return _BY_DAMAGE[base] + joined + ending
    return None


def _verb(word: str) -> str | None:
    for prefix in ("نمی", "می"):
        if word.startswith(prefix) and word[len(prefix) :] in _VERBS:
            return prefix + ZWNJ + word[len(prefix) :]
    return None


def _suffixed(word: str) -> str | None:
    on_he = _ON_HE.match(word)
    if on_he and _ends_on_he(on_he.group(1), on_he.group(2)):
        return on_he.group(1) + ZWNJ + on_he.group(2)
    for pattern in (_PLURALS, _SUPERLATIVE):
        found = pattern.match(word)
        if found and found.group(1)[-1] not in _JOINS_NOT:
            base = found.group(1)
            return (_compound(base) or base) + ZWNJ + found.group(2)
    return None


def _ends_on_he(base: str, ending: str) -> bool:
    """Whether the h before an ending is the word's own: a participle, a known noun, or any verb's «ه‌اند»."""
    participle = base in _PARTICIPLES or base.removeprefix("ن") in _PARTICIPLES
    return participle or base in HE_NOUNS or (ending == "اند" and len(base) > 3)
