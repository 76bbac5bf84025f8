"""Known vulnerabilities in what the image runs on: `make audit`, part of CI.

Asks the package index for the advisories of every pinned package. 0: none known; 1: some are, each is named. Where no
advisory service can be reached it says so in words and ends with 0: a build must not hang on somebody else's service.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = "deploy/requirements-runtime.lock"
SECONDS = 180
# Advisory -> why it does not concern us. Every exception says when it can go.
ACCEPTED: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found out: packages asked about, those nobody could tell of, and advisories by package."""

    packages: int
    untold: int
    advisories: tuple[str, ...]

    @property
    def told(self) -> str:
        """In words."""
        if self.untold == self.packages:
            return f"not audited: no advisory service answered for any of {self.packages} packages"
        partly = f", {self.untold} of them could not be asked about" if self.untold else ""
        return f"{self.packages} packages{partly}: {', '.join(self.advisories) or 'no known vulnerability'}"


def read(answer: str) -> Report:
    """The report in pip-audit's JSON; an empty answer tells of nobody."""
    found = json.loads(answer)["dependencies"] if answer.strip() else []
    advisories = [
        f"{each['name']} {each['version']}: {known['id']}"
        for each in found
        for known in each.get("vulns", ())
        if known["id"] not in ACCEPTED
    ]
    return Report(len(found), sum("skip_reason" in each for each in found), tuple(advisories))


def main() -> int:
    """Ask, tell, and fail where something is known."""
    command = [sys.executable, "-m", "pip_audit", "-r", LOCK, "--require-hashes", "--disable-pip", "-f", "json"]
    quiet = ["--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(
            [*command, *quiet], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        answer = done.stdout
    except subprocess.TimeoutExpired:
        answer = ""
    report = read(answer)
    print(report.told)
    return 1 if report.advisories else 0


if __name__ == "__main__":
    sys.exit(main())
