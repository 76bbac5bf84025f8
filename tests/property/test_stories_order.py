"""The order in which articles arrive does not decide anything: stories, ids and contents are a function of the set."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from services.deduplication.handler import State
from tests.unit.deduplication.story_articles import article, hours

PEOPLE = ("P:ada", "P:boris", "P:carla", "P:dmitri", "P:elif", "P:farid")
PLACES = ("L:Oslo", "L:Lima", "L:Kyiv", "L:Paris")
TOPICS = ("C:summit", "C:truce", "C:flood", "C:vote", "C:trial")
COUNTS = ("#27_country", "#30_ally", "#12_house", "#7_soldier")
WORDS = ("river", "minister", "border", "harvest", "signal", "treaty", "bridge", "night")
PATH_DEPENDENT = {"version", "updated_at", "changed"}


@st.composite
def newsrooms(draw: st.DrawFn) -> list[ExtractedArticleV1]:
    """A handful of articles about few people and places, so that stories join, split and compete."""
    count = draw(st.integers(3, 14))
    return [_told(draw, f"a{i}", i) for i in range(count)]


def _told(draw: st.DrawFn, name: str, position: int) -> ExtractedArticleV1:
    vocabulary = PEOPLE + PLACES + TOPICS + COUNTS + WORDS
    words = draw(st.lists(st.sampled_from(vocabulary), min_size=4, max_size=12))
    day = draw(st.integers(1, 6))
    event = draw(st.sampled_from([None, "2026-03-02", "2026-03-04"]))
    text = " ".join(words) + (f" D:{event}" if event else "")
    return article(
        name, text, day=f"2026-03-0{day}", event=event, received=hours(position),
        language=draw(st.sampled_from(["en", "fr", "ru", "fa"])), assumed=draw(st.booleans()),
        agency=draw(st.sampled_from([None, None, "ap", "reuters"])),
    )  # fmt: skip


def final(articles: list[ExtractedArticleV1]) -> dict[str, dict[str, object]]:
    """What stands after all articles, without what tells how it came about."""
    state, stories = State(), dict[str, StoryV1]()
    for one in articles:
        stories.update({s.story_id: s for s in state.apply(one).stories})
    standing = [s for s in stories.values() if s.state in {"open", "closed"}]
    return {s.story_id: s.model_dump(exclude=PATH_DEPENDENT) for s in standing}


@settings(max_examples=40, deadline=None)
@given(newsrooms(), st.randoms(use_true_random=False))
def test_any_order_ends_in_the_same_stories(articles: list[ExtractedArticleV1], chance: random.Random) -> None:
    """Partition, ids and content agree for any two orders of the same articles."""
    shuffled = list(articles)
    chance.shuffle(shuffled)
    assert final(shuffled) == final(articles)


@settings(max_examples=40, deadline=None)
@given(newsrooms())
def test_versions_are_contiguous_and_nobody_is_orphaned(articles: list[ExtractedArticleV1]) -> None:
    """Each story id counts up by one; every article stands in one open story; every redirect leads to a story."""
    state, newest = State(), dict[str, StoryV1]()
    for one in articles:
        outcome = state.apply(one)
        for story in outcome.stories:
            assert story.version == (newest[story.story_id].version + 1 if story.story_id in newest else 1)
            newest[story.story_id] = story
        assert [(c.story_id, c.version) for c in outcome.changes] == [(s.story_id, s.version) for s in outcome.stories]
    standing = [a.article_id for s in newest.values() if s.state == "open" for a in s.articles]
    assert sorted(standing) == sorted(one.article_id for one in articles)
    for story in newest.values():
        seen = {story.story_id}
        last = story
        while last.state == "merged":
            last = newest[last.merged_into or ""]
            assert last.story_id not in seen
            seen.add(last.story_id)
        assert last.state == "open"


@settings(max_examples=40, deadline=None)
@given(newsrooms(), st.integers(0, 14))
def test_replay_is_the_same_stream(articles: list[ExtractedArticleV1], repeated: int) -> None:
    """The same log again gives the same messages, and a redelivered prefix adds none."""
    one, other = State(), State()
    first = [(o.stories, o.changes) for o in map(one.apply, articles)]
    assert [(o.stories, o.changes) for o in map(other.apply, articles)] == first
    assert all(not one.apply(again).stories for again in articles[:repeated])
