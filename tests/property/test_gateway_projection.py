"""The projection is a function of the topics, however they are read and however often the reader is killed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts import codec
from contracts.topics import CHANGES, STORIES, Topic
from services.gateway.projection.arrange import Arranger
from services.gateway.projection.reader import Reader
from services.gateway.projection.writer import Writer
from services.shared.runtime.stage import Record
from tests.helpers.gateways import change, story

NOW = datetime(2026, 1, 7, tzinfo=UTC)


def _topics(told: list[int]) -> dict[str, list[Record]]:
    """Both topics as deduplication writes them: a story and its change, then a mark that takes an offset."""
    topics: dict[str, list[Record]] = {STORIES.name: [], CHANGES.name: []}
    versions: dict[int, int] = {}
    for at, number in enumerate(told):
        versions[number] = versions.get(number, 0) + 1
        each = story(number, version=versions[number])
        topics[STORIES.name].append(_record(STORIES, 2 * at, each))
        topics[CHANGES.name].append(_record(CHANGES, 2 * at, change(each)))
    return topics


def _record(topic: Topic, offset: int, message: object) -> Record:
    wire = codec.encode(topic, message, time=NOW, source="deduplication")  # type: ignore[arg-type]
    return Record(topic.name, 0, offset, wire.key, wire.value, wire.headers, NOW)


@contextmanager
def _file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as home:
        yield Path(home) / "gateway.sqlite"


STEP = st.tuples(
    st.sampled_from([STORIES.name, CHANGES.name]), st.integers(1, 4), st.sampled_from(["", "", "", "kill"])
)


@given(st.lists(st.integers(0, 4), max_size=25), st.lists(STEP, max_size=40))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_reading_gives_every_change_once_and_after_its_story(
    told: list[int], steps: list[tuple[str, int, str]]
) -> None:
    """Whatever is read first, in whatever pieces, and wherever the reader dies: changes come in their order, once,
    never before their story, and the stories are the newest.
    """
    topics = _topics(told)
    rest = [(name, 100, "") for name in (STORIES.name, CHANGES.name)]
    with _file() as path:
        writer = Writer(path)
        writer.begin("aaaa", 0)
        arranger, reader = Arranger(writer.version_of), Reader(path)
        offsets: dict[str, int] = {}
        for name, count, then in [*steps, *rest]:
            records = [each for each in topics[name] if each.offset >= offsets.get(name, 0)][:count]
            reached = {(name, 0): records[-1].offset + 1} if records else {}
            offsets |= {topic: end for (topic, _), end in reached.items()}
            if then == "kill":
                writer.close()
                writer = Writer(path)
                arranger = Arranger(writer.version_of)
                offsets = {topic: end for (topic, _), end in writer.offsets().items()}
                continue
            writer.apply(arranger.arrange(records, reached, now=0.0))
            heard = reader.stored_after(-1, 1000)
            assert all(writer.version_of(each.change.story_id) >= each.change.version for each in heard)
        assert [each.position for each in reader.stored_after(-1, 1000)] == [2 * at for at in range(len(told))]
        newest = {f"story-{number}": told.count(number) for number in told}
        assert {story_id: writer.version_of(story_id) for story_id in newest} == newest
        writer.close()
