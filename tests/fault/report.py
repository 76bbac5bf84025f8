"""What a run of faults tells: each fault with what came of it, the same by kind, the totals last."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from statistics import median

from contracts.topics import ACCEPTED, CHANGES, EXTRACTED, IDENTIFIED, RAW, STORIES
from services.shared.runtime.stage import Record
from tests.fault.schedule import Schedule
from tests.fault.stack import Outcome, Stack
from tests.fault.traffic import Traffic
from tests.fault.verify import Verdict

Tell = Callable[[str], None]
Read = Callable[[str], list[Record]]
WRITTEN = (ACCEPTED, IDENTIFIED, EXTRACTED, STORIES, CHANGES)
FIRST = "this"


def table(schedule: Schedule, sent: Traffic, stack: Stack, releases: dict[str, Counter[str]], tell: Tell) -> None:
    """Everything but the totals."""
    _each(stack.outcomes, tell)
    _by_kind(stack.outcomes, tell)
    tell(f"\n{'worker':20} {'code':>6} ended and was started again")
    for (room, code), times in sorted(stack.ends.items()):
        tell(f"{room:20} {code:6} {times}")
    for surprise in stack.surprises:
        tell(surprise)
    tell(f"\n{'topic':28} messages written by each release")
    for topic, counted in releases.items():
        tell(f"{topic:28} " + ", ".join(f"{release}: {count}" for release, count in sorted(counted.items())))
    tell(f"\npublished {len(sent.records)} records: {sent.repeated} a second time, {sent.reordered} out of order, "
         f"{len(sent.broken)} broken; {schedule.seconds:.0f} s of faults")  # fmt: skip


def _each(outcomes: Iterable[Outcome], tell: Tell) -> None:
    tell(f"\n{'at':>7}  {'fault':8} {'target':22} {'lasts':>5}  what came of it")
    for each in sorted(outcomes, key=lambda outcome: outcome.fault.at):
        fault = each.fault
        lasts = f"{fault.lasts:5.1f}" if fault.lasts else "     "
        tell(f"{fault.at:7.1f}  {fault.action:8} {fault.target:22} {lasts}  {each.told}")


def _by_kind(outcomes: Iterable[Outcome], tell: Tell) -> None:
    kinds: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for each in outcomes:
        kinds[each.fault.target.rpartition("-")[0], each.fault.action].append(each)
    tell(f"\n{'target':20} {'fault':8} {'times':>5}  {'at work again after: median':>28}  {'longest':>8}  not back")
    for (target, action), found in sorted(kinds.items()):
        back = [each.back_after for each in found if each.back_after is not None]
        shown = f"{median(back):26.1f} s  {max(back):6.1f} s" if back else f"{'-':>28}  {'-':>8}"
        tell(f"{target:20} {action:8} {len(found):5}  {shown}  {len(found) - len(back):8}")


def releases_of(read: Read) -> dict[str, Counter[str]]:
    """How many messages of every topic were written by which release of its room."""
    return {topic.name: Counter(map(_release, read(topic.name))) for topic in WRITTEN}


def _release(record: Record) -> str:
    told: str = json.loads(record.value or b"{}").get("release", FIRST)
    return told


def traces(missing: Iterable[str], read: Read, committed: int, tell: Tell) -> None:
    """Of each article that is in no story: where on its way it was seen last, and how far the last room had read."""
    logs = {topic.name: read(topic.name) for topic in (RAW, *WRITTEN)}
    tell(f"\nthe room with state has committed {committed} of {len(logs[EXTRACTED.name])} records")
    for article in sorted(missing):
        needle = json.dumps(article).encode()
        seen = {name: [r.offset for r in records if needle in (r.value or b"")] for name, records in logs.items()}
        tell(f"{article}: " + ", ".join(f"{name} at {offsets[-3:]}" for name, offsets in seen.items()))


def totals(schedule: Schedule, verdict: Verdict, tell: Tell) -> None:
    """The verdict, line by line; the breaches are the last."""
    tell("")
    for name, value in asdict(verdict).items():
        tell(f"{name.replace('_', ' '):24} {value}")
    tell(f"{'faults':24} {len(schedule.faults)}")
    tell(f"{'BREACHES' if verdict.breaches else 'breaches':24} {verdict.breaches}")
