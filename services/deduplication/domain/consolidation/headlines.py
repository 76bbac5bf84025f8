"""A title and a lead for each language, chosen from the sources, never written."""

from collections.abc import Iterable, Sequence

from services.deduplication.domain.consolidation.account import Account, Span
from services.deduplication.domain.consolidation.story import SourcedText

_LONGEST_TITLE = 160
_SHORTEST_TITLE = 15
_STAGES = {"outcome": 0, "unknown": 1, "preview": 2}


def spokesmen(accounts: Iterable[Account], central: Sequence[str]) -> list[list[Account]]:
    """For each language its articles, those that may speak for the story first."""
    return [_ranked(group, central) for _, group in _by_language(accounts)]


def titles(ranked: Iterable[Sequence[Account]]) -> tuple[SourcedText, ...]:
    """One title a language: a headline where an article has a good one, else a lead sentence."""
    return tuple(chosen for group in ranked if (chosen := _title(group)) is not None)


def leads(ranked: Iterable[Sequence[Account]]) -> tuple[SourcedText, ...]:
    """One lead sentence a language."""
    chosen = []
    for group in ranked:
        account = next((a for a in group if a.lead), None)
        if account is not None and account.lead is not None:
            chosen.append(_sourced(account, account.lead))
    return tuple(chosen)


def _by_language(accounts: Iterable[Account]) -> list[tuple[str, list[Account]]]:
    groups: dict[str, list[Account]] = {}
    for account in accounts:
        groups.setdefault(account.language, []).append(account)
    return sorted(groups.items())


def _ranked(group: Iterable[Account], central: Sequence[str]) -> list[Account]:
    """Outcomes before previews, then whoever names most of what the story is about, then the earlier."""
    wanted = set(central)
    return sorted(
        group, key=lambda a: (_STAGES[a.stage], -len(wanted & {named.id for named in a.named}), a.order)
    )  # fmt: skip


def _title(ranked: Sequence[Account]) -> SourcedText | None:
    for account in ranked:
        if account.headline and _SHORTEST_TITLE <= len(account.headline.text) <= _LONGEST_TITLE:
            return _sourced(account, account.headline)
    for account in ranked:
        span = account.lead or account.headline
        if span:
            return _sourced(account, span)
    return None


def _sourced(account: Account, span: Span) -> SourcedText:
    return SourcedText(account.language, span.text, account.article_id, span)
