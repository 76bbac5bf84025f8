"""Deduplication's shell: outcomes to topics, open stories followed, state frozen and thawed."""

from datetime import UTC, datetime

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryRecord
from contracts.topics import CHANGES, EXTRACTED, STORIES
from services.deduplication.metrics import STORIES_OPEN, OpenStories
from services.deduplication.worker import build
from services.shared.runtime.stateful_stage import advance
from tests.helpers.builders import BRIDGE, HARVEST, raw
from tests.helpers.bus import MemoryBus
from tests.helpers.tiny_rooms import stages

AT = datetime(2026, 1, 7, tzinfo=UTC)


def _extracted(*bodies: str) -> MemoryBus:
    bus = MemoryBus(stages())
    for number, body in enumerate(bodies):
        bus.publish(raw(f"a-{number}", body))
    return bus


def test_an_article_leads_to_a_story_and_its_change() -> None:
    """Both topics hear of the same version of the same story."""
    stage = build()
    step = advance(stage, stage.fresh(), _extracted(BRIDGE).read(EXTRACTED.name)[0], AT)
    assert isinstance(step.message, ExtractedArticleV1)
    assert [outgoing.topic for outgoing in step.outgoing] == [STORIES.name, CHANGES.name]
    assert len({dict(outgoing.headers)["ce_id"] for outgoing in step.outgoing}) == 1


def test_a_frozen_state_goes_on_like_the_one_that_lived() -> None:
    """The next article leads to the same bytes, whether the state was kept or frozen and thawed."""
    stage = build()
    assert stage.freeze is not None
    assert stage.thaw is not None
    log = _extracted(BRIDGE, HARVEST, BRIDGE.replace("Monday", "a Monday")).read(EXTRACTED.name)
    lived = stage.fresh()
    for record in log[:2]:
        advance(stage, lived, record, AT)
    thawed = stage.thaw(stage.freeze(lived))
    assert advance(stage, lived, log[2], AT).outgoing == advance(stage, thawed, log[2], AT).outgoing


def test_open_stories_are_followed() -> None:
    """A story that opens counts, one that is merged away does not, and a rebuilt state brings its own."""
    stories = OpenStories()
    stories.begin(["s-1", "s-2"])
    stories.observe([StoryRecord(b"", "s-3", 1, "open", articles=1, independent_sources=1)])
    assert STORIES_OPEN._value.get() == 3
    stories.observe([StoryRecord(b"", "s-1", 2, "merged", articles=0, independent_sources=0)])
    assert STORIES_OPEN._value.get() == 2
