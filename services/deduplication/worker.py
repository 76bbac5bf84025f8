"""The Kafka shell of deduplication: extracted articles in, stories and changes out, a transaction a batch."""

from contracts.messages.base import Message
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.topics import CHANGES, EXTRACTED, STORIES, Topic
from services.deduplication.handler import State
from services.deduplication.metrics import OpenStories
from services.deduplication.settings import Settings
from services.shared.runtime import transactional_worker
from services.shared.runtime.stateful_stage import StatefulStage, Written

ROOM = "deduplication"


def build() -> StatefulStage:
    """The stage as every bus runs it."""
    stories = OpenStories()

    def observe(state: State, article: ExtractedArticleV1, written: Written) -> None:
        stories.observe([message for _, message in written])

    def restored(state: State) -> None:
        ledgers = (desk.ledger for desk in state.desks.values())
        stories.begin(story for ledger in ledgers for story, entry in ledger.items() if entry.state == "open")

    return StatefulStage(
        ROOM, EXTRACTED, (STORIES, CHANGES), State, apply, observe, State.snapshot, State.restore, restored
    )


def apply(state: State, article: ExtractedArticleV1) -> list[tuple[Topic, Message]]:
    """One article changes the state; what is to be published of that."""
    outcome = state.apply(article)
    stories: list[tuple[Topic, Message]] = [(STORIES, story) for story in outcome.stories]
    return [*stories, *((CHANGES, change) for change in outcome.changes)]


def main() -> None:
    """Run until asked to end."""
    transactional_worker.run(build, ROOM, Settings())
