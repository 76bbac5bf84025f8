"""The state machine of the room: what one article changes, and that a repeat changes nothing."""

import json
from base64 import b64decode, b64encode
from typing import Any

import pytest

from contracts.messages.base import Message
from services.deduplication.domain.stories.fingerprint import Fingerprint
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.handler import State
from tests.unit.deduplication.story_articles import article, hours

SUMMIT = (
    "P:ada and P:boris met in L:Oslo on D:2026-03-01 for the C:summit with #27_country present. They spoke of C:truce"
)
SUMMIT_AGAIN = "In L:Oslo the C:summit of P:ada and P:boris ended D:2026-03-01 and a C:truce was named"
FLOOD = "The river C:flood in L:Lima took #12_house on D:2026-03-01 said P:carla"
KEYS, DAY_KEYS = map(list(Fingerprint.__dataclass_fields__).index, ("keys", "day_keys"))


def test_first_article_creates_a_story() -> None:
    """An article that resembles nothing makes a story of its own, version 1."""
    outcome = State().apply(article("a", SUMMIT))
    assert [(s.version, s.state) for s in outcome.stories] == [(1, "open")]
    assert [c.kind for c in outcome.changes] == ["created"]
    assert outcome.story_id == outcome.stories[0].story_id


def test_repeat_is_silent() -> None:
    """The same version of the same article again publishes nothing."""
    state = State()
    state.apply(article("a", SUMMIT))
    again = state.apply(article("a", SUMMIT))
    assert (again.stories, again.changes) == ((), ())


def test_second_telling_joins_with_reasons() -> None:
    """A second article of the event joins the story, and its match says why."""
    state = State()
    first = state.apply(article("a", SUMMIT))
    second = state.apply(article("b", SUMMIT_AGAIN, received=hours(1)))
    assert second.story_id == first.story_id
    assert [(s.version, len(s.articles)) for s in second.stories] == [(2, 2)]
    assert second.changes[0].articles_added == ("b",)
    match = second.stories[0].articles[1].match
    assert match["score"] >= 0.2
    assert {"features", "publication", "event", "place"} <= match.keys()


def test_other_event_stays_apart() -> None:
    """An article of another event does not join."""
    state = State()
    assert state.apply(article("a", SUMMIT)).story_id != state.apply(article("b", FLOOD)).story_id


def test_earlier_article_takes_over_the_id_and_leaves_a_redirect() -> None:
    """The story id comes from the earliest article; the old id is published as merged into the new one."""
    state = State()
    late = state.apply(article("b", SUMMIT_AGAIN, day="2026-03-02", event="2026-03-01"))
    early = state.apply(article("a", SUMMIT, received=hours(1), event="2026-03-01"))
    assert early.story_id != late.story_id
    redirect = next(s for s in early.stories if s.story_id == late.story_id)
    assert (redirect.state, redirect.merged_into, redirect.version) == ("merged", early.story_id, 2)
    assert {c.kind for c in early.changes} == {"created", "merged"}


def test_new_version_replaces_the_old_one() -> None:
    """A new version of an article takes its place and is told as a correction."""
    state = State()
    state.apply(article("a", SUMMIT))
    fixed = state.apply(article("a", SUMMIT.replace("#27", "#28"), version="v2", received=hours(2)))
    assert [c.kind for c in fixed.changes] == ["corrected"]
    (figure,) = [f for f in fixed.stories[0].facts if f.kind == "figure"]
    assert (figure.state, set(figure.values)) == ("superseded", {"27 country", "28 country"})


def test_subjects_never_meet() -> None:
    """Articles of two subjects do not share a story, however alike they are."""
    state = State()
    one = state.apply(article("a", SUMMIT))
    other = state.apply(article("b", SUMMIT).model_copy(update={"subject": "elsewhere"}))
    assert len(other.stories) == 1
    assert one.story_id != other.story_id


def test_quiet_story_closes_and_late_article_reopens_it() -> None:
    """A story closes when nothing came for a week of receipt, and opens again when something does."""
    state = State()
    first = state.apply(article("a", SUMMIT))
    closing = state.apply(article("b", FLOOD, day="2026-03-10", received=hours(24 * 9)))
    closed = next(s for s in closing.stories if s.story_id == first.story_id)
    assert (closed.state, closed.version) == ("closed", 2)
    late = state.apply(article("c", SUMMIT_AGAIN, received=hours(24 * 9 + 1)))
    assert [(s.state, s.version, len(s.articles)) for s in late.stories if s.story_id == first.story_id] == [
        ("open", 3, 2)
    ]


