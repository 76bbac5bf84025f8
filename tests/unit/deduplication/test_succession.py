"""One version follows another: subscribers come from what the one published to what the other finds."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.handler import Cause, State
from services.deduplication.succession import FRAME, Succession, identity_of, seen
from services.deduplication.worker import apply, build
from tests.unit.deduplication.story_articles import article, hours

SUMMIT = "P:ada and P:boris met in L:Oslo on D:2026-03-01 for the C:summit with #27_country present. They named C:truce"
AGAIN = "In L:Oslo the C:summit of P:ada and P:boris ended D:2026-03-01 and a C:truce was named"
FLOOD = "The river C:flood in L:Lima took #12_house on D:2026-03-01 said P:carla"
ARTICLES = [
    article("a", SUMMIT),
    article("b", AGAIN, received=hours(1)),
    article("c", FLOOD, received=hours(2)),
    article("d", AGAIN + " again", received=hours(3), day="2026-03-02"),
]
STRICT = StorySettings(threshold=0.9, attach=0.95, attach_group=0.95)
CAUSE = Cause("d", hours(3), {"stories": "1"}, "re-consolidated")


class Topics:
    """What subscribers have seen of both topics, checked for gaps and repeats as it comes."""

    def __init__(self) -> None:
        self.stories: dict[str, StoryV1] = {}
        self.kinds: list[str] = []

    def take(self, messages: Iterable[Any]) -> None:
        """Read on; versions count up by one."""
        for message in messages:
            if isinstance(message, StoryChangeV1):
                self.kinds.append(message.kind)
                assert self.stories[message.story_id].version == message.version
                continue
            before, story = self.stories.get(message.story_id), message.read()
            assert story.version == (before.version + 1 if before else 1)
            self.stories[story.story_id] = story

    def standing(self) -> dict[str, Any]:
        """What the stories say, without how often they were published."""
        found = {name: story for name, story in self.stories.items() if story.state in ("open", "closed")}
        return {name: story.model_dump(mode="json", exclude=FRAME) for name, story in found.items()}


def _fed(settings: StorySettings, articles: Iterable[Any], topics: Topics | None = None) -> State:
    state = State(settings)
    for each in articles:
        written = apply(state, each)
        if topics:
            topics.take(message for _, message in written)
    return state


def _switched(old: StorySettings, new: StorySettings, articles: list[Any]) -> tuple[Topics, State, Succession]:
    topics = Topics()
    _fed(old, articles, topics)
    heir = _fed(new, articles)
    succession = Succession([heir], {name: seen(story) for name, story in topics.stories.items()}, CAUSE)
    for step in succession.steps():
        assert step.owner == 0
        topics.take([step.story, step.change])
    return topics, heir, succession


@pytest.mark.parametrize(("old", "new"), [(StorySettings(), STRICT), (STRICT, StorySettings())])
def test_stories_are_those_of_a_fresh_replay(old: StorySettings, new: StorySettings) -> None:
    """After the switch the stories are those the new version would have made alone, with contiguous versions."""
    topics, _, _ = _switched(old, new, ARTICLES)
    fresh = Topics()
    _fed(new, ARTICLES, fresh)
    assert topics.standing() == fresh.standing()
    assert set(topics.kinds) & {"split", "merged"}


@pytest.mark.parametrize(("old", "new"), [(StorySettings(), STRICT), (STRICT, StorySettings())])
def test_the_new_version_goes_on_from_there(old: StorySettings, new: StorySettings) -> None:
    """Articles after the switch continue versions and contents as if the new version had always run, restarts too."""
    late = [article("e", AGAIN + " late", received=hours(4)), article("f", FLOOD + " P:dora", received=hours(5))]
    topics, heir, _ = _switched(old, new, ARTICLES)
    stage = build(lambda: State(new))
    assert stage.thaw is not None
    state = stage.thaw(heir.snapshot())
    for each in late:
        topics.take(message for _, message in apply(state, each))
    fresh = Topics()
    _fed(new, [*ARTICLES, *late], fresh)
    assert topics.standing() == fresh.standing()


def test_the_same_version_changes_nothing() -> None:
    """A reset without a difference publishes nothing."""
    topics, _, succession = _switched(StorySettings(), StorySettings(), ARTICLES)
    assert succession.same == len(topics.standing()) == 2
    assert "re-consolidated" not in [word for story in topics.stories.values() for word in story.changed]


def test_what_changed_is_told_as_the_work_of_the_reset() -> None:
    """A version made by the switch says so, and names what is new in it."""
    topics, _, _ = _switched(StorySettings(), STRICT, ARTICLES)
    changed = [story.changed for story in topics.stories.values() if "re-consolidated" in story.changed]
    assert any("article removed: d" in words for words in changed)


def test_a_story_whose_articles_are_gone_stays_and_counts_on() -> None:
    """What the log no longer holds is not taken back; should it return, its versions go on where they were."""
    topics = Topics()
    _fed(StorySettings(), ARTICLES, topics)
    heir = _fed(StorySettings(), [each for each in ARTICLES if each.article_id != "c"])
    published = {name: seen(story) for name, story in topics.stories.items()}
    flood = next(name for name, story in topics.stories.items() if story.articles[0].article_id == "c")
    assert [step.story.story_id for step in Succession([heir], published, CAUSE).steps()] == []
    topics.take(message for _, message in apply(heir, ARTICLES[2]))
    assert topics.stories[flood].version == 2


def test_an_article_that_moves_to_another_subject_takes_its_story_along() -> None:
    """Subjects are looked at together: an id that stands in another subject now is no redirect."""
    moved = [each if each.article_id != "c" else each.model_copy(update={"subject": "water"}) for each in ARTICLES]
    topics = Topics()
    _fed(StorySettings(), ARTICLES, topics)
    published = {name: seen(story) for name, story in topics.stories.items()}
    heirs = [_fed(StorySettings(), [m for m in moved if m.subject == subject]) for subject in ("news", "water")]
    assert list(Succession(heirs, published, CAUSE).steps()) == []


def test_identity_tells_packs_and_settings_apart() -> None:
    """Snapshots kept beside are of one set of packs and settings; another set has another name."""
    usual = State()
    other = replace(usual.weights, features={**usual.weights.features, "Enew": 3})
    found = {identity_of(usual), identity_of(State(STRICT)), identity_of(State(weights=other))}
    assert len(found) == 3
    assert identity_of(State()) == identity_of(usual)
