"""The whole of it for a browser to look at: an embedded broker, the four workers, the gateway."""

import json
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.messages.story_change import StoryChangeV1
from contracts.topics import CHANGES, RAW
from services.shared.runtime.stage import Outgoing, Record
from tests.helpers import brokers, pipelines
from tests.helpers.pipelines import KafkaPipeline
from tests.helpers.workers import Worker, free_port

PATIENCE = 30.0
Article = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stack:
    """What runs, and where."""

    broker: str
    url: str

    def publish(self, articles: Iterable[Article | bytes]) -> None:
        """Put raw articles on the bus."""
        values = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in articles]
        pipelines.publish(self.broker, [Outgoing(RAW.name, None, value, []) for value in values])

    def changes(self, title: str) -> list[Record]:
        """The change records, as they are on the bus, of stories that had this title; waits for the first."""

        def told(records: list[Record]) -> bool:
            return any(_of(each).title == title for each in records)

        records = pipelines.read(self.broker, CHANGES.name, told)
        ids = {_of(each).story_id for each in records if _of(each).title == title}
        return [each for each in records if _of(each).story_id in ids]

    def ask(self, path: str) -> Any:
        """An answer of the read API."""
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return json.load(answer)

    def wait_for_articles(self, most: int) -> None:
        """Wait until the projection's stories hold so many articles."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            held = sum(card["articles"] for card in self.ask("/api/v1/stories?limit=100")["stories"])
            if held >= most:
                return
            time.sleep(0.1)
        raise AssertionError(f"the stories hold {held} articles, not {most}")

    def story(self, headline: str) -> str:
        """The id of the story that holds an article with this headline."""
        for card in self.ask("/api/v1/stories?limit=100")["stories"]:
            story = self.ask(f"/api/v1/stories/{card['story_id']}")
            if any(article.get("headline") == headline for article in story["articles"]):
                return str(story["story_id"])
        raise AssertionError(f"no story holds an article with the headline {headline!r}")


def _of(record: Record) -> StoryChangeV1:
    assert record.value is not None
    return StoryChangeV1.model_validate_json(record.value)


@contextmanager
def running(home: Path) -> Iterator[Stack]:
    """Everything started and ready; ended afterwards."""
    with brokers.embedded() as broker:
        pipeline = KafkaPipeline(broker, home)
        port = free_port()
        gateway = Worker("gateway", broker, home, gateway_port=str(port), gateway_requests_burst="10000").start()
        try:
            pipeline.start()
            gateway.wait_until(ready=True)
            yield Stack(broker, f"http://127.0.0.1:{port}")
        finally:
            gateway.stop()
            pipeline.stop()
