"""How alike two articles are, and why: every match carries its parts."""

import math
from typing import NamedTuple

from services.deduplication.domain.stories.fingerprint import Fingerprint
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.domain.stories.vector import dot

WEEK = 7


class Match(NamedTuple):
    """`score` = (features and words) x publication x event x place, each between 0 and 1."""

    score: float
    features: float = 0.0
    words: float = 0.0
    publication: float = 1.0
    event: float = 1.0
    place: float = 1.0

    @property
    def parts(self) -> dict[str, float]:
        """The score and what it is made of, for people."""
        return {
            "score": round(self.score, 3), "features": round(self.features, 3), "words": round(self.words, 3),
            "publication": round(self.publication, 3), "event": round(self.event, 3), "place": round(self.place, 3),
        }  # fmt: skip


NO_MATCH = Match(0.0)


def compare(a: Fingerprint, b: Fingerprint, settings: StorySettings) -> Match:
    """The similarity of two articles; symmetric. No match where it cannot reach what is remembered, whatever the rest:
    most of those met are told by half of the comparison."""
    publication, event = publication_factor(a, b, settings), event_factor(a, b, settings)
    if publication * event < settings.edge:
        return NO_MATCH
    features, words = dot(a.features, b.features) * _evidence(min(a.mass, b.mass), settings), 0.0
    content = features
    share = _word_share(min(a.mass, b.mass), settings) if set(a.scripts) & set(b.scripts) else 0.0
    if ((1 - share) * features + share) * publication * event < settings.edge:
        return NO_MATCH
    if share:
        words = min(1.0, settings.stem_gain * dot(a.words, b.words))
        content = (1 - share) * features + share * words
    place = _place_factor(a, b, settings)
    return Match(content * publication * event * place, features, words, publication, event, place)


def _evidence(mass: float, settings: StorySettings) -> float:
    """One common name in a headline is hardly evidence, however well it agrees."""
    return 1 - math.exp(-mass / settings.evidence_mass)


def _word_share(mass: float, settings: StorySettings) -> float:
    """A text with hardly any features is known by its words."""
    return settings.stem_share + (1 - settings.stem_share) * math.exp(-mass / settings.thin_mass)


def publication_factor(a: Fingerprint, b: Fingerprint, settings: StorySettings) -> float:
    """Hardly fades within a day, quickly after two; an assumed day of publication says nothing."""
    if not (a.day_known and b.day_known):
        return 1.0
    gap = abs(a.day - b.day)
    return math.exp(-((gap / settings.publication_days) ** 2)) if gap <= settings.window_days else 0.0


def event_factor(a: Fingerprint, b: Fingerprint, settings: StorySettings) -> float:
    """Fades with the days between the events; a bare weekday under an assumed day may be a week off."""
    if a.undated or b.undated:
        return settings.undated
    if not (a.event_known or b.event_known):
        return 1.0
    gap = abs(a.event_day - b.event_day)
    if not (a.event_sure and b.event_sure):
        gap = min(gap, abs(gap - WEEK))
    faded = math.exp(-max(0.0, gap - settings.event_slack) / settings.event_days)
    if a.adrift != b.adrift:
        return max(faded, settings.undated * (1.0 if _weekdays_apart(a, b) <= 1 else settings.other_weekday))
    doubt = 1 - min(a.event_confidence, b.event_confidence)
    return max(faded, settings.event_doubt * doubt) if gap <= settings.window_days else faded


def _weekdays_apart(a: Fingerprint, b: Fingerprint) -> int:
    gap = abs(a.event_day - b.event_day) % WEEK
    return min(gap, WEEK - gap)


def _place_factor(a: Fingerprint, b: Fingerprint, settings: StorySettings) -> float:
    if not (a.places and b.places):
        return 1.0
    share = settings.place_share * (1 - math.exp(-min(a.mass, b.mass) / settings.place_mass))
    return 1 - share + share * min(1.0, 1.25 * dot(a.places, b.places))
