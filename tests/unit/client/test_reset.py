"""What `storybraid reset` tells an operator."""

from datetime import UTC, datetime
from typing import Any

import pytest
from aiokafka import TopicPartition

from contracts.messages.story_change import StoryChangeV1
from services.client.commands import reset
from services.deduplication.domain.consolidation.ledger import Entry
from services.deduplication.worker import successor
from services.shared.runtime.handover import Place, Plan, hindrance

AT = datetime(2026, 3, 1, tzinfo=UTC)
OURS = successor()


def _place(committed: int, beside: int | None) -> Place:
    kept = {} if beside is None else {OURS.beside.name: beside}
    return Place(TopicPartition("articles.extracted.v1", 0), committed, 100, kept)


@pytest.mark.parametrize(
    ("committed", "beside", "words"),
    [
        (0, None, "nothing to reset"),
        (90, None, "no snapshot of this version"),
        (90, 95, "5 articles behind"),
        (90, 90, None),
        (90, 12, None),
    ],
)
def test_what_hinders_a_switch_is_told(committed: int, beside: int | None, words: str | None) -> None:
    """Nothing published yet, no run beside, a run beyond the running version: each is named; else nothing hinders."""
    told = hindrance(OURS, [_place(committed, beside)])
    assert (told is None) if words is None else (words in (told or ""))


def test_one_partition_that_is_not_ready_hinders_all() -> None:
    """A switch is for all partitions or none."""
    assert hindrance(OURS, [_place(90, 90), _place(90, None)]) is not None


def _change(story: str, kind: Any, **given: Any) -> StoryChangeV1:
    return StoryChangeV1(
        change_id=f"{story}:2", story_id=story, version=2, kind=kind, caused_by="a", articles=1, independent_sources=1,
        at=AT, **given,
    )  # fmt: skip


def test_stories_are_counted_by_what_becomes_of_them() -> None:
    """Same, changed in articles, in facts or in scores only, new, gone: every story is in one of them."""
    published = {name: Entry(1, "open") for name in ("same", "moved", "facts", "scores", "gone")}
    published |= {"old": Entry(2, "merged", "same"), "back": Entry(3, "merged", "same")}
    told = [
        _change("moved", "updated", articles_added=("a",), facts_added=("fact-1",)),
        _change("facts", "updated", facts_changed=("fact-1",)),
        _change("scores", "updated"),
        _change("gone", "merged", merged_into="moved"),
        _change("fresh", "created"),
        _change("back", "split", split_from="moved"),
    ]
    assert reset.counts(Plan(published, [*told], {})) == {
        "the same": 1,
        "changed: other articles": 1,
        "changed: other facts": 1,
        "changed: scores or wording": 1,
        "new": 2,
        "gone into another": 1,
    }
