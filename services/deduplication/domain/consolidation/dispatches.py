"""Which articles carry one dispatch, and so count once however many outlets print it."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from services.deduplication.domain.consolidation.account import Account
from services.deduplication.domain.consolidation.story import Dispatch, Lineage


def dispatch_groups(accounts: Sequence[Account], lineage: Mapping[str, Lineage]) -> dict[str, str]:
    """article_id -> dispatch_id. Lineage joins; the id is that of the dispatch's earliest article."""
    ordered = sorted(accounts, key=lambda a: a.order)
    parent = {account.article_id: account.article_id for account in ordered}

    def root(article_id: str) -> str:
        while parent[article_id] != article_id:
            article_id = parent[article_id]
        return article_id

    rank = {account.article_id: index for index, account in enumerate(ordered)}
    for account in ordered:
        to = lineage[account.article_id].to if account.article_id in lineage else None
        if to in parent:
            low, high = sorted((root(account.article_id), root(to)), key=rank.__getitem__)
            parent[high] = low
    return {account.article_id: dispatch_id_of(root(account.article_id)) for account in ordered}


def dispatch_id_of(article_id: str) -> str:
    """The id of the dispatch whose earliest article this is."""
    return "dispatch-" + sha256(article_id.encode()).hexdigest()[:16]


def dispatches(accounts: Iterable[Account], dispatch_of: Mapping[str, str]) -> tuple[Dispatch, ...]:
    """The dispatches of a story, in canonical order."""
    groups: dict[str, list[Account]] = {}
    for account in sorted(accounts, key=lambda a: a.order):
        groups.setdefault(dispatch_of[account.article_id], []).append(account)
    return tuple(
        Dispatch(
            dispatch_id,
            next((agency for account in group for agency in account.agencies), None),
            tuple(account.article_id for account in group),
            tuple(sorted({account.language for account in group})),
        )
        for dispatch_id, group in groups.items()
    )
