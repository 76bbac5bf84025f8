"""Every benchmark, one after the other: `make bench`. Each prints ratios against a peer or a limit of the same run."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_ALONE = ("__init__", "run", "replay")  # the pipeline begins with a replay


def main() -> None:
    """Run all, or those named; a process each, so that one's memory is not another's."""
    names = sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_ALONE)
    for name in names:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], cwd=HERE.parents[1], check=True)


if __name__ == "__main__":
    main()
