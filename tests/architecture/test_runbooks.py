"""Alerts, exit codes and failures have their page, and every page says what one sees, why, and what to do."""

import re
from pathlib import Path

import pytest
import yaml

from services.shared.runtime import failures

ROOT = Path(__file__).resolve().parents[2]
RUNBOOKS = ROOT / "deploy" / "runbooks"
INDEX = (RUNBOOKS / "README.md").read_text(encoding="utf-8")
PAGES = sorted(path for path in RUNBOOKS.glob("*.md") if path.name != "README.md")
CODES = sorted(value for name, value in vars(failures).items() if name.isupper() and isinstance(value, int))
# What the logs say when something fails -> the page that explains it. The words are those of the code.
TOLD = {
    "poison will not be recognised": "state-disk-full.md",
    "a snapshot cannot be read": "snapshot-unreadable.md",
    "retention deleted records before they were read": "retention-before-reading.md",
    "no such topics, or not for this account": "topics-missing.md",
    "too many dead letters in a row": "exit-78-wrong-deployment.md",
    "records wait and nothing was committed": "exit-71-stuck.md",
    "the event loop did not turn": "exit-71-stuck.md",
    "the broker answers, but not this client": "exit-71-stuck.md",
}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_says_what_one_sees_why_and_what_to_do(page: Path) -> None:
    """Every runbook has its three parts, none of them empty, and is listed in the index."""
    parts = re.split(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    assert parts[1::2] == ["What one sees", "Why", "What to do"]
    assert all(len(part.strip()) > 30 for part in parts[2::2])
    assert f"({page.name})" in INDEX


@pytest.mark.parametrize("code", CODES)
def test_every_exit_code_has_its_row_and_its_page(code: int) -> None:
    """The table of exit codes names every code of the failure rules; those that mean trouble lead to a page."""
    table = (RUNBOOKS / "exit-codes.md").read_text(encoding="utf-8")
    row = next(line for line in table.splitlines() if line.startswith(f"| {code} |"))
    assert code == failures.DONE or re.search(r"\]\(([a-z0-9-]+\.md)\)", row)


def test_every_alert_is_in_the_index() -> None:
    """The index names the page of every alert."""
    rules = yaml.safe_load((ROOT / "deploy/prometheus/rules/alerts.yml").read_text(encoding="utf-8"))
    pages = {rule["annotations"]["runbook"] for group in rules["groups"] for rule in group["rules"]}
    assert [page for page in pages if f"({Path(page).name})" not in INDEX] == []


@pytest.mark.parametrize("words", TOLD)
def test_what_a_log_says_is_explained(words: str) -> None:
    """The words of the code stand in the page that explains them, and the reverse."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "services/shared/runtime").rglob("*.py"))
    page = re.sub(r"\s+", " ", (RUNBOOKS / TOLD[words]).read_text(encoding="utf-8"))
    assert words in code
    assert words in page.replace("*: *", ": ").replace("*", "")
