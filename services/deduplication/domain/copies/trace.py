"""What is kept of an article to tell whose text it carries: a few hundred bytes to two kilobytes, never the text."""

from dataclasses import dataclass, replace
from hashlib import blake2b

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.credits import named, only_vague
from services.deduplication.domain.copies.cues import announces_correction
from services.deduplication.domain.copies.features import Features, Weight, opened_features, pack
from services.deduplication.domain.copies.sketch import Sketch, opened_sketch, sketch


@dataclass(frozen=True, slots=True)
class Trace:
    """The traces an article leaves: its words as a sketch, its features, where it stood, whom it credits."""

    article_id: str
    order: tuple[str, str, str]
    day: int
    language: str
    outlet: str | None
    places: tuple[int, ...]
    """Hashes of its source id and its url: one place holds versions of one article."""
    agencies: frozenset[str]
    vague: bool
    corrects: bool
    sketch: Sketch
    features: Features
    replaces: bool = False
    """Whether an earlier version of the same article stood before."""


def trace(article: Article, weight: Weight, *, replaces: bool = False) -> Trace:
    """Read an article's own sentences, so that boilerplate never makes a copy."""
    ends = (article.sentences[0], article.sentences[-1]) if article.sentences else ("", "")
    return Trace(
        article_id=article.article_id,
        order=article.order,
        day=article.published_day,
        language=article.language,
        outlet=article.outlet,
        places=_places(article),
        agencies=named(article.credits),
        vague=only_vague(article.credits),
        corrects=announces_correction(article.headline, *ends),
        sketch=sketch(article.text),
        features=pack(article.features, weight, frozenset(f"E:{agency}" for agency in article.credits)),
        replaces=replaces,
    )


def opened(found: Trace) -> Trace:
    """The same trace, read out once to be compared with many others; nobody keeps it."""
    return replace(found, sketch=opened_sketch(found.sketch), features=opened_features(found.features))


def _places(article: Article) -> tuple[int, ...]:
    places = {f"id {article.source_id}"} | ({f"url {article.url}"} if article.url else set())
    return tuple(sorted(_hash(place) for place in places))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
