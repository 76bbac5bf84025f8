"""The fingerprint of an article: what it is about, in numbers that are the same in every language."""

import math
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.deduplication.domain.stories.reading import Mark, Passage, Reading
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.domain.stories.stems import stems
from services.deduplication.domain.stories.vector import Vector, key_of, unit
from services.deduplication.domain.stories.weights import Weights

_NEAR_DAYS = 60  # a day further off is history, not the event


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """All that is compared. `mass` is the weight of the features before they were scaled: small for a thin text."""

    article_id: str
    order: tuple[str, str]
    features: Vector
    words: Vector
    places: Vector
    scripts: str
    mass: float
    day: int
    day_known: bool
    event_day: int
    event_known: bool
    event_sure: bool
    event_confidence: float
    keys: "array[int]"
    day_keys: "array[int]" = field(default_factory=lambda: array("I"))

    @property
    def undated(self) -> bool:
        """Neither published on a known day nor naming the day of its event."""
        return not self.day_known and not self.event_known

    @property
    def adrift(self) -> bool:
        """Undated, or with a weekday alone: under an assumed day of publication it may be any week's."""
        return not self.day_known and not (self.event_known and self.event_sure)


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the lead ends and where reading ends, as (part rank, offset)."""

    lead: tuple[int, int]
    end: tuple[int, int]


def fingerprint(reading: Reading, weights: Weights, settings: StorySettings) -> Fingerprint:
    """Weigh the marks and words of one article. Linear in the article."""
    extent = _extent(reading.passages, settings)
    marks = [mark for mark in _deciding(reading) if _at(mark.part, mark.start) <= extent.end]
    features = _weigh(marks, reading, weights, settings, extent)
    words, scripts = _words(reading, weights, extent)
    event_day, event_known, event_sure = _event_day(reading, marks, extent)
    return Fingerprint(
        article_id=reading.article_id,
        order=reading.order,
        features=unit({key_of(name): value for name, value in features.items()}),
        words=unit({key_of(name): value for name, value in words.items()}),
        places=_places(marks, reading, extent),
        scripts=scripts,
        mass=sum(features.values()),
        day=reading.published_day,
        day_known=reading.published_known,
        event_day=event_day,
        event_known=event_known,
        event_sure=event_sure,
        event_confidence=settings.own_confidence if reading.published_known else reading.event_confidence,
        keys=_keys(features, words, settings),
        day_keys=array("I", sorted(key_of(name) for name in features if name[0] in "DN")),
    )


def _at(part: str, start: int) -> tuple[int, int]:
    return (0 if part == "headline" else 1, start)


def _extent(passages: tuple[Passage, ...], settings: StorySettings) -> Extent:
    words, lead, end = 0, (1, -1), (1, -1)
    for passage in passages:
        if words >= settings.most_words:
            break
        end = _at(passage.part, passage.start + len(passage.text))
        if words < settings.lead_words:
            lead = end
        words += passage.text.count(" ") + 1
    return Extent(lead, end)


def _deciding(reading: Reading) -> list[Mark]:
    """The marks that stand inside a passage: what boilerplate and background name does not decide."""
    spans = sorted((*_at(p.part, p.start), p.start + len(p.text)) for p in reading.passages)
    starts = [(rank, start) for rank, start, _ in spans]
    inside = []
    for mark in reading.marks:
        where = bisect_right(starts, _at(mark.part, mark.start)) - 1
        if where >= 0 and spans[where][0] == _at(mark.part, 0)[0] and mark.start < spans[where][2]:
            inside.append(mark)
    return inside


def _weigh(
    marks: Iterable[Mark], reading: Reading, weights: Weights, settings: StorySettings, extent: Extent
) -> dict[str, float]:
    kinds = {"P": settings.person, "L": settings.place, "O": settings.organisation, "C": settings.concept,
             "N": settings.number, "D": settings.day, "X": settings.skeleton}  # fmt: skip
    counts: Counter[str] = Counter()
    lead: set[str] = set()
    for mark in marks:
        if mark.feature[0] == "D" and not _near(mark.feature, reading):
            continue
        name = one_state(mark.feature)
        counts[name] += 1
        if _at(mark.part, mark.start) <= extent.lead:
            lead.add(name)
    counts.update({"X:" + skeleton: 1 for skeleton in reading.skeletons})
    return {
        name: kinds.get(name[0], 0.0) * (settings.lead if name in lead else settings.rest) * (1 + math.log(count))
        * weights.feature(name)
        for name, count in sorted(counts.items())
    }  # fmt: skip


def one_state(feature: str) -> str:
    """A country, its people and its government are one to the fingerprint: languages choose differently among them."""
    for ending in ("_dem", "_government"):
        if feature.endswith(ending):
            return "L:" + feature[2 : -len(ending)]
    return feature


def _near(feature: str, reading: Reading) -> bool:
    if not reading.published_known:
        return True
    return abs(int(feature[2:]) - reading.published_day) <= _NEAR_DAYS


def _words(reading: Reading, weights: Weights, extent: Extent) -> tuple[dict[str, float], str]:
    counts: Counter[str] = Counter()
    for passage in reading.passages:
        if _at(passage.part, passage.start) >= extent.end:
            break
        for word, stem in stems(passage.text, reading.language):
            if len(stem) > 4 and word not in weights.stop:
                counts[stem] += 1
    scripts = "".join(sorted({stem[0] for stem in counts}))
    return {stem: (1 + math.log(count)) * weights.stem(stem) for stem, count in sorted(counts.items())}, scripts


def _places(marks: Iterable[Mark], reading: Reading, extent: Extent) -> Vector:
    counts = Counter(m.feature for m in marks if m.feature[0] == "L" and _at(m.part, m.start) <= extent.lead)
    if reading.event_place:
        counts["L:" + reading.event_place] += 1
    return unit({key_of(name): 1 + math.log(count) for name, count in counts.items()})


def _event_day(reading: Reading, marks: Iterable[Mark], extent: Extent) -> tuple[int, bool, bool]:
    """(day, known, sure). The day near publication that the lead names most; without a day of publication, what
    extraction made of the text."""
    if reading.event_day is not None and not reading.published_known:
        return reading.event_day, True, reading.event_sure
    votes: dict[int, float] = {}
    sure: dict[int, bool] = {}
    for mark in marks:
        if mark.feature[0] == "D" and abs(int(mark.feature[2:]) - reading.published_day) <= 7:
            day = int(mark.feature[2:])
            votes[day] = votes.get(day, 0.0) + (2.0 if _at(mark.part, mark.start) <= extent.lead else 1.0)
            sure[day] = sure.get(day, False) or mark.sure
    if not votes:
        return reading.published_day, False, reading.published_known
    day = max(votes, key=lambda d: (votes[d], -abs(d - reading.published_day), -d))
    return day, True, sure[day]


def _keys(features: dict[str, float], words: dict[str, float], settings: StorySettings) -> "array[int]":
    """The features and stems by which other articles find this one: its heaviest, days left out."""
    heavy = sorted((name for name in features if name[0] != "D"), key=lambda n: (-features[n], n))
    rare = sorted(words, key=lambda n: (-words[n], n))
    chosen = heavy[: settings.key_features] + rare[: settings.key_stems]
    return array("I", sorted({key_of(name) for name in chosen}))
