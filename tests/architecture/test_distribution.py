"""The built distribution holds everything a worker needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network and unpacked."""
    home = tmp_path_factory.mktemp("wheel")
    source = home / "source"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, tracked.split("\0")):
        if name.startswith(("services/", "contracts/", "pyproject.toml", "README.md", "LICENSE", "NOTICE")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(home),
        ".",
    ]
    subprocess.run(command, cwd=source, check=True)
    (wheel,) = home.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(home / "site")
    return home / "site"


def _told(installed: Path, script: str) -> list[str]:
    """What a script prints that sees only the distribution; the first word says where a module of it lies."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=installed,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    where, *told = done.stdout.split()
    assert where.startswith(str(installed))
    return told


def test_every_room_loads_its_packs_from_the_distribution(installed: Path) -> None:
    """What the image installs reads an article as the checkout does: no pack was left out of the wheel."""
    script = (
        "from datetime import UTC, datetime\n"
        "from services.client import demonstration, inputs, replay\n"
        "lines = list(inputs.read([str(demonstration.SAMPLES)]))\n"
        "for result in replay.replay(lines, datetime(2026, 3, 12, tzinfo=UTC)): pass\n"
        "print(demonstration.__file__, len(result.stories))\n"
    )
    (stories,) = _told(installed, script)
    assert int(stories) >= 3


def test_the_board_is_whole_in_the_distribution(installed: Path) -> None:
    """Words, templates, stylesheet and scripts of the board are installed with it."""
    script = (
        "from services.gateway.board import catalogue, rendering\n"
        "made = rendering.environment()\n"
        "shown = [made.get_template(name) for name in made.list_templates()]\n"
        "words = [catalogue.words_in(interface)('board.heading') for interface in catalogue.INTERFACES]\n"
        "for name in ('board.css', 'board.js', 'story.js', 'icon.svg'): rendering.asset(name)\n"
        "print(rendering.__file__, len(shown), len(words))\n"
    )
    templates, words = _told(installed, script)
    assert int(templates) == len(list((ROOT / "services/gateway/board/templates").rglob("*.html")))
    assert int(words) == 4
