"""The Kafka shell of ingest: raw articles in, accepted articles or dead letters out."""

from contracts.topics import ACCEPTED, RAW
from services.ingest.handler import accept_message
from services.ingest.metrics import observe
from services.ingest.settings import Settings
from services.shared.runtime import faust_worker
from services.shared.runtime.stage import Stage

ROOM = "ingest"


def build() -> Stage:
    """The stage as every bus runs it."""
    return Stage(ROOM, RAW, ACCEPTED, accept_message, observe)


def main() -> None:
    """Run until asked to end."""
    faust_worker.run(build, ROOM, Settings())
