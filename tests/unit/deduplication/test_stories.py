"""The parts of the grouping: linkage, attachment, time, weights."""

from dataclasses import replace

from services.deduplication.domain.stories.attach import attach
from services.deduplication.domain.stories.fingerprint import fingerprint
from services.deduplication.domain.stories.linkage import SCALE, average_linkage
from services.deduplication.domain.stories.reading import Mark, Passage, Reading
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.domain.stories.similarity import compare
from services.deduplication.domain.stories.stems import stems
from services.deduplication.domain.stories.weights import NO_WEIGHTS

SETTINGS = StorySettings()
TEXT = "Ada met Boris in Oslo and they spoke of a truce"


def reading(name: str, day: int = 100, known: bool = True, **given: object) -> Reading:
    """A reading of one sentence that names three people and a town."""
    features = ("P:ada", "P:boris", "L:oslo", "C:truce")
    marks = tuple(Mark(feature, "body", position * 10) for position, feature in enumerate(features))
    made = Reading(name, "eng", f"{day:04d}", day, known, (Passage("body", 0, TEXT),), marks)
    return replace(made, **given)  # type: ignore[arg-type]


def likeness(one: Reading, other: Reading) -> float:
    """The score of two readings."""
    a, b = fingerprint(one, NO_WEIGHTS, SETTINGS), fingerprint(other, NO_WEIGHTS, SETTINGS)
    assert compare(a, b, SETTINGS) == compare(b, a, SETTINGS)
    return compare(a, b, SETTINGS).score


def test_average_linkage_joins_the_most_alike_first() -> None:
    """Two pairs stay two groups when their average across is below the threshold."""
    strong, weak = SCALE // 2, SCALE // 20
    graph = {0: {1: strong, 2: weak}, 1: {0: strong}, 2: {3: strong, 0: weak}, 3: {2: strong}}
    assert average_linkage([0, 1, 2, 3], graph, 0.15) == [[0, 1], [2, 3]]


def test_ties_go_to_the_earlier_article() -> None:
    """Of two equally alike neighbours the earlier one is joined."""
    even = SCALE // 4
    graph = {0: {1: even}, 1: {0: even, 2: even}, 2: {1: even}}
    assert average_linkage([0, 1, 2], graph, 0.2) == [[0, 1], [2]]


def test_a_brief_joins_the_group_whose_nearest_members_are_like_it() -> None:
    """Three clear likenesses are enough, however many members are unlike it."""
    clear = SCALE // 3
    big = list(range(10))
    graph: dict[int, dict[int, int]] = {member: {} for member in range(11)}
    for member in (0, 1, 2):
        graph[10][member] = graph[member][10] = clear
    assert attach([*big, 10], [big, [10]], graph, SETTINGS) == [[*big, 10]]


def test_a_brief_between_two_groups_joins_neither() -> None:
    """Where another group comes as near, nothing is decided."""
    clear = SCALE // 3
    one, other = [0, 1, 2, 3], [4, 5, 6, 7]
    graph = {8: dict.fromkeys((*one, *other), clear)}
    assert attach([*one, *other, 8], [one, other, [8]], graph, SETTINGS) == [one, other, [8]]


def test_days_separate_what_words_would_join() -> None:
    """The same words three days later are hardly the same event, a week later never."""
    same, later, week = (likeness(reading("a"), reading("b", day=100 + gap)) for gap in (0, 3, 8))
    assert same > 0.9
    assert later < same / 2
    assert week == 0


def test_an_assumed_day_of_publication_says_nothing() -> None:
    """Two articles received weeks apart match when their events are on one day."""
    one = reading("a", known=False, event_day=90)
    assert likeness(one, reading("b", day=130, known=False, event_day=90)) > 0.9


def test_a_bare_weekday_under_an_assumed_day_may_be_a_week_off() -> None:
    """Seven days apart is no distance when one of the days is unsure."""
    one = reading("a", known=False, event_day=90, event_sure=False)
    assert likeness(one, reading("b", known=False, event_day=97)) > 0.9


