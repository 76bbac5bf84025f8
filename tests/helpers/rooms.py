"""The rooms before deduplication, in this process."""

from collections.abc import Iterable
from datetime import timedelta

from contracts.messages.extracted_article import ExtractedArticleV1
from services.client.inputs import Line
from services.client.pipeline import Refused, Rooms
from tests.helpers.bus import START


def extracted(lines: Iterable[Line]) -> list[ExtractedArticleV1]:
    """Articles with everything read from them, each received a minute after the one before."""
    rooms, found = Rooms(), []
    for number, line in enumerate(lines):
        accepted = rooms.accept(line, START + timedelta(minutes=number))
        assert not isinstance(accepted, Refused)
        found.append(rooms.extract(rooms.identify(accepted)))
    return found
