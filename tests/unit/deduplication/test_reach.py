"""What is read of a very large story, and which quotations are one utterance."""

import pytest

from services.deduplication.domain.consolidation import draft, reach
from services.deduplication.domain.copies.dispatch import Dispatch, independent_sources
from services.deduplication.handler import State
from tests.unit.deduplication.story_articles import article, hours


def dispatch(number: int, articles: tuple[str, ...], *sources: str) -> Dispatch:
    """A dispatch of these articles."""
    return Dispatch(f"dispatch:{number}", None, articles, ("eng",), (), frozenset(sources))


def test_every_source_is_read_before_a_second_word_of_one() -> None:
    """Of a huge dispatch only what room is left for is read; a dispatch of one article is always read."""
    huge = dispatch(0, tuple(f"a{n:04d}" for n in range(reach.MOST_READ * 2)), "agency x")
    single = [dispatch(n, (f"b{n:04d}",), f"outlet {n}") for n in range(1, 51)]
    read = reach.read_in_full([huge, *single])
    assert len(read) == reach.MOST_READ
    assert {f"b{n:04d}" for n in range(1, 51)} <= read
    assert read == reach.read_in_full([huge, *single])


def test_sources_joined_through_a_third_are_one() -> None:
    """Two dispatches that each share an agency with a third one are one source, whatever their order."""
    chain = [
        dispatch(1, ("a",), "agency x"),
        dispatch(2, ("b",), "agency y"),
        dispatch(3, ("c",), "agency x", "agency y"),
    ]
    assert independent_sources(chain) == independent_sources(chain[::-1]) == 1
    assert independent_sources([*chain, dispatch(4, ("d",), "agency z"), dispatch(5, ("e",))]) == 2


def test_a_large_story_lists_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles beyond those that are read are still listed and counted in their story."""
    monkeypatch.setattr(reach, "MOST_READ", 5)
    state = State()
    text = "P:ada and P:boris met in L:Oslo on D:2026-03-01 for the C:summit with #27_country present"
    outcomes = [state.apply(article(f"a{number:02d}", text, received=hours(number))) for number in range(12)]
    (story,) = outcomes[-1].stories
    assert len(story.articles) == 12
    (figure,) = [fact for fact in story.facts if fact.kind == "figure"]
    assert [support.article_id for support in figure.supports] == [f"a{number:02d}" for number in range(5)]


def test_what_is_remembered_of_composing_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sagas in turn, with a late first article and a new version: the same messages with and without drafts."""
    texts = {
        "a": "P:ada met P:boris in L:Oslo for the C:summit",
        "b": "The C:flood took L:Lima said P:carla of C:truce",
    }
    how = ("agreed", "proposed")
    told = [
        article(f"{saga}{n}", f"{text} with #{20 + n // 3}_country !aid/{how[n % 2]}. And word{n}", received=hours(n),
                day=f"2026-03-0{1 + n % 3}")
        for n in range(9) for saga, text in texts.items()
    ]  # fmt: skip
    told += [told[4].model_copy(update={"version_id": "v2", "received_at": hours(20)}), article("0", texts["a"])]
    remembering = State()
    expected = [remembering.apply(one) for one in told]
    monkeypatch.setattr(draft, "_MOST_DRAFTS", 1)
    monkeypatch.setattr(draft.Draft, "begin", draft.Draft.__init__)
    forgetting = State()
    assert [forgetting.apply(one) for one in told] == expected
