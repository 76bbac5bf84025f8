"""Extraction's shell, and language detection's before it, wire their handlers between their topics."""

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.topics import ACCEPTED, EXTRACTED, IDENTIFIED
from services.extraction.worker import build
from services.language_detection.worker import build as build_identification
from services.shared.runtime.stage import decide
from tests.helpers.builders import BRIDGE, raw
from tests.helpers.bus import START, MemoryBus
from tests.helpers.tiny_rooms import stages


def test_reads_accepted_through_identified_to_extracted() -> None:
    """Each shell reads what the one before it writes, and nothing of the article is lost on the way."""
    identification, extraction = build_identification(), build()
    assert (identification.reads, identification.writes) == (ACCEPTED, IDENTIFIED)
    assert (extraction.reads, extraction.writes) == (IDENTIFIED, EXTRACTED)
    bus = MemoryBus([stages()[0], identification])
    bus.publish(raw("w-1"))
    outgoing = decide(extraction, bus.read(IDENTIFIED.name)[0], START)
    assert isinstance(outgoing.message, ExtractedArticleV1)
    assert outgoing.message.body == BRIDGE
    assert outgoing.message.received_at == START
    extraction.observe(outgoing.message)
