"""The pictures of the documentation."""

import re
from pathlib import Path

from tests.browser.pictures import PICTURES, TARGET

README = Path(__file__).resolve().parents[3] / "services" / "gateway" / "board" / "README.md"
MOST_BYTES = 150_000


def test_the_pictures_are_those_of_the_command_small_and_shown() -> None:
    """Every picture the command draws is committed, below 150 kB, and shown in the README; no other one is."""
    drawn = {picture.name for picture in PICTURES}
    assert {path.name for path in TARGET.iterdir()} == drawn
    assert set(re.findall(r"\(\.\./pictures/([^)]+)\)", README.read_text(encoding="utf-8"))) == drawn
    assert all(path.stat().st_size < MOST_BYTES for path in TARGET.iterdir())
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in TARGET.iterdir())
