"""The audit of dependencies tells a known vulnerability from a service that does not answer."""

import json
from pathlib import Path

from tests.architecture.audit import LOCK, ROOT, read


def _answer(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


FINE: dict[str, object] = {"name": "fine", "version": "1.0", "vulns": []}
BAD: dict[str, object] = {"name": "bad", "version": "2.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"]}]}
UNTOLD: dict[str, object] = {"name": "untold", "skip_reason": "Dependency not found"}


def test_a_known_vulnerability_is_named() -> None:
    """The package, its version and the advisory are told."""
    report = read(_answer(FINE, BAD, UNTOLD))
    assert report.advisories == ("bad 2.0: PYSEC-2026-1",)
    assert "1 of them could not be asked about" in report.told


def test_silence_is_not_taken_for_health() -> None:
    """Where nobody answered, the report says that nothing was audited; where all was asked, that nothing is known."""
    assert read(_answer(UNTOLD)).told.startswith("not audited")
    assert read("").told.startswith("not audited")
    assert read(_answer(FINE)).told == "1 packages: no known vulnerability"


def test_ci_audits_what_the_image_installs() -> None:
    """CI calls the audit, and the audited lock is the one the image is built from."""
    assert "make audit" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert Path(LOCK).name in (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
