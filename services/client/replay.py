"""Replay: the whole pipeline in one process, deterministic, for files of articles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.client.inputs import Line
from services.client.pipeline import Refused, Rooms
from services.deduplication.handler import State


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one line of the input became."""

    source_id: str | None
    article_id: str | None
    language: str | None
    refused: Refused | None = None


@dataclass(slots=True)
class Replay:
    """The result so far: arrivals in order, the newest state of every story, every change."""

    arrivals: list[Arrival] = field(default_factory=list)
    stories: dict[str, StoryV1] = field(default_factory=dict)
    changes: list[StoryChangeV1] = field(default_factory=list)

    def assignments(self) -> Iterator[dict[str, Any]]:
        """A row an article, in input order: the story and dispatch it ended in, or why it was rejected."""
        places = {
            article.article_id: (story, article)
            for story in self.stories.values()
            if story.state not in ("merged", "retracted")
            for article in story.articles
        }
        for arrival in self.arrivals:
            yield _row(arrival, places)


def _row(arrival: Arrival, places: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"source_id": arrival.source_id, "article_id": arrival.article_id}
    if arrival.refused:
        rejection = arrival.refused.rejection
        return row | {"rejected": str(rejection.reason), "detail": rejection.detail}
    row["language"] = arrival.language
    story, article = places[arrival.article_id or ""]
    return row | {
        "story_id": story.story_id,
        "dispatch_id": article.dispatch_id,
        "relation": article.lineage.relation,
        "related_to": article.lineage.to,
    }


def replay(lines: Iterable[Line], received_at: datetime) -> Iterator[Replay]:
    """Run the pipeline over `lines`; yields the growing result after every line (the same object each time)."""
    result, state = Replay(), State()
    for outcome in Rooms().run(lines, received_at):
        if isinstance(outcome, Refused):
            result.arrivals.append(Arrival(outcome.source_id, None, None, outcome))
        else:
            result.arrivals.append(Arrival(outcome.source_id, outcome.article_id, outcome.identified.language))
            _apply(state, outcome, result)
        yield result


def _apply(state: State, article: Any, result: Replay) -> None:
    change = state.apply(article)
    result.changes.extend(change.changes)
    result.stories.update((story.story_id, story) for story in change.stories)
