"""Traffic for the real rooms: invented events, each told by several outlets, and the stories of an undisturbed run."""

import json
import random

from services.shared.runtime.stage import Outgoing, Record
from tests.fault.schedule import Schedule
from tests.fault.traffic import Traffic
from tests.fault.verify import Stories
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.bus import MemoryBus

TOWNS = ("Dorrin", "Velm", "Halst", "Sorn", "Marrow Bay", "Tessel", "Ardwick", "Quill", "Ostrava Hills", "Lenn")
WHO = ("Governor Mara Leland", "Mayor Tobin Ashe", "Minister Ilse Varga", "Engineer Samir Haddad", "Professor June Oke")
WHAT = ("bridge", "hospital", "tram line", "library", "dam", "school", "harbour", "museum", "market hall", "airport")
DID = ("opened", "closed", "inspected", "promised to repair", "sold", "renamed")


def traffic(schedule: Schedule) -> Traffic:
    """The articles of a schedule: several outlets to an event, broken and repeated ones among them."""
    chance = random.Random(schedule.seed)
    records = [_record(number, schedule, chance) for number in range(schedule.articles)]
    records += [chance.choice(records) for _ in range(schedule.articles * schedule.repeated_in_a_hundred // 100)]
    order = sorted(range(len(records)), key=lambda place: place + chance.uniform(0, 40))
    broken = frozenset(record.key for record in records if record.key and record.key.startswith(b"broken"))
    return Traffic(tuple(records[place] for place in order), broken)


def _record(number: int, schedule: Schedule, chance: random.Random) -> Outgoing:
    if chance.randrange(100) < schedule.broken_in_a_hundred:
        return raw_bytes(b'{"body": never', f"broken-{number}")
    event = chance.randrange(schedule.stories)
    day = f"2026-01-{1 + event % 20:02d}"
    return raw(f"article-{number}", _text(event, number, chance), outlet=f"Outlet {number % 7}", published_at=day)


def _text(event: int, number: int, chance: random.Random) -> str:
    facts = random.Random(event)
    town, who, what, did = (facts.choice(words) for words in (TOWNS, WHO, WHAT, DID))
    cost, people = facts.randrange(2, 900), facts.randrange(30, 90_000)
    sentences = [
        f"{who} {did} the {what} of {town} on Monday.",
        f"The work on the {what} cost {cost} million dollars, the council of {town} said.",
        f"About {people} people in {town} are concerned by it.",
        f'"We have waited long for this {what}," {who} told reporters in {town}.',
    ]
    own = f"Our correspondent number {number % 5} was there."
    return "\n".join([*sentences[: chance.choice((3, 4, 4))], own])


def undisturbed(sent: Traffic) -> Stories:
    """The stories of a run without faults, in memory, through the real rooms."""
    from services.deduplication import worker as deduplication
    from services.extraction import worker as extraction
    from services.ingest import worker as ingest
    from services.language_detection import worker as language_detection

    stages = [ingest.build(), language_detection.build(), extraction.build()]
    bus = MemoryBus(stages, [deduplication.build()])
    for record in sent.records:
        bus.publish(record)
    return final_stories(bus.read("stories.v1"))


def final_stories(records: list[Record]) -> Stories:
    """The members of every story that stands, by the publishers' ids. Merged and retracted stories have none."""
    newest = {}
    for record in records:
        story = json.loads(record.value or b"{}")
        newest[story["story_id"]] = story
    standing = [story for story in newest.values() if story["state"] in ("open", "closed")]
    members = [frozenset(article["source_id"] for article in story["articles"]) for story in standing]
    return {" ".join(sorted(each)): each for each in members}
