"""Which stories an arrival changed, and out of which one a new story came."""

from services.deduplication.domain.stories.window import Regrouped, Window


class Origins:
    """The stories before and after, over the steps of one arrival."""

    def __init__(self) -> None:
        self.stories: set[str] = set()
        self._was: dict[str, str] = {}
        self._before: set[str] = set()

    def note(self, done: Regrouped) -> None:
        """Add what one step did; what stood before the first step counts."""
        self.stories |= done.before.keys() | done.after.keys()
        self._before |= done.before.keys()
        for story, members in done.before.items():
            for article_id in members:
                self._was.setdefault(article_id, story)

    def of(self, story: str, window: Window) -> str | None:
        """The standing story this one was split from; None for any other."""
        if story in self._before:
            return None
        parents = [self._was[a] for a in window.members[story] if a in self._was]
        return next((parent for parent in parents if parent in window.members), None)
