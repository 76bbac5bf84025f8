"""A reset on a real Kafka: another version beside the running one, then in its place, while articles keep coming."""

import asyncio
import json
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from contracts.topics import CHANGES, EXTRACTED, SNAPSHOTS, STORIES
from services.client import demonstration, inputs
from services.client.commands import reset
from services.deduplication.succession import FRAME
from services.shared.runtime import handover
from services.shared.runtime.beside import QUIET_SECONDS
from services.shared.runtime.stage import Outgoing, encoded
from tests.helpers.brokers import real_kafka
from tests.helpers.pipelines import publish, read
from tests.helpers.rooms import extracted
from tests.helpers.strict_deduplication import fresh
from tests.helpers.workers import REAL, Worker

pytestmark = pytest.mark.kafka
STRICT = ("-m", "tests.helpers.strict_deduplication", "run")
BESIDE = ("-m", "tests.helpers.strict_deduplication", "beside")
START = ("-m", "services.client.main", "reset", "start")


@pytest.fixture(scope="module")
def articles() -> list[ExtractedArticleV1]:
    """The sample articles, read by the rooms before deduplication."""
    return extracted(inputs.read([str(demonstration.SAMPLES)]))


@pytest.fixture
def brokers(tmp_path: Path) -> Iterator[str]:
    """A broker of the test's own."""
    with real_kafka(tmp_path) as cluster:
        yield cluster.address


