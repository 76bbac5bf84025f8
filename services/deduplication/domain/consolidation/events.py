"""What happened, when, where, and who took part: the day and place most dispatches name."""

from collections.abc import Iterable, Sequence
from functools import partial

from services.deduplication.domain.consolidation.account import Account, Named, Statement
from services.deduplication.domain.consolidation.draft import Draft
from services.deduplication.domain.consolidation.facts import Voiced, confirming
from services.deduplication.domain.consolidation.sources import Sources
from services.deduplication.domain.consolidation.story import Fact, StoryEntity, StoryEvent

_MOST_WHO = 8
_MOST_ENTITIES = 60
_MOST_SURFACES = 12


def story_event(accounts: Sequence[Account], entities: Sequence[StoryEntity]) -> StoryEvent:
    """Day and place by the weight of those who name them; who by the number of articles."""
    who = tuple(entity.id for entity in entities if entity.type in {"person", "organisation"})
    return StoryEvent(_elected(accounts, "event_date"), _elected(accounts, "event_place"), who[:_MOST_WHO])


def _elected(accounts: Iterable[Account], name: str) -> str | None:
    votes: dict[str, float] = {}
    for account in sorted(accounts, key=lambda a: a.order):
        value = getattr(account, name)
        if value:
            votes[value] = round(votes.get(value, 0.0) + account.event_confidence + 0.1, 6)
    return max(votes, key=lambda value: (votes[value], value), default=None)


def event_facts(accounts: Iterable[Account], sources: Sources, event: StoryEvent, draft: Draft) -> list[Fact]:
    """The event itself as each article tells it, and each person whom more than one dispatch names with it."""
    ordered = sorted(accounts, key=lambda a: a.order)
    told = [_told(account, sources, event.place, draft) for account in ordered if account.lead]
    facts = [draft.fact("event", "event", None, told, "agreed" if confirming(told) > 1 else None)] if told else []
    people = _appearances(ordered, sources, event.who, draft)
    return facts + [draft.fact("event", f"named:{p[0].statement.about}", p[0].statement.about, p) for p in people]


def _told(account: Account, sources: Sources, place: str | None, draft: Draft) -> Voiced:
    """The article's sentence on the event: where it first names the place, else its lead."""
    at = next((named.sentence for named in account.named if named.id == place and named.sentence), account.lead)
    assert at is not None
    value = {"preview": "expected", "outcome": "happened", "unknown": "told"}[account.stage]
    statement = draft.statement(at, lambda: Statement("event", "event", value, at, at))
    return Voiced(account, sources, statement, sources.dispatch_of[account.article_id])


def _appearances(accounts: Iterable[Account], sources: Sources, who: Iterable[str], draft: Draft) -> list[list[Voiced]]:
    """For each person whom more than one source names, everybody who does."""
    found: dict[str, list[Voiced]] = {person: [] for person in who}
    for account in accounts:
        for named in account.named:
            if named.id in found and named.type == "person" and named.first:
                statement = draft.statement(named, partial(_naming, named))
                found[named.id].append(Voiced(account, sources, statement, sources.dispatch_of[account.article_id]))
    return [group for group in found.values() if group and confirming(group) > 1]


def _naming(named: Named) -> Statement:
    assert named.first is not None
    return Statement("event", named.id, "named", named.first, named.sentence, actor=named.id)


def story_entities(accounts: Iterable[Account]) -> tuple[StoryEntity, ...]:
    """Everybody and everything named, by the number of articles that do."""
    seen: dict[str, list[Named]] = {}
    for account in sorted(accounts, key=lambda a: a.order):
        for named in account.named:
            seen.setdefault(named.id, []).append(named)
    entities = [_entity(group) for group in seen.values()]
    entities.sort(key=lambda e: (-e.articles, -e.mentions, e.id))
    return tuple(entities[:_MOST_ENTITIES])


def _entity(group: Sequence[Named]) -> StoryEntity:
    surfaces = dict.fromkeys(surface for named in group for surface in named.surfaces)
    first = group[0]
    return StoryEntity(
        first.id, first.type, first.name, len(group), sum(n.mentions for n in group), tuple(surfaces)[:_MOST_SURFACES]
    )