def test_snapshot_continues_as_if_nothing_had_happened() -> None:
    """A state restored from a snapshot answers every further article like the one that never stopped."""
    state = State()
    for position, (name, text) in enumerate([("a", SUMMIT), ("b", SUMMIT_AGAIN), ("c", FLOOD)]):
        state.apply(article(name, text, received=hours(position), agency="ap"))
    restored = State.restore(state.snapshot())
    assert restored.snapshot() == state.snapshot()
    for name, text in [("b", SUMMIT_AGAIN), ("d", SUMMIT), ("e", FLOOD + " again")]:
        news = article(name, text, received=hours(9))
        assert restored.apply(news) == state.apply(news)


@pytest.mark.parametrize("written_in", [2, 3])
def test_snapshot_of_a_format_before_is_read(written_in: int) -> None:
    """A state whose snapshot digested stories in another way tells the same, but for which known facts changed."""
    state = State()
    for position, (name, text) in enumerate([("a", SUMMIT), ("b", SUMMIT_AGAIN), ("c", FLOOD)]):
        state.apply(article(name, text, received=hours(position)))
    plain = json.loads(state.snapshot())
    for subject, desk in plain.items():
        desk["format"] = written_in
        for entry in desk["ledger"].values():
            entry[3] = "AAAA"
            entry[4] = b64encode(b"".join(fact[:8] + b"else" for fact in batched(b64decode(entry[4]), 12))).decode()
        for handle, found in state.desks[subject].window.prints.items():
            desk["prints"][str(handle)][KEYS] = list(found.keys)
            desk["prints"][str(handle)][DAY_KEYS] = list(found.day_keys)
    restored = State.restore(json.dumps(plain).encode())
    for news in (
        article("a", SUMMIT, version="v0", received=hours(-1)),
        article("d", SUMMIT, received=hours(9)),
        article("e", FLOOD + " again", received=hours(9)),
    ):
        again, known = restored.apply(news), state.apply(news)
        assert list(map(_but_changes, again.stories)) == list(map(_but_changes, known.stories))
        assert [_but_changes(change) for change in again.changes] == [_but_changes(change) for change in known.changes]
        for less, more in zip(again.changes, known.changes, strict=True):
            assert set(less.facts_changed) <= set(more.facts_changed)


def _but_changes(message: Message) -> dict[str, Any]:
    return message.model_dump(exclude={"changed", "facts_changed"})


def batched(row: bytes, size: int) -> list[bytes]:
    return [row[at : at + size] for at in range(0, len(row), size)]


def test_one_dispatch_counts_once() -> None:
    """Two outlets with one text are one source; a telling of its own is another."""
    state = State()
    state.apply(article("a", SUMMIT, agency="ap"))
    state.apply(article("b", SUMMIT, agency="ap", received=hours(1)))
    story = state.apply(article("c", SUMMIT_AGAIN, received=hours(2))).stories[0]
    assert (len(story.articles), len(story.dispatches), story.independent_sources) == (3, 2, 2)


def test_old_article_that_just_arrived_is_kept() -> None:
    """An article received long before the newest one counts as received when it comes: retention keeps it."""
    state = State()
    state.apply(article("new", FLOOD, day="2026-03-28", received=hours(24 * 27)))
    state.apply(article("old", SUMMIT))
    state.apply(article("next", FLOOD, day="2026-03-29", received=hours(24 * 28)))
    late = state.apply(article("b", SUMMIT_AGAIN, received=hours(1)))
    (story,) = [s for s in late.stories if s.story_id == late.story_id]
    assert (story.state, [a.article_id for a in story.articles]) == ("open", ["b", "old"])


def test_a_thin_stream_drops_nothing() -> None:
    """Old stories go only while more articles are held than there is room for: an archive stays whole."""
    for room, kept in ((0, False), (2, True)):
        state = State(StorySettings(keep_articles=room))
        story_id = state.apply(article("a", SUMMIT)).story_id
        state.apply(article("b", FLOOD, day="2026-05-28", received=hours(24 * 90)))
        (desk,) = state.desks.values()
        assert (story_id in desk.window.members) == kept


def test_line_of_a_dropped_story_is_given_up_after_its_time() -> None:
    """Of a story that is over a short ledger line stays for sixty days of receipt, then nothing."""
    state = State(StorySettings(keep_articles=0))
    story_id = state.apply(article("a", SUMMIT)).story_id
    assert story_id is not None
    for day, kept in ((30, True), (85, True), (95, False)):
        moment = hours(24 * day)
        state.apply(article(f"on day {day}", FLOOD, day=moment.date().isoformat(), received=moment))
        (desk,) = state.desks.values()
        assert (story_id in desk.ledger) == kept


def test_revised_article_shows_what_it_replaces_in_any_order() -> None:
    """An article with an earlier version is `version_of` it, whichever of the two came first."""
    old = article("a", SUMMIT)
    new = article("a", SUMMIT.replace("#27", "#28"), version="v2", received=hours(2))
    for versions in ((old, new), (new, old)):
        state = State()
        outcomes = [state.apply(version) for version in versions]
        assert outcomes[-1].stories[0].articles[0].lineage.relation == "version_of"
