"""What must hold after any faults: nothing lost, nothing twice, no gap, the same stories."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from contracts import codec
from services.shared.runtime.stage import Record

Stories = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found; good where every breach is 0."""

    articles: int
    stories: int
    changes: int
    dead_letters: int
    repeated_dead_letters: int
    lost: int
    twice: int
    gaps: int
    repeats: int
    different_stories: int
    surprises: int = 0

    @property
    def breaches(self) -> int:
        """How much is wrong."""
        return self.lost + self.twice + self.gaps + self.repeats + self.different_stories + self.surprises


def final_stories(records: list[Record]) -> Stories:
    """The members of every story as its newest record tells them."""
    newest: dict[str, frozenset[str]] = {}
    for record in records:
        story = json.loads(record.value or b"{}")
        newest[story["story_id"]] = frozenset(story["changed"])
    return newest


def verify(
    expected: Stories,
    broken: frozenset[bytes],
    changes: list[Record],
    stories: list[Record],
    letters: list[Record],
    final_of: Callable[[list[Record]], Stories] = final_stories,
) -> Verdict:
    """Hold what a subscriber sees to the undisturbed run."""
    versions: dict[str, list[int]] = {}
    for record in changes:
        change = json.loads(record.value or b"{}")
        versions.setdefault(change["story_id"], []).append(change["version"])
    final = final_of(stories)
    members = Counter(article for each in final.values() for article in each)
    wanted = {article for each in expected.values() for article in each}
    places = Counter(_place(record) for record in letters)
    put_aside = {record.key for record in letters}
    return Verdict(
        articles=len(wanted),
        stories=len(expected),
        changes=len(changes),
        dead_letters=len(places),
        repeated_dead_letters=sum(places.values()) - len(places),
        lost=len(wanted - members.keys()) + len(broken - put_aside),
        twice=sum(count - 1 for count in members.values()),
        gaps=sum(max(seen) - len(set(seen)) for seen in versions.values()),
        repeats=sum(len(seen) - len(set(seen)) for seen in versions.values()),
        different_stories=sum(final.get(key) != each for key, each in expected.items())
        + len(final.keys() - expected.keys()),
    )


def _place(record: Record) -> tuple[str, int, int]:
    facts = codec.read_dead_letter_headers(record.headers)
    return facts.topic, facts.partition, facts.offset
