"""A steady stream for a long time: does memory stay flat, and the time from an article's publication to its story?

python -m tests.fault.soak --minutes 30 --rate 10 --plot services/decisions/pictures/soak.png

One Kafka, four workers, invented articles at an even rate. The news runs fast (a day in `--day-seconds`), so that
stories close, grow old and are dropped within the run. Exits 1 where memory or latency grew after the first days.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.fault.soak_report import growth, minutes, plot, table
from tests.fault.soak_run import Sample, Soak, run

MOST_GROWTH = 0.15


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=10, help="articles a second")
    parser.add_argument("--day-seconds", type=float, default=30, help="how long a day of news lasts")
    parser.add_argument("--keep", type=int, default=2000, help="articles held whatever their age")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", type=Path, help="draw the picture here")
    parser.add_argument("--data", type=Path, help="write every sample here, as JSON lines")
    parser.add_argument("--again", type=Path, help="do not run: report on samples written before")
    chosen = parser.parse_args(arguments)
    soak = Soak(chosen.minutes * 60, chosen.rate, chosen.day_seconds, chosen.keep, chosen.seed)
    samples = _read(chosen.again) if chosen.again else _run(soak)
    if chosen.data:
        chosen.data.write_text("".join(json.dumps(asdict(sample)) + "\n" for sample in samples))
    return _report(soak, samples, chosen.plot)


def _run(soak: Soak) -> list[Sample]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="storybraid-soak-") as home:
        samples = run(soak, Path(home))
    print(f"{soak.seconds / 60:.0f} minutes of soak, {(time.monotonic() - began) / 60:.1f} in all")
    return samples


def _read(path: Path) -> list[Sample]:
    return [Sample(**json.loads(line)) for line in path.read_text().splitlines()]


def _report(soak: Soak, samples: list[Sample], picture: Path | None) -> int:
    by_minute = minutes(samples)
    table(by_minute, print)
    if picture:
        picture.parent.mkdir(parents=True, exist_ok=True)
        plot(by_minute, soak, picture)
    found = growth(by_minute)
    for what, share in found.items():
        print(f"{what:32} {share:+7.1%} from the middle third to the last")
    grown = [what for what, share in found.items() if share > MOST_GROWTH]
    print(f"grew by more than {MOST_GROWTH:.0%}: {', '.join(grown) or 'nothing'}")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
