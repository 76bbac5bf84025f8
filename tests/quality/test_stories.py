"""Articles become the stories they tell: measured on the seeds and on labelled articles through all rooms."""

from datetime import UTC, datetime

import pytest

from contracts.messages.story import FactV1, StoryV1
from tests.helpers.shared_data import SHARED, shared
from tests.quality.gate import shortfalls
from tests.quality.stories_data import seeds
from tests.quality.stories_scores import SAME_EVENT, SEED_DAYS, scores, seed_story, stories_of


@pytest.fixture(scope="module")
def outcome() -> tuple[StoryV1, dict[str, str]]:
    """The story of the meeting's outcome, and the seeds' names by article id."""
    shared("seeds")
    return seed_story(SHARED)


def facts(story: StoryV1, kind: str, about: str) -> list[FactV1]:
    """The story's facts of one kind about one thing."""
    return [fact for fact in story.facts if (fact.kind, fact.about) == (kind, about)]


@pytest.mark.parametrize("day", SEED_DAYS)
def test_seeds_are_two_stories_on_any_receive_day(day: int) -> None:
    """Five articles in, exactly two stories out, whatever day of the following week they are received."""
    articles = seeds(shared("seeds"), datetime(2026, 1, day, 9, tzinfo=UTC))
    said, stories = stories_of(articles)
    assert {name for name, story in said.items() if story == said["000"]} == SAME_EVENT
    assert {name for name, story in said.items() if story == said["001"]} == {"001"}
    assert sum(story.state == "open" for story in stories.values()) == 2


def test_one_agency_is_one_source(outcome: tuple[StoryV1, dict[str, str]]) -> None:
    """000 and 004 are one dispatch, 002 and 003 are not; two independent sources report the outcome."""
    story, names = outcome
    dispatches = {frozenset(names[a] for a in dispatch.articles) for dispatch in story.dispatches}
    assert dispatches == {frozenset({"000", "004"}), frozenset({"002"}), frozenset({"003"})}
    assert story.outcome_sources == 2
    assert {names[a.article_id]: a.stage for a in story.articles}["002"] == "preview"


def test_participants_differ_in_unit_and_do_not_contradict(outcome: tuple[StoryV1, dict[str, str]]) -> None:
    """Countries, leaders, allies and delegations stand side by side."""
    (figure,) = facts(outcome[0], "figure", "participants")
    assert figure.state == "unit_differs"
    assert set(figure.values) == {"27 country", "more_than 27 leader", "more_than 30 ally", "35 delegation"}


def test_binding_commitments_show_three_modalities(outcome: tuple[StoryV1, dict[str, str]]) -> None:
    """Declared in one, still to be finalised in another, an aim in the preview: that difference is the product."""
    story, names = outcome
    (fact,) = facts(story, "commitment", "binding_commitments_if_attacked")
    assert fact.state == "differs"
    said = {names[support.article_id]: support.modality for support in fact.supports}
    assert said == {"002": "proposed", "003": "declared", "004": "to_be_finalised"}


def test_the_earlier_round_is_linked(outcome: tuple[StoryV1, dict[str, str]]) -> None:
    """The meeting of September is another story of the same saga."""
    assert [link.relation for link in outcome[0].related] == ["earlier_round"]


def test_nothing_from_boilerplate_or_the_other_round(outcome: tuple[StoryV1, dict[str, str]]) -> None:
    """Teasers, contributors' places, the other round's people and what nobody said are not in the story."""
    story, _ = outcome
    known = {entity.id for entity in story.entities}
    assert known.isdisjoint({"maduro", "atwan", "lisbon", "portugal", "rutte", "turkey", "australia", "china"})
    assert not [f for f in story.facts if f.kind == "figure" and any(v.startswith("about 30") for v in f.values)]
    signed = [f for f in story.facts if f.kind == "commitment" and f.actor in {"usa", "zelensky"}]
    assert not [s for f in signed for s in f.supports if s.modality == "agreed"]


def test_every_statement_is_in_its_article(outcome: tuple[StoryV1, dict[str, str]]) -> None:
    """Only what the articles say: every support's text stands where it says it stands."""
    story, names = outcome
    bodies = {name: article.body for name, article in seeds(SHARED / "seeds", datetime(2026, 1, 7, 9, tzinfo=UTC))}
    spans = [(names[s.article_id], s.span) for fact in story.facts for s in fact.supports]
    spans += [(names[t.article_id], t.span) for t in (*story.titles, *story.leads)]
    assert spans
    assert all(bodies[name][span.start : span.end] == span.text for name, span in spans if span.part == "body")


def test_no_figure_of_the_stories_falls_below_its_floor() -> None:
    """Stories are found as well as they once were."""
    for name in ("eval/stories", "eval/real", "eval/titles", "gold", "seeds"):
        shared(name)
    assert shortfalls("stories", scores()) == []
