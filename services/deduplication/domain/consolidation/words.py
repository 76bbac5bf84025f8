"""Commitments by item and actor, positions by holder, quotations by speaker."""

from collections.abc import Callable, Iterable

from services.deduplication.domain.consolidation.draft import Draft
from services.deduplication.domain.consolidation.facts import Voiced
from services.deduplication.domain.consolidation.story import Fact
from services.deduplication.domain.consolidation.utterances import Utterances

Collective = Callable[[str | None], bool]


def commitment_facts(voiced: Iterable[Voiced], collective: Collective, draft: Draft) -> list[Fact]:
    """One fact for each item and actor; the alliance, its members as a whole and nobody named are one actor."""
    return _grouped("commitment", voiced, collective, draft)


def position_facts(voiced: Iterable[Voiced], collective: Collective, draft: Draft) -> list[Fact]:
    """One fact for each position and holder."""
    return _grouped("position", voiced, collective, draft)


def _grouped(kind: str, voiced: Iterable[Voiced], collective: Collective, draft: Draft) -> list[Fact]:
    groups: dict[tuple[str, str], list[Voiced]] = {}
    for voice in voiced:
        if voice.statement.kind == kind and not (kind == "commitment" and voice.statement.about == "other"):
            actor = voice.statement.actor
            groups.setdefault((voice.statement.about, "" if collective(actor) else actor or ""), []).append(voice)
    return [draft.fact(kind, about, _actor(group), group) for (about, _), group in sorted(groups.items())]


def _actor(group: list[Voiced]) -> str | None:
    return next((voice.statement.actor for voice in group if voice.statement.actor), None)


def quotation_facts(voiced: Iterable[Voiced], draft: Draft) -> list[Fact]:
    """One fact for each utterance; the same words in two languages are one utterance."""
    speakers: dict[str, list[Voiced]] = {}
    for voice in voiced:
        if voice.statement.kind == "quotation":
            speakers.setdefault(voice.statement.about, []).append(voice)
    return [
        draft.fact("quotation", speaker, _actor(heap), heap)
        for speaker, group in sorted(speakers.items())
        for heap in _utterances(speaker, group, draft)
    ]


def _utterances(speaker: str, group: list[Voiced], draft: Draft) -> list[list[Voiced]]:
    said, done = draft.grown(("quotation", speaker), group, Utterances)
    for voice in group[done:]:
        said.add(voice)
    return [[group[place] for place in heap] for heap in said.heaps]
