"""Statements of many articles put side by side: who says the same, who differs, and in what."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from services.deduplication.domain.consolidation.account import Account, Statement
from services.deduplication.domain.consolidation.sources import Sources
from services.deduplication.domain.consolidation.story import Fact, FactState, Support

_MOST_SUPPORTS = 40
_MOST_FACTS = 150
_MOST_SUPPORTS_OF_ALL = 1_500


class Voiced(NamedTuple):
    """A statement with the article and the dispatch that make it. A tuple: one is made for every statement of a story
    each time it is composed, and a frozen dataclass takes three times as long."""

    article: Account
    sources: Sources
    statement: Statement
    dispatch_id: str
    withdrawn: bool = False


def confirming(group: Sequence[Voiced]) -> int:
    """How many independent sources still say it."""
    return group[0].sources.behind(frozenset(voice.dispatch_id for voice in group if not voice.withdrawn))


def voices(accounts: Iterable[Account], sources: Sources) -> list[Voiced]:
    """Every statement of every article, in canonical order."""
    return [
        Voiced(account, sources, statement, sources.dispatch_of[account.article_id], withdrawn)
        for account in sorted(accounts, key=lambda a: a.order)
        for withdrawn, statements in ((False, account.statements), (True, account.withdrawn))
        for statement in statements
    ]


def fact_of(
    kind: str, about: str, actor: str | None, group: Sequence[Voiced], state: FactState | None, sources: int
) -> Fact:
    """A fact out of the statements that belong together; its state is worked out unless it is given."""
    return Fact(
        fact_id=_fact_id(kind, about, actor, group),
        kind=kind,
        about=about,
        actor=actor,
        state=state or _state(kind, group, sources),
        values=_values(kind, group),
        supports=tuple(_support(voiced) for voiced in group[:_MOST_SUPPORTS]),
        independent_sources=sources,
    )


def bounded(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts in order of support; a story of a thousand articles stays readable."""
    ranked = sorted(facts, key=lambda f: (-f.independent_sources, -len(f.supports), f.kind, f.about, f.fact_id))
    kept, supports = [], 0
    for fact in ranked[:_MOST_FACTS]:
        supports += len(fact.supports)
        if supports > _MOST_SUPPORTS_OF_ALL:
            break
        kept.append(fact)
    return tuple(kept)


def _fact_id(kind: str, about: str, actor: str | None, group: Sequence[Voiced]) -> str:
    first = group[0]
    place = f"{first.article.article_id}:{first.statement.span.part}:{first.statement.span.start}"
    return "fact-" + sha256("|".join((kind, about, actor or "", place)).encode()).hexdigest()[:16]


def _said(kind: str, voiced: Voiced) -> str:
    """What is compared: the modality of a commitment, else the value."""
    statement = voiced.statement
    return (statement.modality or statement.value) if kind == "commitment" else statement.value


def _values(kind: str, group: Sequence[Voiced]) -> tuple[str, ...]:
    sources: dict[str, set[str]] = {}
    for voiced in group:
        sources.setdefault(_said(kind, voiced), set()).add(voiced.dispatch_id)
    return tuple(sorted(sources, key=lambda value: (-len(sources[value]), value)))


def _state(kind: str, group: Sequence[Voiced], sources: int) -> FactState:
    standing = [voiced for voiced in group if not voiced.withdrawn]
    if not standing:
        return "retracted"
    if kind != "quotation":
        said = Counter(_said(kind, voiced) for voiced in standing)
        if len(said) > 1:
            return "differs"
        if any(_said(kind, voiced) not in said for voiced in group if voiced.withdrawn):
            return "superseded"
    return "agreed" if sources > 1 else "single_source"


def _support(voiced: Voiced) -> Support:
    statement = voiced.statement
    return Support(
        article_id=voiced.article.article_id,
        dispatch_id=voiced.dispatch_id,
        span=statement.span,
        sentence=statement.sentence,
        value=statement.value,
        modality=statement.modality,
        background=statement.background,
    )