def test_places_that_disagree_halve_the_score() -> None:
    """The same people in another town are another meeting."""
    moved = tuple(m._replace(feature="L:lima") if m.feature[0] == "L" else m for m in reading("b").marks)
    assert likeness(reading("a"), reading("b", marks=moved)) < 0.5


def test_what_background_names_does_not_decide() -> None:
    """A mark outside the passages leaves no trace in the fingerprint."""
    plain = reading("a")
    noisy = reading("a", marks=(*plain.marks, Mark("P:carla", "body", 5_000)))
    assert fingerprint(noisy, NO_WEIGHTS, SETTINGS) == fingerprint(plain, NO_WEIGHTS, SETTINGS)


def test_stems_ignore_spelling_and_proclitics() -> None:
    """Arabic articles and conjunctions, Cyrillic spelling and case fall away."""
    assert [s for _, s in stems("والمفاوضات", "arb")] == [s for _, s in stems("مفاوضات", "arb")]
    assert [s for _, s in stems("Переговори", "ukr")] == [s for _, s in stems("переговоры", "rus")]


def test_endless_text_is_read_in_bounded_time_and_space() -> None:
    """A text of many thousand sentences leaves a fingerprint of its first words only."""
    long = tuple(
        Passage("body", i * 60, f"word{chr(97 + i % 26)} sentence of no importance at all") for i in range(20_000)
    )
    found = fingerprint(reading("a", passages=long), NO_WEIGHTS, SETTINGS)
    assert len(found.words.keys) <= SETTINGS.most_words + 10


def test_a_weekday_in_an_undated_text_is_a_weekday_of_any_week() -> None:
    """Received months later, "on Saturday" neither pulls to that week nor away from the event; another weekday does."""
    late = reading("a", day=400, known=False, event_day=399, event_sure=False)
    same, other = likeness(late, reading("b", day=399 - 140)), likeness(late, reading("c", day=399 - 143))
    assert same > SETTINGS.threshold * 2
    assert other < same


def test_a_thin_text_is_not_held_to_its_only_place() -> None:
    """The one place a brief happens to name takes less from a match than the places of a full report."""
    town, other = Mark("L:oslo", "body", 30), Mark("L:bergen", "body", 30)
    names = tuple(Mark(f"P:{number}", "body", number) for number in range(20))
    brief = [reading(name, marks=(*names[:2], place)) for name, place in (("a", town), ("b", other))]
    report = [reading(name, marks=(*names, place)) for name, place in (("a", town), ("b", other))]
    assert _place(*brief) > _place(*report)


def _place(one: Reading, other: Reading) -> float:
    a, b = fingerprint(one, NO_WEIGHTS, SETTINGS), fingerprint(other, NO_WEIGHTS, SETTINGS)
    return compare(a, b, SETTINGS).place


def test_four_articles_join_a_story_three_times_as_large() -> None:
    """A part that is not small joins when clearly like, and not when only somewhat like."""
    host, guest = list(range(12)), list(range(12, 16))
    for share, groups in ((0.4, 1), (0.25, 2)):
        weight = round(share * SCALE)
        graph = {g: dict.fromkeys(host, weight) for g in guest} | {h: dict.fromkeys(guest, weight) for h in host}
        assert len(attach(host + guest, [host, guest], graph, SETTINGS)) == groups


def test_a_group_that_joins_one_that_joins_another_ends_in_the_last() -> None:
    """Nothing is lost along a chain of joins."""
    brief, part, story = [0], list(range(1, 5)), list(range(5, 20))
    near = SCALE // 2
    graph: dict[int, dict[int, int]] = {0: dict.fromkeys(part, near)}
    graph |= {p: {0: near, **dict.fromkeys(story, near)} for p in part}
    graph |= {s: dict.fromkeys(part, near) for s in story}
    assert attach(brief + part + story, [brief, part, story], graph, SETTINGS) == [list(range(20))]
