"""What a change tells: which links are new, and whether anything else is."""

import pytest

from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.deduplication.handler import State
from tests.unit.deduplication.story_articles import article, hours

MEETING = "P:ada and P:boris met in L:Oslo on D:2026-03-01 for the C:summit of the O:union with P:carla and P:dora"
LATER = "P:ada and P:boris met in L:Oslo on D:2026-03-05 for the C:summit of the O:union with P:carla and P:dora"


def told(state: State, name: str, text: str, hour: int, day: str) -> list[tuple[StoryV1, StoryChangeV1]]:
    """Stories and changes that an article leads to."""
    outcome = state.apply(article(name, text, received=hours(hour), day=day))
    return list(zip(outcome.stories, outcome.changes, strict=True))


@pytest.fixture
def two() -> tuple[StoryChangeV1, StoryChangeV1, StoryV1]:
    """The changes when a story of the same saga opens: its own, the elder's, and the elder's story."""
    state = State()
    ((elder, _),) = told(state, "a", MEETING, 0, "2026-03-01")
    found = {story.story_id: (story, change) for story, change in told(state, "b", LATER, 97, "2026-03-05")}
    story, change = found.pop(elder.story_id)
    ((_, own),) = found.values()
    return own, change, story


def test_a_change_names_its_new_links(two: tuple[StoryChangeV1, StoryChangeV1, StoryV1]) -> None:
    """Both sides say whom they are linked with since now, the story in `changed` too."""
    own, elder, story = two
    assert (own.links_added, elder.links_added) == ((elder.story_id,), (own.story_id,))
    assert story.changed == (f"link added: {own.story_id}",)
    assert [link.story_id for link in story.related] == [own.story_id]


def test_only_the_elder_story_tells_of_links_alone(two: tuple[StoryChangeV1, StoryChangeV1, StoryV1]) -> None:
    """A story that opens is news; one that is merely linked with it is not."""
    own, elder, _ = two
    assert (own.links_only, elder.links_only) == (False, True)
    assert (elder.articles_added, elder.facts_added, elder.facts_changed) == ((), (), ())


def test_a_new_article_is_never_links_only() -> None:
    """Whatever else changes, a version with another article is news."""
    state = State()
    told(state, "a", MEETING, 0, "2026-03-01")
    told(state, "b", LATER, 97, "2026-03-05")
    changes = [change for _, change in told(state, "c", f"{MEETING} again", 98, "2026-03-01")]
    assert [change.links_only for change in changes if change.articles_added] == [False]


def test_closing_is_never_links_only() -> None:
    """A story that closes tells of its state, even where its links change with it."""
    state = State()
    told(state, "a", MEETING, 0, "2026-03-01")
    changes = told(state, "b", "The C:flood of the river in L:Lima said P:erik", 24 * 9, "2026-03-10")
    closed = [change for story, change in changes if story.state == "closed"]
    assert [change.links_only for change in closed] == [False]
