"""Commitments by item and actor, positions by holder, quotations by speaker."""

from collections.abc import Callable, Iterable, Set
from functools import lru_cache

from services.deduplication.domain.consolidation.facts import Voiced, fact_of
from services.deduplication.domain.consolidation.story import Fact
from services.deduplication.domain.stories.stems import stems

_SAME_WORDS = 0.6
_SAME_MARKS = 0.6
_WINDOW = 80  # quotations of one speaker that are compared with each other

Collective = Callable[[str | None], bool]


def commitment_facts(voiced: Iterable[Voiced], collective: Collective) -> list[Fact]:
    """One fact for each item and actor; the alliance, its members as a whole and nobody named are one actor."""
    return _grouped("commitment", voiced, collective)


def position_facts(voiced: Iterable[Voiced], collective: Collective) -> list[Fact]:
    """One fact for each position and holder."""
    return _grouped("position", voiced, collective)


def _grouped(kind: str, voiced: Iterable[Voiced], collective: Collective) -> list[Fact]:
    groups: dict[tuple[str, str], list[Voiced]] = {}
    for voice in voiced:
        if voice.statement.kind == kind and not (kind == "commitment" and voice.statement.about == "other"):
            actor = voice.statement.actor
            groups.setdefault((voice.statement.about, "" if collective(actor) else actor or ""), []).append(voice)
    return [fact_of(kind, about, _actor(group), group) for (about, _), group in sorted(groups.items())]


def _actor(group: list[Voiced]) -> str | None:
    return next((voice.statement.actor for voice in group if voice.statement.actor), None)


def quotation_facts(voiced: Iterable[Voiced]) -> list[Fact]:
    """One fact for each utterance; the same words in two languages are one utterance."""
    speakers: dict[str, list[list[Voiced]]] = {}
    for voice in voiced:
        if voice.statement.kind == "quotation":
            heaps = speakers.setdefault(voice.statement.about, [])
            home = next((heap for heap in heaps[-_WINDOW:] if any(_same(voice, other) for other in heap[:6])), None)
            if home is None:
                heaps.append([voice])
            else:
                home.append(voice)
    said = [(speaker, heap) for speaker, heaps in sorted(speakers.items()) for heap in heaps]
    return [fact_of("quotation", speaker, _actor(heap), heap) for speaker, heap in said]


def _same(a: Voiced, b: Voiced) -> bool:
    left, right = set(a.statement.marks), set(b.statement.marks)
    shared = left & right
    if a.article.iso639_3 == b.article.iso639_3:
        return _overlap(_stems(a), _stems(b)) >= _SAME_WORDS
    return len(shared) >= 2 and _overlap(left, right) >= _SAME_MARKS


def _overlap(left: Set[str], right: Set[str]) -> float:
    return len(left & right) / max(1, min(len(left), len(right)))


def _stems(voice: Voiced) -> frozenset[str]:
    return _stems_of(voice.statement.span.text, voice.article.iso639_3)


@lru_cache(maxsize=2_000)
def _stems_of(text: str, language: str) -> frozenset[str]:
    return frozenset(stem for _, stem in stems(text, language))
