"""The Kafka shell of deduplication: extracted articles in, stories and changes out, a transaction a batch."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from contracts.messages.base import Message, Ready
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.topics import CHANGES, EXTRACTED, STORIES, Topic
from services.deduplication.domain.consolidation.ledger import Entry
from services.deduplication.handler import State, cause_of
from services.deduplication.metrics import OpenStories
from services.deduplication.settings import Settings
from services.deduplication.succession import Succession, identity_of, seen
from services.shared.runtime import beside, transactional_worker
from services.shared.runtime.beside import Successor
from services.shared.runtime.stateful_stage import StatefulStage, Written

ROOM = "deduplication"


def build(fresh: Callable[[], State] = State) -> StatefulStage:
    """The stage as every bus runs it; `fresh` makes an empty state with the settings and weights to use."""
    stories = OpenStories()

    def observe(state: State, article: ExtractedArticleV1, written: Written) -> None:
        stories.observe([message for _, message in written])

    def restored(state: State) -> None:
        ledgers = (desk.ledger for desk in state.desks.values())
        stories.begin(story for ledger in ledgers for story, entry in ledger.items() if entry.state == "open")

    def thaw(snapshot: bytes) -> State:
        return State.restore(snapshot, fresh())

    return StatefulStage(ROOM, EXTRACTED, (STORIES, CHANGES), fresh, apply, observe, State.snapshot, thaw, restored)


def apply(state: State, article: ExtractedArticleV1) -> list[tuple[Topic, Message | Ready]]:
    """One article changes the state; what is to be published of that."""
    outcome = state.apply(article)
    stories: list[tuple[Topic, Message | Ready]] = [(STORIES, record) for record in outcome.records]
    return [*stories, *((CHANGES, change) for change in outcome.changes)]


def successor(fresh: Callable[[], State] = State) -> Successor:
    """This version beside the running one, and how it takes over."""
    stage = build(fresh)
    return Successor(stage, replace(stage, name=f"{ROOM}-next.{identity_of(fresh())}"), STORIES, seen, take_over)


def take_over(
    states: Sequence[State], published: Mapping[str, Entry], last: ExtractedArticleV1
) -> Iterator[tuple[int, Written]]:
    """What is to be published so that subscribers come to what `states` hold; afterwards these go on from there."""
    cause = replace(cause_of(last), note="re-consolidated")
    for step in Succession(states, published, cause).steps():
        yield step.owner, [(STORIES, step.story), (CHANGES, step.change)]


def follow(settings: Settings, since: datetime | None = None, fresh: Callable[[], State] = State) -> None:
    """Read the log beside the running version until asked to end."""
    beside.run(lambda: successor(fresh), ROOM, settings, since)


def main() -> None:
    """Run until asked to end."""
    transactional_worker.run(build, ROOM, Settings())
