"""Does an article report the event, or announce it? By its dates, and by the tense of its first sentences."""

import re
from collections.abc import Iterable

from services.deduplication.domain.consolidation.account import Stage
from services.shared.text.fold import fold_text

_FUTURE = {
    "fas": ("خواهد |خواهند |خواهیم |قرار است|در نظر دارد|پیش ?رو|آینده برگزار|می ?رود تا|برگزار می ?شود"),
    "arb": (
        "(?:^| )(?:و|ف)?س[یتن][^ ]{3,}|(?:^| )(?:و|ف)?سوف |من المقرر|من المتوقع|یعتزم|مرتقب|المقرر ان|المزمع|تمهیدا "
    ),
    "eng": (r"\b(?:will|set to|to meet|to host|to discuss|expected to|due to|plans to|ahead of|is to|are to)\b"),
    "fra": (
        r"\bva \w+er\b|\bvont \w+|\bdoi(?:t|vent)\b|\bse \w+ront\b|\w+(?:era|eront|ira|iront)\b|\bprevue?s?\b"
        r"|\bavant (?:le|la|une?)\b|\battendue?s?\b"
    ),
    "rus": (
        r"\b(?:будет|будут|состоится|состоятся|пройдет|пройдут|планиру\w+|намерен\w*|ожида\w+|предстоит|соберутся"
        r"|встретится|встретятся|проведет|проведут|обсудят|приедет|прибудет|посетит)\b"
    ),
    "ukr": (
        r"\b(?:буде|будуть|відбудеться|відбудуться|пройде|пройдуть|плану\w+|очіку\w+|зберуться|зустрінеться"
        r"|зустрінуться|проведе|проведуть|обговорять|приїде|прибуде|відвідає|має відбутися)\b"
    ),
}
_PATTERNS = {language: re.compile(pattern) for language, pattern in _FUTURE.items()}
_ALIASES = {"pes": "fas", "prs": "fas", "ary": "arb", "ara": "arb"}
_LONGEST = 600


def stage_of(language: str, first_sentences: Iterable[str], published_day: int | None, event_day: int | None) -> Stage:
    """`preview` where the event lies ahead of publication, `outcome` where it lies behind; else the tense decides."""
    if published_day is not None and event_day is not None and event_day != published_day:
        return "preview" if event_day > published_day else "outcome"
    pattern = _PATTERNS.get(_ALIASES.get(language, language))
    if pattern is None:
        return "unknown"
    ahead = any(pattern.search(fold_text(sentence[:_LONGEST])) for sentence in first_sentences)
    return "preview" if ahead else "outcome"
