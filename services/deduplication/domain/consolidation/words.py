"""Commitments by item and actor, positions by holder, quotations by speaker."""

from collections.abc import Callable, Iterable

from services.deduplication.domain.consolidation.facts import Voiced, fact_of
from services.deduplication.domain.consolidation.story import Fact
from services.deduplication.domain.consolidation.utterances import Utterances

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
    speakers: dict[str, Utterances] = {}
    for voice in voiced:
        if voice.statement.kind == "quotation":
            speakers.setdefault(voice.statement.about, Utterances()).add(voice)
    said = [(speaker, heap) for speaker, found in sorted(speakers.items()) for heap in found.heaps]
    return [fact_of("quotation", speaker, _actor(heap), heap) for speaker, heap in said]
