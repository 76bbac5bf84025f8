"""Who confirms whom: articles counted by the dispatch they carry, dispatches by the source behind them."""

from collections.abc import Iterable, Sequence

from services.deduplication.domain.copies.dispatch import Dispatch, independent_sources


class Sources:
    """The dispatches of one story."""

    def __init__(self, dispatches: Sequence[Dispatch]) -> None:
        self._dispatch = {article_id: dispatch for dispatch in dispatches for article_id in dispatch.articles}
        self.dispatch_of = {article_id: dispatch.dispatch_id for article_id, dispatch in self._dispatch.items()}

    def count(self, article_ids: Iterable[str]) -> int:
        """How many independent sources these articles make."""
        dispatches = {self._dispatch[name].dispatch_id: self._dispatch[name] for name in article_ids}
        return independent_sources(dispatches[name] for name in sorted(dispatches))
