"""Where other people's texts (seeds, labelled sets) lie, when they lie beside the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def shared(name: str) -> Path:
    """The path of `../shared/<name>`; skips the test in words when it is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"../shared/{name} is not beside this checkout: the labelled texts belong to other people")
    return path
