"""Runs a schedule of faults against three brokers and eight workers, and holds the outcome to the undisturbed run.

python -m tests.fault.run --faults 100 --articles 5000 --seed 7      draw a schedule and run it
python -m tests.fault.run tests/fault/schedules/short.json           run one that was kept
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from contracts.topics import CHANGES, RAW, STORIES
from services.shared.runtime.stage import Record
from tests.fault.schedule import Schedule, generate, load, save
from tests.fault.stack import Stack
from tests.fault.traffic import Publisher, Traffic, traffic, undisturbed
from tests.fault.verify import Verdict, verify
from tests.helpers.brokers import real_kafka
from tests.helpers.pipelines import read
from tests.helpers.workers import TINY

DRAIN_SECONDS = 90
assert RAW.dead_letter is not None
DEAD = RAW.dead_letter
Tell = Callable[[str], None]


def run(schedule: Schedule, home: Path, tell: Tell = print, program: tuple[str, ...] = TINY) -> Verdict:
    """Run it all; the verdict is good where it has no breaches."""
    sent = traffic(schedule)
    expected = undisturbed(sent)
    with real_kafka(home, brokers=3) as cluster:
        stack = Stack(cluster, home, program)
        try:
            stack.start()
            publisher = Publisher(cluster.address, sent, schedule.seconds)
            publishing = publisher.start()
            _disturb(stack, schedule, tell)
            publishing.join()
            assert publisher.failures == [], publisher.failures[:3]
            verdict = _judge(cluster.address, sent, expected)
        finally:
            stack.stop()
    _table(schedule, stack, verdict, tell)
    return verdict


def _disturb(stack: Stack, schedule: Schedule, tell: Tell) -> None:
    began = time.monotonic()
    for fault in schedule.faults:
        time.sleep(max(0.0, began + fault.at - time.monotonic()))
        tell(f"{fault.at:6.1f} s  {fault.action:5} {fault.target} {f'for {fault.lasts} s' if fault.lasts else ''}")
        stack.do(fault)
    time.sleep(max(0.0, began + schedule.seconds - time.monotonic()))


def _judge(brokers: str, sent: Traffic, expected: dict[str, frozenset[str]]) -> Verdict:
    wanted = sum(len(members) for members in expected.values())

    def complete(records: list[Record]) -> bool:
        return len(records) >= wanted

    changes = read(brokers, CHANGES.name, complete, DRAIN_SECONDS)
    letters = read(brokers, DEAD, lambda seen: len({record.key for record in seen}) >= len(sent.broken), 30)
    stories = read(brokers, STORIES.name)
    return verify(expected, sent.broken, changes, stories, letters)


def _table(schedule: Schedule, stack: Stack, verdict: Verdict, tell: Tell) -> None:
    done = Counter((fault.target.rpartition("-")[0], fault.action) for fault in schedule.faults)
    tell(f"\n{'target':20} {'fault':6} times")
    for (target, action), times in sorted(done.items()):
        tell(f"{target:20} {action:6} {times}")
    tell(f"\n{'worker':20} {'code':>6} ended and was started again")
    for (room, code), times in sorted(stack.ends.items()):
        tell(f"{room:20} {code:6} {times}")
    tell("")
    for name, value in asdict(verdict).items():
        tell(f"{name.replace('_', ' '):24} {value}")
    tell(f"{'faults':24} {len(schedule.faults)}")
    tell(f"{'BREACHES' if verdict.breaches else 'breaches':24} {verdict.breaches}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("schedule", nargs="?", type=Path)
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write the drawn schedule to this file")
    parser.add_argument("--mutant", help="break one rule of delivery (tests/helpers/mutants.py): the run must fail")
    chosen = parser.parse_args(arguments)
    program = ("-m", "tests.helpers.mutants", chosen.mutant, "{room}") if chosen.mutant else TINY
    schedule = load(chosen.schedule) if chosen.schedule else generate(chosen.seed, chosen.faults, chosen.articles)
    if chosen.keep:
        save(schedule, chosen.keep)
    with tempfile.TemporaryDirectory(prefix="storybraid-fault-") as home:
        return 1 if run(schedule, Path(home), program=program).breaches else 0


if __name__ == "__main__":
    sys.exit(main())
