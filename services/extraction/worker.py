"""The Kafka shell of extraction: identified articles in, extracted articles out."""

from datetime import datetime

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.identified_article import IdentifiedArticleV1
from contracts.topics import EXTRACTED, IDENTIFIED
from services.extraction import packs
from services.extraction.handler import extract
from services.extraction.metrics import observe
from services.extraction.settings import Settings
from services.shared.runtime import faust_worker
from services.shared.runtime.stage import Stage

ROOM = "extraction"


def build() -> Stage:
    """The stage as every bus runs it, with its knowledge loaded."""
    knowledge = packs.load()

    def handle(article: IdentifiedArticleV1, received_at: datetime) -> ExtractedArticleV1:
        return extract(article, knowledge)

    return Stage(ROOM, IDENTIFIED, EXTRACTED, handle, observe)


def main() -> None:
    """Run until asked to end."""
    faust_worker.run(build, ROOM, Settings())
