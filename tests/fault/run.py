"""Runs a schedule of faults against three brokers and eight workers, and holds the outcome to the undisturbed run.

python -m tests.fault.run                                            the long schedule that is kept
python -m tests.fault.run --faults 100 --articles 5300 --seed 7      draw a schedule and run it
python -m tests.fault.run tests/fault/schedules/short.json           run one that was kept
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from contracts.topics import CHANGES, EXTRACTED, RAW, STORIES
from services.client.commands.lag import places, waiting
from services.shared.runtime.stage import Record
from tests.fault import real_rooms, report
from tests.fault import traffic as tiny
from tests.fault.schedule import Schedule, generate, load, save
from tests.fault.stack import NEXT_RELEASE, Stack
from tests.fault.traffic import Publisher, Traffic
from tests.fault.verify import Stories, Verdict, final_stories, verify
from tests.helpers.brokers import real_kafka
from tests.helpers.pipelines import read
from tests.helpers.workers import REAL, TINY

SCHEDULES = Path(__file__).parent / "schedules"
DRAIN_SECONDS = 300
SETTLE_SECONDS = 3
assert RAW.dead_letter is not None
DEAD = RAW.dead_letter
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is put to the test: the rooms' program, the traffic they understand, the stories they should end with."""

    program: tuple[str, ...]
    other_release: tuple[str, ...]
    traffic: Callable[[Schedule], Traffic]
    undisturbed: Callable[[Traffic], Stories]
    final: Callable[[list[Record]], Stories]


TINY_ROOMS = Subject(TINY, NEXT_RELEASE, tiny.traffic, tiny.undisturbed, final_stories)
REAL_ROOMS = Subject(
    REAL, ("-m", "tests.helpers.releases", "real", "{room}"),
    real_rooms.traffic, real_rooms.undisturbed, real_rooms.final_stories,
)  # fmt: skip


def run(schedule: Schedule, home: Path, tell: Tell = print, subject: Subject = TINY_ROOMS) -> Verdict:
    """Run it all; the verdict is good where it has no breaches."""
    sent = subject.traffic(schedule)
    expected = subject.undisturbed(sent)
    with real_kafka(home, brokers=3) as cluster:
        stack = Stack(cluster, home, subject.program, subject.other_release)
        try:
            stack.start()
            publisher = Publisher(cluster.address, sent, schedule.seconds)
            publishing = publisher.start()
            _disturb(stack, schedule, tell)
            publishing.join()
            assert publisher.failures == [], publisher.failures[:3]
            assert publisher.lasted > 0.9 * schedule.seconds, "the faults found no articles to disturb"
            verdict = _judge(cluster.address, sent, expected, subject)
            if verdict.lost:
                _trace(cluster.address, expected, subject, tell)
            stack.settle()
            releases = report.releases_of(lambda topic: read(cluster.address, topic))
        finally:
            stack.stop()
    verdict = replace(verdict, surprises=len(stack.surprises))
    report.table(schedule, sent, stack, releases, tell)
    report.totals(schedule, verdict, tell)
    return verdict


def _disturb(stack: Stack, schedule: Schedule, tell: Tell) -> None:
    began = time.monotonic()
    for fault in schedule.faults:
        time.sleep(max(0.0, began + fault.at - time.monotonic()))
        tell(f"{fault.at:6.1f} s  {fault.action:8} {fault.target} {f'for {fault.lasts} s' if fault.lasts else ''}")
        stack.do(fault)
    time.sleep(max(0.0, began + schedule.seconds - time.monotonic()))


def _judge(brokers: str, sent: Traffic, expected: Stories, subject: Subject) -> Verdict:
    _drain(brokers)
    letters, stories, changes = read(brokers, DEAD), read(brokers, STORIES.name), read(brokers, CHANGES.name)
    return verify(expected, sent.broken, changes, stories, letters, subject.final)


def _drain(brokers: str) -> None:
    """Wait until every room has committed everything there is, and what should not come has had its time to come."""
    until = time.monotonic() + DRAIN_SECONDS
    while waiting(brokers):
        assert time.monotonic() < until, f"{waiting(brokers)} records still wait {DRAIN_SECONDS} s after the last fault"
        time.sleep(1)
    time.sleep(SETTLE_SECONDS)
    if waiting(brokers):
        _drain(brokers)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("schedule", nargs="?", type=Path, default=SCHEDULES / "long.json")
    parser.add_argument("--faults", type=int, help="draw a schedule of so many faults instead")
    parser.add_argument("--articles", type=int, default=5300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", choices=("tiny", "real"), default="tiny", help="rooms of little judgement, or ours")
    parser.add_argument("--keep", type=Path, help="write the schedule to this file")
    parser.add_argument("--mutant", help="break one rule of delivery (tests/helpers/mutants.py): the run must fail")
    chosen = parser.parse_args(arguments)
    drawn = generate(chosen.seed, chosen.faults, chosen.articles) if chosen.faults else None
    schedule = drawn or load(chosen.schedule)
    if chosen.keep:
        save(schedule, chosen.keep)
    with tempfile.TemporaryDirectory(prefix="storybraid-fault-") as home:
        breaches = run(schedule, Path(home), subject=_subject(chosen.rooms, chosen.mutant)).breaches
        if breaches and not chosen.mutant:
            _keep(schedule, chosen.rooms, Path(home))
    return 1 if breaches else 0


def _keep(schedule: Schedule, rooms: str, home: Path) -> None:
    """A failing run leaves what one needs to understand and repeat it."""
    kept = Path(tempfile.mkdtemp(prefix="storybraid-failed-"))
    save(schedule, kept / "schedule.json")
    for log in home.glob("*.log"):
        shutil.copy(log, kept)
    print(
        f"schedule and logs are kept; run it again with: python -m tests.fault.run {kept}/schedule.json --rooms {rooms}"
    )


def _trace(brokers: str, expected: Stories, subject: Subject, tell: Tell) -> None:
    final = subject.final(read(brokers, STORIES.name))
    there = {article for members in final.values() for article in members}
    missing = {article for members in expected.values() for article in members} - there
    place = [each.committed for each in places(brokers, aged=False) if each.topic == EXTRACTED.name]
    report.traces(missing, lambda topic: read(brokers, topic), sum(each or 0 for each in place), tell)


def _subject(rooms: str, mutant: str | None) -> Subject:
    if mutant:
        program = ("-m", "tests.helpers.mutants", mutant, "{room}")
        return replace(TINY_ROOMS, program=program, other_release=program)
    return REAL_ROOMS if rooms == "real" else TINY_ROOMS


if __name__ == "__main__":
    sys.exit(main())
