"""The models of this release, loaded once for all tests of the room."""

import pytest

from services.language_detection import packs
from services.language_detection.domain.article import Models


@pytest.fixture(scope="session")
def models() -> Models:
    """What the worker loads at start."""
    return packs.load()
