"""What an article costs in every room, in processor seconds and in units of work measured in the same run."""

import hashlib
import time
from dataclasses import dataclass, field
from functools import cache

from contracts.messages.raw_article import RawArticleV1
from contracts.messages.story import StoryRecord
from contracts.topics import RAW
from services.shared.runtime.garbage import spare_what_is_loaded
from services.shared.runtime.stage import Outgoing, Record, Stage, decide
from services.shared.runtime.stateful_stage import StatefulStage, advance
from tests.helpers.bus import START

# On the machine the limit was set on, a unit takes 10 ms: a second is 100 units, however fast the machine is.
UNITS_A_SECOND = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds by room, and where the article ended: put aside for a reason, or in a story."""

    seconds: dict[str, float] = field(default_factory=dict)
    reason: str | None = None
    in_story: bool = False

    @property
    def dearest(self) -> float:
        """The seconds of the room that took longest."""
        return max(self.seconds.values())


@cache
def rooms() -> tuple[list[Stage], StatefulStage]:
    """The real rooms, loaded once and warm."""
    from services.deduplication import worker as deduplication
    from services.extraction import worker as extraction
    from services.ingest import worker as ingest
    from services.language_detection import worker as language_detection

    loaded = [ingest.build(), language_detection.build(), extraction.build()], deduplication.build()
    spare_what_is_loaded()  # as every worker does
    for text in ("Mayor Ashe said “no” to 12 people.", "شهردار گفت که ۱۲ نفر آمدند.", "قال إن", "Мэр сказал", "a dit"):
        _through(RawArticleV1(id=text, body=text).model_dump_json().encode(), *loaded)
    return loaded


def cost(value: bytes) -> Cost:
    """What one raw record costs in each room it reaches."""
    return _through(value, *rooms())


def entrance(value: bytes) -> Outgoing:
    """What ingest makes of one raw record."""
    return decide(rooms()[0][0], Record(RAW.name, 0, 0, b"k", value, (), START), START)


def unit() -> float:
    """Processor seconds of one unit of work of the kind the rooms do: hashing, slicing, dictionaries, patterns."""
    return min(_unit() for _ in range(5))


def _unit() -> float:
    begun = time.process_time()
    text = "one hundred and 27 countries said «no» on Monday. " * 40
    seen: dict[str, int] = {}
    for turn in range(110):
        for place in range(0, len(text), 3):
            piece = text[place : place + 9]
            seen[piece] = seen.get(piece, 0) + turn
        hashlib.sha256(text.encode()).hexdigest()
    return time.process_time() - begun


def _through(value: bytes, stages: list[Stage], stories: StatefulStage) -> Cost:
    seconds: dict[str, float] = {}
    record = Record(RAW.name, 0, 0, b"k", value, (), START)
    for stage in stages:
        begun = time.process_time()
        outgoing = decide(stage, record, START)
        seconds[stage.name] = time.process_time() - begun
        if outgoing.reason is not None:
            return Cost(seconds, str(outgoing.reason))
        record = _record(outgoing)
    state = stories.fresh()
    begun = time.process_time()
    step = advance(stories, state, record, START)
    seconds[stories.name] = time.process_time() - begun
    told = [each.message.read() for each in step.outgoing if isinstance(each.message, StoryRecord)]
    return Cost(seconds, str(step.outgoing[0].reason) if step.rejected else None, any(each.articles for each in told))


def _record(outgoing: Outgoing) -> Record:
    return Record(outgoing.topic, 0, 0, outgoing.key, outgoing.value, tuple(outgoing.headers), START)
