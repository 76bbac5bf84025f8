"""How one article relates to an earlier one, with the evidence."""

from dataclasses import dataclass, field
from typing import Literal

from services.deduplication.domain.copies.alignment import Alignment, align
from services.deduplication.domain.copies.credits import agreement
from services.deduplication.domain.copies.overlap import Overlap, overlap
from services.deduplication.domain.copies.rules import (
    LEAST_CONTAINMENT,
    SAME_TEXT,
    are_copies,
    is_dispatch,
    is_same_text,
    is_translation,
)
from services.deduplication.domain.copies.trace import Trace

Relation = Literal["original", "copy_of", "version_of", "translation_of", "corrects", "same_dispatch"]
PERSIAN = frozenset({"fas", "pes", "prs"})
SAME_EVENT_DAYS = 3
"""Without shared words a dispatch does not travel for a week."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What an article is to the article `to`, and why we think so."""

    relation: Relation
    to: str | None = None
    score: float | None = None
    evidence: dict[str, float | str] = field(default_factory=dict)

    @property
    def by_words(self) -> bool:
        """Whether the words or the address say so, not the features alone."""
        return "jaccard" in self.evidence or "because" in self.evidence

    @property
    def strength(self) -> float:
        """For choosing among lineages: words prove more than features, the whole text more than a part of it."""
        jaccard = self.evidence.get("jaccard", self.score or 0.0)
        return self.by_words + ((self.score or 0.0) + float(jaccard)) / 2

    @property
    def word_for_word(self) -> bool:
        """Whether no credit can make two dispatches of this."""
        return self.strength >= 1.0 + SAME_TEXT


ORIGINAL = Lineage("original")


def relate(one: Trace, other: Trace) -> Lineage | None:
    """What the later of two articles is to the earlier; None where nothing says that they share a text."""
    earlier, later = sorted((one, other), key=lambda item: item.order)
    if later.article_id == earlier.article_id or set(later.places) & set(earlier.places):
        return _version(later, earlier)
    shared = overlap(later.sketch, earlier.sketch)
    credit = agreement(later.agencies, earlier.agencies)
    if are_copies(shared, later.day - earlier.day) and (credit != "different" or is_same_text(shared)):
        return _copy(later, earlier, shared, credit)
    if credit == "different" or later.day - earlier.day > SAME_EVENT_DAYS:
        return None
    return _by_features(later, earlier, credit)


def revision(item: Trace) -> Lineage:
    """What an article that takes nothing from another is to its own earlier version."""
    if not item.replaces:
        return ORIGINAL
    relation: Relation = "corrects" if item.corrects else "version_of"
    return Lineage(relation, item.article_id, 1.0, {"because": "replaces"})


def _version(later: Trace, earlier: Trace) -> Lineage:
    relation: Relation = "corrects" if _corrects(later, earlier) else "version_of"
    return Lineage(relation, earlier.article_id, 1.0, {"because": "same_address"})


def _corrects(later: Trace, earlier: Trace) -> bool:
    return later.corrects and not earlier.corrects


def _copy(later: Trace, earlier: Trace, shared: Overlap, credit: str) -> Lineage:
    evidence: dict[str, float | str] = {
        "words": shared.smaller,
        "containment": round(shared.containment, 3),
        "jaccard": round(shared.jaccard, 3),
        "credit": credit,
    }
    return Lineage(_copy_relation(later, earlier), earlier.article_id, round(shared.containment, 3), evidence)


def _copy_relation(later: Trace, earlier: Trace) -> Relation:
    if _corrects(later, earlier):
        return "corrects"
    return "version_of" if later.outlet is not None and later.outlet == earlier.outlet else "copy_of"


def _by_features(later: Trace, earlier: Trace, credit: str) -> Lineage | None:
    aligned = align(later.features, earlier.features, least=LEAST_CONTAINMENT)
    same_credit = credit == "same"
    if _family(later) != _family(earlier) and is_translation(aligned, same_credit=same_credit):
        return _aligned("translation_of", earlier, aligned, credit)
    if is_dispatch(aligned, same_credit=same_credit):
        return _aligned("same_dispatch", earlier, aligned, credit)
    return None


def _family(item: Trace) -> str:
    """Between Persian and Dari nobody translates: the words stay."""
    return "fas" if item.language in PERSIAN else item.language


def _aligned(relation: Relation, earlier: Trace, aligned: Alignment, credit: str) -> Lineage:
    evidence: dict[str, float | str] = {
        "containment": round(aligned.containment, 3),
        "cover": round(aligned.cover, 3),
        "features": aligned.shared,
        "sentences": aligned.sentences,
        "credit": credit,
    }
    return Lineage(relation, earlier.article_id, round(aligned.cover, 3), evidence)
