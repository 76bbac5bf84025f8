"""Hostile and mutated messages through all rooms in memory: each in a story or put aside, whatever it holds."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fault import fuzz
from tests.fault.cost import cost
from tests.fault.hostile_corpus import corpus
from tests.helpers.workers import REPOSITORY


def test_every_hostile_message_is_in_a_story_or_put_aside() -> None:
    """Three hundred messages of every hostile kind: none surprises a room, none disappears."""
    outcomes = [cost(value) for value in corpus(3, 300)]
    assert all(bool(found.reason) != found.in_story for found in outcomes)
    assert sum(found.in_story for found in outcomes) > 50
    assert len({found.reason for found in outcomes}) > 5


def test_fuzzing_is_one_command(tmp_path: Path) -> None:
    """The command plants its corpus, mutates, finds new code, and ends by itself."""
    if reason := fuzz.missing():
        pytest.skip(f"no fuzzing here: {reason}")
    command = [sys.executable, "-m", "tests.fault.fuzz", "--runs", "320", "--seconds", "60", "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done " in done.stderr
    assert not list(tmp_path.glob("crash-*"))
