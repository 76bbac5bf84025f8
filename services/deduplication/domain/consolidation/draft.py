"""What composing a story leaves behind, so that the next arrival does only what is new.

A draft answers exactly what doing everything anew would: facts are taken over where the same articles still say the
same under the same dispatches, groups of statements are continued where the new ones stand last.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.deduplication.domain.consolidation.account import Statement
from services.deduplication.domain.consolidation.facts import Voiced, confirming, fact_of
from services.deduplication.domain.consolidation.story import Fact, FactState, Story
from services.deduplication.domain.consolidation.written import Written, WrittenFact, written_fact, written_story

_MOST_DRAFTS = 256
_MOST_SUPPORTS = 30_000
"""Drafts together hold so many supports of facts; of a large story that is a megabyte."""

Row = tuple[int, bool, str]


@dataclass(frozen=True, slots=True)
class _Made:
    """A fact, and the statements it was made of: while they are held their identity stands for them."""

    fact: Fact
    said: tuple[Statement, ...]


@dataclass(slots=True)
class _Grown:
    """Statements put in groups one after the other, and the groups."""

    rows: list[Row]
    said: list[Statement]
    groups: Any


@dataclass(slots=True)
class Draft:
    """One story as it was composed last. `story` is None where it has to be composed again."""

    story: Story | None = None
    _facts: dict[tuple[Any, ...], _Made] = field(default_factory=dict)
    _known: dict[tuple[Any, ...], _Made] = field(default_factory=dict)
    _grown: dict[tuple[str, str], _Grown] = field(default_factory=dict)
    _statements: dict[int, tuple[object, Statement]] = field(default_factory=dict)
    _told: dict[int, WrittenFact] = field(default_factory=dict)
    _written: Written | None = None

    def begin(self) -> None:
        """Compose anew: facts nobody asks for this time are given up."""
        self._known, self._facts, self._written = self._facts, {}, None

    def fact(
        self, kind: str, about: str, actor: str | None, group: Sequence[Voiced], state: FactState | None = None
    ) -> Fact:
        """The fact of these statements: the one made before where nothing about it is new."""
        sources = confirming(group)
        key = (kind, about, actor, state, sources, *map(_row, group))
        made = self._known.get(key)
        if made is None:
            fact = fact_of(kind, about, actor, group, state, sources)
            made = _Made(fact, tuple(voice.statement for voice in group))
        self._facts[key] = made
        return made.fact

    def statement(self, source: object, make: Callable[[], Statement]) -> Statement:
        """A statement read out of `source`, the same object every time."""
        known = self._statements.get(id(source))
        if known is None:
            known = self._statements[id(source)] = (source, make())
        return known[1]

    def grown(self, name: tuple[str, str], group: Sequence[Voiced], fresh: Callable[[], Any]) -> tuple[Any, int]:
        """Groups that the first so many of these statements were put in before, and how many; else new groups."""
        rows, said = [_row(voice) for voice in group], [voice.statement for voice in group]
        known = self._grown.get(name)
        if known is None or rows[: len(known.rows)] != known.rows:
            self._grown[name] = _Grown(rows, said, groups := fresh())
            return groups, 0
        done, known.rows, known.said = len(known.rows), rows, said
        return known.groups, done

    def written(self) -> Written:
        """The composed story as it goes out; facts that stayed are not written again."""
        assert self.story is not None
        if self._written is None:
            known, self._told = self._told, {}
            for fact in self.story.facts:
                self._told[id(fact)] = known.get(id(fact)) or written_fact(fact)
            self._written = written_story(self.story, list(self._told.values()))
        return self._written

    def supports(self) -> int:
        """How much it holds."""
        return sum(len(fact.supports) for fact in self.story.facts) if self.story else 0


def _row(voice: Voiced) -> Row:
    return (id(voice.statement), voice.withdrawn, voice.dispatch_id)


class Drafts:
    """The drafts of the stories composed last."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Draft] = OrderedDict()
        self._supports: dict[str, int] = {}
        self._total = 0

    def of(self, story_id: str, compose: Callable[[Draft], Story]) -> Draft:
        """The draft of a story, composed where anything about the story changed since."""
        draft = self._held.pop(story_id, None) or Draft()
        if draft.story is None:
            draft.begin()
            draft.story = compose(draft)
            self._weigh(story_id, draft.supports())
        self._held[story_id] = draft
        while len(self._held) > 1 and (len(self._held) > _MOST_DRAFTS or self._total > _MOST_SUPPORTS):
            self.drop(next(iter(self._held)))
        return draft

    def spoil(self, story_id: str) -> None:
        """Something about the story is new: compose it again when it is asked for."""
        draft = self._held.get(story_id)
        if draft is not None:
            draft.story = None

    def drop(self, story_id: str) -> None:
        """The story is over."""
        if self._held.pop(story_id, None) is not None:
            self._weigh(story_id, 0)

    def _weigh(self, story_id: str, supports: int) -> None:
        self._total += supports - self._supports.pop(story_id, 0)
        if supports:
            self._supports[story_id] = supports