class Desk:
    """A deduplication worker, another version beside it, and the operator's commands."""

    def __init__(self, brokers: str, home: Path) -> None:
        self.brokers, self.home = brokers, home
        self.old = Worker("deduplication", brokers, home, REAL, session_seconds="3")
        self.new = Worker("deduplication", brokers, home, STRICT, session_seconds="3")
        self.beside = Worker("deduplication", brokers, home, BESIDE)
        self.given = reset.prepared(brokers, fresh)

    def publish(self, articles: list[ExtractedArticleV1]) -> None:
        """Put extracted articles on the log, and with them one record that is none."""
        publish(self.brokers, [encoded(EXTRACTED, each, "extraction", each.received_at) for each in articles])
        publish(self.brokers, [Outgoing(EXTRACTED.name, b"bad", b"{", [])])

    def wait(self, *, beside: bool = False, seconds: float = 30) -> None:
        """Wait until a version has read everything."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            (place,) = asyncio.run(handover.places(*self.given))
            at = place.beside.get(self.given[0].beside.name, 0) if beside else place.committed
            if at == place.end:
                return
            time.sleep(0.2)
        raise AssertionError(f"not at the end of the log:\n{self.old.tail()}\n{self.beside.tail()}\n{self.new.tail()}")

    def stop(self) -> None:
        """End everything that runs."""
        for worker in (self.old, self.new, self.beside):
            worker.stop()


@pytest.fixture
def desk(brokers: str, tmp_path: Path) -> Iterator[Desk]:
    """The workers, ended whatever happens."""
    desk = Desk(brokers, tmp_path)
    yield desk
    desk.stop()


def _standing(stories: list[StoryV1]) -> dict[str, Any]:
    newest = {story.story_id: story for story in stories}
    return {
        name: story.model_dump(mode="json", exclude=FRAME)
        for name, story in newest.items()
        if story.state in ("open", "closed")
    }


def _read(desk: Desk) -> list[StoryV1]:
    return [StoryV1.model_validate_json(record.value or b"") for record in read(desk.brokers, STORIES.name)]


def _alone(articles: list[ExtractedArticleV1]) -> dict[str, Any]:
    state = fresh()
    return _standing([story for each in articles for story in state.apply(each).stories])


def _assert_contiguous(desk: Desk) -> None:
    for topic in (STORIES, CHANGES):
        seen: dict[str, list[int]] = {}
        for record in read(desk.brokers, topic.name):
            told = json.loads(record.value or b"")
            seen.setdefault(told["story_id"], []).append(told["version"])
        assert all(versions == list(range(1, len(versions) + 1)) for versions in seen.values()), seen


def test_another_version_takes_over_while_articles_come(desk: Desk, articles: list[ExtractedArticleV1]) -> None:
    """Subscribers see contiguous versions, and at the end the stories of a fresh replay with the new version."""
    early, between, late = articles[:10], articles[10:13], articles[13:]
    desk.publish(early)
    desk.old.start().wait_until(ready=True)
    desk.beside.start().wait_until(ready=True)
    desk.publish(between)
    desk.wait()
    desk.wait(beside=True)
    compared = asyncio.run(handover.plan(*desk.given))
    with pytest.raises(handover.ResetError, match="still at work: 1"):
        asyncio.run(handover.switch(*desk.given))
    desk.old.stop()
    desk.publish(late)
    time.sleep(QUIET_SECONDS + 2)  # long enough for the run beside to keep another snapshot, were it to go on alone
    switched = asyncio.run(handover.switch(*desk.given))
    assert reset.counts(switched) == reset.counts(compared)
    assert reset.counts(switched)["new"] > 0
    assert _standing(_read(desk)) == _alone([*early, *between])
    desk.new.start().wait_until(ready=True)
    desk.wait()
    assert _standing(_read(desk)) == _alone(articles)
    _assert_contiguous(desk)


@pytest.mark.parametrize("articles_wait", [True, False])
def test_a_worker_that_slept_through_the_switch_does_no_harm(
    desk: Desk, articles: list[ExtractedArticleV1], articles_wait: bool
) -> None:
    """A running worker that was paused is fenced, or takes up the new state: versions go on by one in either case."""
    desk.publish(articles[:8])
    desk.old.start().wait_until(ready=True)
    desk.beside.start().wait_until(ready=True)
    desk.wait()
    desk.wait(beside=True)
    desk.old.signal(signal.SIGSTOP)
    _switch_when_its_session_is_over(desk)
    if articles_wait:
        desk.publish(articles[8:])
    desk.old.signal(signal.SIGCONT)
    _until_it_ended_or_came_back(desk.old)
    if not articles_wait:
        desk.publish(articles[8:])
    desk.wait()
    _assert_contiguous(desk)


def _until_it_ended_or_came_back(worker: Worker) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if worker.process is not None and worker.process.poll() is not None:
            worker.start()  # as whoever supervises it would
            return
        if [event["event"] for event in worker.events()].count("partition opened") > 1:
            return
        time.sleep(0.2)
    raise AssertionError(f"neither ended nor came back:\n{worker.tail()}")


def _switch_when_its_session_is_over(desk: Desk) -> None:
    until = time.monotonic() + 20
    while asyncio.run(handover.members(desk.given[1])) and time.monotonic() < until:
        time.sleep(0.3)
    asyncio.run(handover.switch(*desk.given))


def test_a_run_beside_may_begin_late_and_be_given_up(desk: Desk, articles: list[ExtractedArticleV1]) -> None:
    """`start --since` leaves out what was written before; what is kept beside is cleared and not found again."""
    desk.publish(articles[:2])
    since = datetime.now(UTC).isoformat()
    desk.publish(articles[2:4])
    desk.old.start().wait_until(ready=True)
    desk.wait()
    with pytest.raises(handover.ResetError, match="no snapshot of this version"):
        asyncio.run(handover.plan(*desk.given))
    late = Worker("deduplication", desk.brokers, desk.home, (*START, "--since", since), session_seconds="3").start()
    try:
        late.wait_until(ready=True)
        (told,) = [event for event in late.events() if event["event"] == "following beside"]
        assert told["begins_at"] == 3
    finally:
        late.stop()
    assert asyncio.run(handover.abandon(*desk.given)) == 1
    assert read(desk.brokers, SNAPSHOTS.name)[-1].value is None
    assert asyncio.run(handover.places(*desk.given))[0].beside == {}
