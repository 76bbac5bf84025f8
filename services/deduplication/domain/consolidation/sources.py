"""Who confirms whom: articles counted by the dispatch they carry, dispatches by the source behind them."""

from collections.abc import Iterable, Sequence

from services.deduplication.domain.copies.dispatch import Dispatch, independent_sources


class Sources:
    """The dispatches of one story."""

    def __init__(self, dispatches: Sequence[Dispatch]) -> None:
        self.dispatch_of = {name: dispatch.dispatch_id for dispatch in dispatches for name in dispatch.articles}
        self._by_id = {dispatch.dispatch_id: dispatch for dispatch in dispatches}
        self._behind: dict[frozenset[str], int] = {}

    def count(self, article_ids: Iterable[str]) -> int:
        """How many independent sources these articles make."""
        return self.behind(frozenset(self.dispatch_of[name] for name in article_ids))

    def behind(self, dispatch_ids: frozenset[str]) -> int:
        """How many independent sources stand behind these dispatches: many facts have the same."""
        known = self._behind.get(dispatch_ids)
        if known is None:
            known = independent_sources(self._by_id[name] for name in sorted(dispatch_ids))
            self._behind[dispatch_ids] = known
        return known
