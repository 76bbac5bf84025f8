"""A gateway of each test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.gateways import Gateway


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    """An empty projection with the application on it."""
    made = Gateway(tmp_path)
    yield made
    made.close()
