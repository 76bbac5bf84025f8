"""From a published article to a story, on every bus alike."""

import json
from datetime import UTC, datetime

from contracts import codec
from contracts.messages.story import StoryV1
from contracts.topics import CHANGES, STORIES
from services.shared.runtime.stage import Record
from tests.helpers.builders import BRIDGE, HARVEST, raw
from tests.helpers.pipelines import Pipeline

RECEIVED = datetime(2026, 1, 7, 10, 30, tzinfo=UTC)


def _stories(records: list[Record]) -> dict[str, StoryV1]:
    newest: dict[str, StoryV1] = {}
    for record in records:
        story = codec.decode(STORIES, record.value, record.headers)
        assert isinstance(story, StoryV1)
        newest[story.story_id] = story
    return newest


def _members(records: list[Record]) -> dict[str, set[str]]:
    return {key: {article.source_id for article in story.articles} for key, story in _stories(records).items()}


def _has(*source_ids: str):  # type: ignore[no-untyped-def]
    def wanted(records: list[Record]) -> bool:
        seen = {source for members in _members(records).values() for source in members}
        return set(source_ids) <= seen

    return wanted


def test_an_article_becomes_a_story(pipeline: Pipeline) -> None:
    """An article alone is a story of one, and keeps the time its record was published."""
    pipeline.publish([raw("alone-1", HARVEST, outlet="The Plainsman")], RECEIVED)
    records = pipeline.read(STORIES.name, _has("alone-1"))
    story = next(s for s in _stories(records).values() if any(a.source_id == "alone-1" for a in s.articles))
    assert [article.outlet for article in story.articles] == ["The Plainsman"]
    assert story.updated_at == RECEIVED


def test_one_text_in_two_outlets_is_one_story(pipeline: Pipeline) -> None:
    """The same text under two outlets' names ends in one story, as copies of each other."""
    pipeline.publish([raw("copy-1", BRIDGE, outlet="Kell Valley News"), raw("copy-2", BRIDGE, outlet="Dorrin Daily")])
    records = pipeline.read(STORIES.name, _has("copy-1", "copy-2"))
    assert any({"copy-1", "copy-2"} <= members for members in _members(records).values())


def test_the_same_article_again_changes_nothing(pipeline: Pipeline) -> None:
    """Publishing an article a second time publishes no change."""
    text = HARVEST.replace("olive", "lemon")
    pipeline.publish([raw("again-1", text)])
    pipeline.publish([raw("again-1", text)])
    pipeline.publish([raw("again-mark", text.replace("lemon", "walnut").replace("1,200", "77"))])
    pipeline.read(STORIES.name, _has("again-1", "again-mark"))
    changes = [json.loads(record.value or b"") for record in pipeline.read(CHANGES.name)]
    story = next(c["story_id"] for c in changes if "again" in str(c) or c["version"] == 1)
    versions = [change["version"] for change in changes if change["story_id"] == story]
    assert versions == sorted(set(versions))


def test_versions_of_every_story_are_contiguous(pipeline: Pipeline) -> None:
    """A subscriber sees neither a gap nor a repeat in the versions of a story."""
    pipeline.publish([raw("contiguous-1", BRIDGE.replace("Dorrin", "Velm"))])
    pipeline.read(STORIES.name, _has("contiguous-1"))
    versions: dict[str, list[int]] = {}
    for record in pipeline.read(CHANGES.name):
        change = json.loads(record.value or b"")
        versions.setdefault(change["story_id"], []).append(change["version"])
    assert versions
    assert all(seen == list(range(1, len(seen) + 1)) for seen in versions.values())


def test_stories_carry_cloudevents_headers(pipeline: Pipeline) -> None:
    """Every story is a CloudEvent in binary mode whose id names the story and its version."""
    pipeline.publish([raw("headers-1", BRIDGE.replace("bridge", "tunnel"))])
    for record in pipeline.read(STORIES.name, _has("headers-1")):
        headers = dict(record.headers)
        story = json.loads(record.value or b"")
        assert headers["ce_type"] == b"storybraid.story.v1"
        assert headers["ce_id"].decode() == f"{story['story_id']}:{story['version']}"
        assert headers["ce_source"] == b"/storybraid/deduplication"
        assert record.key == story["story_id"].encode()
