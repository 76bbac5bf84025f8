"""The real deduplication worker ends and begins again: its stories go on where they were."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.topics import CHANGES, SNAPSHOTS, STORIES
from services.shared.runtime.stage import Record
from tests.helpers.brokers import real_kafka
from tests.helpers.builders import BRIDGE, HARVEST, raw
from tests.helpers.pipelines import KafkaPipeline, read

pytestmark = pytest.mark.kafka


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[KafkaPipeline]:
    """All four rooms on a broker of their own."""
    with real_kafka(tmp_path) as cluster:
        running = KafkaPipeline(cluster.address, tmp_path, session_seconds="3").start()
        yield running
        running.stop()


def _holding(*source_ids: str):  # type: ignore[no-untyped-def]
    def wanted(records: list[Record]) -> bool:
        newest = {record.key: json.loads(record.value or b"{}") for record in records}
        return any(set(source_ids) <= {a["source_id"] for a in story["articles"]} for story in newest.values())

    return wanted


def _versions(records: list[Record]) -> dict[str, list[int]]:
    versions: dict[str, list[int]] = {}
    for record in records:
        change = json.loads(record.value or b"{}")
        versions.setdefault(change["story_id"], []).append(change["version"])
    return versions


def test_a_story_goes_on_after_a_restart_and_after_a_kill(pipeline: KafkaPipeline) -> None:
    """After SIGTERM the state comes from a snapshot, after SIGKILL from snapshot and log; versions go on by one."""
    deduplication = pipeline.workers["deduplication"]
    pipeline.publish([raw("one", BRIDGE, outlet="First"), raw("other", HARVEST)])
    pipeline.read(STORIES.name, _holding("one"))
    deduplication.stop()
    assert read(pipeline.brokers, SNAPSHOTS.name, bool)
    deduplication.start()
    pipeline.publish([raw("two", BRIDGE, outlet="Second")])
    pipeline.read(STORIES.name, _holding("one", "two"))
    deduplication.signal(9)
    deduplication.wait_for_end(5)
    deduplication.start()
    pipeline.publish([raw("three", BRIDGE, outlet="Third")])
    pipeline.read(STORIES.name, _holding("one", "two", "three"))
    versions = _versions(pipeline.read(CHANGES.name))
    assert all(seen == list(range(1, len(seen) + 1)) for seen in versions.values())
    restored = [event for event in deduplication.events() if event["event"] == "state restored"]
    assert [int(str(event["snapshot_at"])) > 0 for event in restored] == [False, True, True]
