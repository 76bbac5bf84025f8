"""Statements side by side: what agrees, what differs, what only counts in another unit."""

from contracts.messages.story import FactV1, StoryV1
from services.deduplication.domain.consolidation.stage import stage_of
from services.deduplication.handler import State
from tests.unit.deduplication.story_articles import article, hours

MEETING = "P:ada and P:boris met in L:Oslo on D:2026-03-01 for the C:summit"


def story(*texts: str, **given: object) -> StoryV1:
    """The one story these tellings make, each by an outlet and in words of its own."""
    state, last = State(), None
    for position, text in enumerate(texts):
        named = f"{MEETING} {text} as {('told', 'seen', 'heard', 'read')[position % 4]} here"
        found = state.apply(article(f"a{position}", named, received=hours(position), **given)).stories
        last = next((s for s in found if s.state == "open"), last)
    assert last is not None
    assert len(last.articles) == len(texts)
    return last


def fact(made: StoryV1, kind: str, about: str) -> FactV1:
    """The story's only fact of this kind about this."""
    (found,) = [f for f in made.facts if (f.kind, f.about) == (kind, about)]
    return found


def test_units_that_count_the_same_from_different_sides_do_not_contradict() -> None:
    """Countries, leaders and allies are shown side by side as a difference of unit."""
    made = story("with #27_country", "with #30_ally", "with #25_leader")
    found = fact(made, "figure", "participants")
    assert (found.state, set(found.values)) == ("unit_differs", {"27 country", "30 ally", "25 leader"})


def test_different_modalities_of_one_commitment_differ() -> None:
    """Declared here, proposed there: one fact that shows both, each with its article."""
    found = fact(story("!aid/declared", "!aid/proposed"), "commitment", "aid")
    assert (found.state, set(found.values)) == ("differs", {"declared", "proposed"})
    assert {s.article_id: s.modality for s in found.supports} == {"a0": "declared", "a1": "proposed"}


def test_two_outlets_with_one_agency_text_are_a_single_source() -> None:
    """A fact that two outlets print from one dispatch is not confirmed by that."""
    state = State()
    text = f"{MEETING} and spoke of #800_soldier in a long and quiet room by the cold sea that day"
    state.apply(article("a", text, agency="ap"))
    made = state.apply(article("b", text, agency="ap", received=hours(1))).stories[0]
    found = fact(made, "figure", "soldier")
    assert (found.state, found.independent_sources, len(found.supports)) == ("single_source", 1, 2)


def test_what_a_correction_drops_is_shown_as_retracted() -> None:
    """A statement that the new version no longer makes stays visible, as retracted."""
    state = State()
    state.apply(article("a", f"{MEETING} !aid/agreed"))
    made = state.apply(article("a", f"{MEETING} and no more", version="v2", received=hours(1))).stories[0]
    assert fact(made, "commitment", "aid").state == "retracted"


def test_title_is_a_headline_that_was_printed() -> None:
    """The title of each language is one of its headlines, with the article it comes from."""
    state = State()
    made = state.apply(article("a", MEETING, headline="Ada and Boris meet in Oslo")).stories[0]
    assert [(t.language, t.text, t.article_id) for t in made.titles] == [("en", "Ada and Boris meet in Oslo", "a")]


def test_previews_are_known_by_date_or_tense() -> None:
    """An event after publication is announced; on the same day the first sentence's tense tells."""
    assert stage_of("eng", ["Ada will meet Boris"], 10, 10) == "preview"
    assert stage_of("eng", ["Ada met Boris"], 10, 10) == "outcome"
    assert stage_of("arb", ["سيجتمع القادة اليوم"], None, None) == "preview"
    assert stage_of("ukr", ["Лідери зустрілися"], 10, 12) == "preview"
    assert stage_of("tur", ["Liderler bulustu"], 10, 10) == "unknown"


def test_a_flood_of_figures_stays_bounded() -> None:
    """Ten thousand numbers in one article neither fill a story nor take for ever."""
    made = story(" ".join(f"#{number}_house" for number in range(10, 10_010)))
    assert len(made.facts) <= 150
