"""The seed articles through the whole pipeline on a real Apache Kafka, published and read with plain clients."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts.topics import STORIES
from services.shared.runtime.stage import Record
from tests.helpers.brokers import real_kafka
from tests.helpers.builders import raw
from tests.helpers.pipelines import KafkaPipeline
from tests.helpers.shared_data import shared

RECEIVED = datetime(2026, 1, 7, tzinfo=UTC)


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[KafkaPipeline]:
    """All four rooms on a broker that has never seen anything else."""
    with real_kafka(tmp_path) as cluster:
        running = KafkaPipeline(cluster.address, tmp_path).start()
        yield running
        running.stop()


def _groups(records: list[Record]) -> list[set[str]]:
    newest = {}
    for record in records:
        story = json.loads(record.value or b"{}")
        newest[story["story_id"]] = story
    alive = [story for story in newest.values() if story["state"] in ("open", "closed")]
    return [{article["source_id"] for article in story["articles"]} for story in alive]


@pytest.mark.kafka
def test_the_seeds_are_two_stories(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Five seed texts with nothing but a body and a file name are exactly two stories."""
    files = sorted(path for path in shared("seeds").iterdir() if path.suffix == ".txt")
    pipeline: KafkaPipeline = request.getfixturevalue("pipeline")
    articles = [raw(path.stem, path.read_text(encoding="utf-8")) for path in files]
    pipeline.publish(articles, RECEIVED)
    names = {path.stem for path in files}
    records = pipeline.read(STORIES.name, lambda seen: set().union(*_groups(seen)) >= names if seen else False)
    numbers = sorted(sorted(name[:3] for name in group) for group in _groups(records))
    assert numbers == [["000", "002", "003", "004"], ["001"]]
