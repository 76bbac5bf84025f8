"""The same suite on three buses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.pipelines import KafkaPipeline, MemoryPipeline, Pipeline

# The embedded broker keeps this much of a partition and drops what is older, or larger.
EMBEDDED_KEEPS = 4 * 1024 * 1024


def _in_memory() -> MemoryPipeline:
    from services.deduplication import worker as deduplication
    from services.extraction import worker as extraction
    from services.ingest import worker as ingest
    from services.language_detection import worker as language_detection

    return MemoryPipeline([ingest.build(), language_detection.build(), extraction.build()], deduplication.build())


BUSES = (
    "memory",
    pytest.param("embedded", marks=pytest.mark.embedded),
    pytest.param("kafka", marks=pytest.mark.kafka),
    pytest.param("docker", marks=pytest.mark.kafka),
)


@pytest.fixture(scope="session", params=BUSES)
def pipeline(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """All four rooms on one bus."""
    if request.param == "memory":
        yield _in_memory()
        return
    home: Path = tmp_path_factory.mktemp(request.param)
    address = request.getfixturevalue(f"{request.param}_broker")
    running = KafkaPipeline(address, home)
    if request.param == "embedded":
        running.largest = EMBEDDED_KEEPS
    running.start()
    yield running
    running.stop()
