"""Who is named where in the article, ready to be looked up by place."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from services.extraction.domain.speech.lines import Line
from services.extraction.domain.speech.values import NOBODY, Speaker
from services.extraction.domain.values import Entity, Part, Span

_RANK = {"person": 0, "organisation": 1, "concept": 2, "place": 3}


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its entity, ready to be looked up by place."""

    start: int
    end: int
    entity: Entity
    via: str

    def speaker(self, part: Part) -> Speaker:
        """This mention as a speaker."""
        return Speaker(self.entity.id, self.entity.name, Span(part, self.start, self.end))


class Cast:
    """Every mention of the article, found by where it stands; the longest of several that begin alike."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_part: dict[Part, list[Named]] = {"headline": [], "body": []}
        for entity in entities:
            for mention in entity.mentions:
                span = mention.span
                self._by_part[span.part].append(Named(span.start, span.end, entity, mention.via))
        for named in self._by_part.values():
            named.sort(key=lambda one: (one.start, -one.end, _RANK[one.entity.type]))
        self._starts = {part: [one.start for one in named] for part, named in self._by_part.items()}

    def between(self, part: Part, start: int, end: int) -> list[Named]:
        """Mentions that lie between two raw offsets, outermost first; those inside a longer person or body drop out."""
        low, high = bisect_left(self._starts[part], start), bisect_left(self._starts[part], end)
        inside = [one for one in self._by_part[part][low:high] if one.end <= end]
        if len(inside) < 2:
            return inside
        return [one for one in inside if not any(_swallows(other, one) for other in inside[:40])]

    def topic(self, part: Part, start: int, end: int) -> bool:
        """Whether a stretch is the name of a topic."""
        low = bisect_left(self._starts[part], start)
        near = self._by_part[part][low : low + 8]
        return any(one.entity.type == "concept" and one.start == start and one.end == end for one in near)

    def exactly(self, part: Part, start: int, end: int) -> Named | None:
        """The mention that fills a stretch, give or take one character."""
        low = bisect_left(self._starts[part], start - 1)
        near = [one for one in self._by_part[part][low : low + 8] if one.entity.type != "concept"]
        return next((one for one in near if abs(one.start - start) <= 1 and abs(one.end - end) <= 1), None)


def _swallows(outer: Named, inner: Named) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end and outer.entity.type != "place"


def by_rank(one: Named) -> tuple[int, int]:
    """People before bodies before places, then as they stand."""
    return _RANK[one.entity.type], one.start


def topic_of(line: Line, cast: Cast) -> Speaker:
    """Whom a line is about: the first person it names, else nobody."""
    people = [one for one in cast.between(line.part, line.start, line.end) if one.entity.type == "person"]
    return people[0].speaker(line.part) if people else NOBODY
