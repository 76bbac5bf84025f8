"""The numbers of the grouping in one place. They were measured, see `services/decisions/stories.md`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StorySettings:
    """How features weigh, how time and place decide, and what bounds the work."""

    person: float = 1.2
    place: float = 1.0
    organisation: float = 1.0
    concept: float = 0.3
    number: float = 0.5
    day: float = 0.5
    skeleton: float = 0.2
    lead: float = 1.5
    rest: float = 0.65
    """How much counts what is named after the lead only."""
    lead_words: int = 90
    most_words: int = 400
    stem_share: float = 0.2
    stem_gain: float = 1.8
    thin_mass: float = 11.0
    """Feature mass below which the words of one script weigh more than the features."""
    evidence_mass: float = 4.0
    """Feature mass from which agreement begins to mean something."""
    publication_days: float = 3.0
    event_days: float = 4.0
    event_slack: float = 0.5
    event_doubt: float = 0.7
    """What is left of a match when the events lie far apart but one of the days is in doubt."""
    own_confidence: float = 0.5
    undated: float = 0.86
    window_days: int = 7
    other_weekday: float = 0.7
    """What is left when a text known by its weekday alone meets an event of another weekday."""
    place_share: float = 0.5
    place_mass: float = 12.0
    """A thin text tells less of where: the feature mass from which its places begin to count."""
    threshold: float = 0.15
    attach: float = 0.19
    """A small group joins a larger one when its nearest members are this alike, however many others are not."""
    attach_lead: float = 1.25
    """...and no other group comes near that."""
    attach_nearest: int = 3
    attach_size: int = 2
    attach_group: float = 0.30
    """A group that is not small joins one `attach_times` as large when its nearest members are this alike."""
    attach_times: int = 3
    edge: float = 0.08
    """Pairs below this are not remembered."""
    component_size: int = 150
    """A connected group larger than this is cut by a higher edge before it is clustered."""
    key_features: int = 24
    key_stems: int = 8
    retention_days: int = 14
    keep_articles: int = 20_000
    """Stories older than the retention are dropped only while more articles than this are held: a thin stream, or an
    archive fed in any order, loses nothing, and memory stays bounded all the same."""
    close_days: int = 7
