"""The house keeps its size, its words and its links."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from contracts.rejection import Reason

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for top in ("services", "contracts") for path in (ROOT / top).rglob("*.py"))
DOCUMENTS = sorted(
    path for path in ROOT.rglob("*.md") if ".venv" not in path.parts and "node_modules" not in path.parts
)
ROOM_NAMES = ("ingest", "language_detection", "extraction", "deduplication")
BANNED_NAMES = {"utils.py", "helpers.py", "common.py", "manager.py"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_stays_small_and_says_what_it_is(path: Path) -> None:
    """No source file over 300 lines, no worker over 120, each with a docstring unless it is empty."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= (120 if path.name == "worker.py" else 300)
    assert not text.strip() or ast.get_docstring(ast.parse(text))
    assert path.name not in BANNED_NAMES


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_function_stays_small_and_public_ones_say_what_they_do(path: Path) -> None:
    """No function over 40 lines; public functions and classes have a docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, f"{node.name} is too long"
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def _without_rule() -> list[str]:
    """The tests without a docstring, as path:name."""
    return [
        f"{_name(path)}:{node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
        if not ast.get_docstring(node)
    ]


def test_every_test_states_its_rule() -> None:
    """A test's docstring says in a sentence what it holds."""
    assert _without_rule() == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a document leads to a file of the project."""
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("room", ROOM_NAMES)
def test_every_room_has_the_same_shape(room: str) -> None:
    """README, worker, handler, settings, metrics, domain and packs: a reader of one room knows the others."""
    folder = ROOT / "services" / room
    wanted = ("README.md", "__main__.py", "worker.py", "handler.py", "settings.py", "metrics.py", "domain", "packs")
    assert [name for name in wanted if not (folder / name).exists()] == []


def test_the_gateway_has_a_shape_of_its_own() -> None:
    """The gateway handles requests where the rooms handle records: a projection in place of packs, the web in place of
    a handler; the rest is as everywhere.
    """
    wanted = ("README.md", "__main__.py", "worker.py", "settings.py", "metrics.py", "domain", "projection", "web")
    assert [name for name in wanted if not (ROOT / "services" / "gateway" / name).exists()] == []


def test_every_reject_reason_is_documented_and_used() -> None:
    """The reasons in the rooms' READMEs are those of the code, and the reverse."""
    pages = [ROOT / "services" / room / "README.md" for room in (".", *ROOM_NAMES)]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [reason for reason in Reason if f"`{reason}`" not in text] == []
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "rejection.py")
    assert [reason.name for reason in Reason if f"Reason.{reason.name}" not in code] == []


def test_no_path_of_one_machine_stands_in_the_project() -> None:
    """Nobody else has the directories of the machine a line was written on."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    pattern = re.compile(r"(^|[^A-Za-z0-9_.])/(" + "work|" + "root)/", re.M)
    texts = {".py", ".md", ".toml", ".yml", ".yaml", ".json", ".sh", ""}
    files = [ROOT / name for name in filter(None, listed.split("\0")) if Path(name).suffix in texts]
    bad = [_name(path) for path in files if path.is_file() and pattern.search(path.read_text("utf-8", "replace"))]
    assert bad == []
