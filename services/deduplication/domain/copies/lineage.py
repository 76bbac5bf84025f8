"""How one article relates to an earlier one, with the evidence."""

from dataclasses import dataclass, field
from typing import Literal

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.alignment import Alignment, Weight, align
from services.deduplication.domain.copies.credits import agreement, named
from services.deduplication.domain.copies.cues import announces_correction
from services.deduplication.domain.copies.overlap import Overlap, overlap
from services.deduplication.domain.copies.rules import WORD_FOR_WORD, is_dispatch, is_translation, may_be_copies
from services.deduplication.domain.copies.sketch import Sketch, sketch

Relation = Literal["original", "copy_of", "version_of", "translation_of", "corrects", "same_dispatch"]
SAME_EVENT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Lineage:
    """What an article is to the article `to`, and why we think so."""

    relation: Relation
    to: str | None = None
    score: float | None = None
    evidence: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its sketch, made once."""

    article: Article
    sketch: Sketch

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies it credits by name."""
        return named(self.article.credits)


ORIGINAL = Lineage("original")


def read(article: Article) -> Read:
    """Sketch an article's own sentences, so that boilerplate never makes a copy."""
    return Read(article, sketch(article.text))


def relate(later: Read, earlier: Read, weight: Weight) -> Lineage | None:
    """What `later` is to `earlier`; None where neither words nor features say that it has its text from there."""
    if _same_source(later.article, earlier.article):
        return _version(later, earlier, "same_source")
    shared = overlap(later.sketch, earlier.sketch)
    agencies = agreement(later.agencies, earlier.agencies)
    if may_be_copies(shared) and (agencies != "different" or shared.containment >= WORD_FOR_WORD):
        return _copy(later, earlier, shared, agencies)
    if agencies == "different" or abs(later.article.published_day - earlier.article.published_day) > SAME_EVENT_DAYS:
        return None
    return _by_features(later, earlier, agencies, weight)


def _same_source(one: Article, other: Article) -> bool:
    same_url = one.url is not None and one.url == other.url
    return one.article_id == other.article_id or one.source_id == other.source_id or same_url


def _version(later: Read, earlier: Read, why: str) -> Lineage:
    shared = overlap(later.sketch, earlier.sketch)
    evidence: dict[str, float | str] = {"because": why, "containment": round(shared.containment, 3)}
    relation: Relation = "corrects" if _corrects(later.article, earlier.article) else "version_of"
    return Lineage(relation, earlier.article.article_id, 1.0, evidence)


def _corrects(later: Article, earlier: Article) -> bool:
    return _announces(later) and not _announces(earlier)


def _announces(article: Article) -> bool:
    first, last = (article.sentences[0], article.sentences[-1]) if article.sentences else ("", "")
    return announces_correction(article.headline, first, last)


def _copy(later: Read, earlier: Read, shared: Overlap, agencies: str) -> Lineage:
    evidence: dict[str, float | str] = {
        "containment": round(shared.containment, 3),
        "jaccard": round(shared.jaccard, 3),
        "credit": agencies,
    }
    return Lineage(
        _copy_relation(later.article, earlier.article), earlier.article.article_id, shared.containment, evidence
    )


def _copy_relation(later: Article, earlier: Article) -> Relation:
    if _corrects(later, earlier):
        return "corrects"
    same_outlet = later.outlet is not None and later.outlet == earlier.outlet
    return "version_of" if same_outlet else "copy_of"


def _by_features(later: Read, earlier: Read, agencies: str, weight: Weight) -> Lineage | None:
    aligned = align(later.article.features, earlier.article.features, weight)
    other_language = later.article.language != earlier.article.language
    if other_language and is_translation(aligned):
        return _feature_lineage("translation_of", earlier, aligned, agencies)
    if is_dispatch(aligned, same_credit=agencies == "same"):
        return _feature_lineage("same_dispatch", earlier, aligned, agencies)
    return None


def _feature_lineage(relation: Relation, earlier: Read, aligned: Alignment, agencies: str) -> Lineage:
    evidence: dict[str, float | str] = {
        "containment": round(aligned.containment, 3),
        "cover": round(aligned.cover, 3),
        "shared": aligned.shared,
        "sentences": aligned.sentences,
        "credit": agencies,
    }
    return Lineage(relation, earlier.article.article_id, aligned.cover, evidence)
