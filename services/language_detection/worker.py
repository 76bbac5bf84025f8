"""The Kafka shell of language detection: accepted articles in, identified articles out."""

from datetime import datetime

from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.messages.identified_article import IdentifiedArticleV1
from contracts.topics import ACCEPTED, IDENTIFIED
from services.language_detection import packs
from services.language_detection.handler import identify
from services.language_detection.metrics import observe
from services.language_detection.settings import Settings
from services.shared.runtime import faust_worker
from services.shared.runtime.stage import Stage

ROOM = "language_detection"


def build() -> Stage:
    """The stage as every bus runs it, with its models loaded."""
    models = packs.load()

    def handle(article: AcceptedArticleV1, received_at: datetime) -> IdentifiedArticleV1:
        return identify(article, models)

    return Stage(ROOM, ACCEPTED, IDENTIFIED, handle, observe)


def main() -> None:
    """Run until asked to end."""
    faust_worker.run(build, ROOM, Settings())
