"""The article as deduplication sees it: small, language-independent where it can be, without boilerplate."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article. `features[i]` are the feature ids of `sentences[i]`, in text order.

    Feature ids are the same in every language: `E:zelensky` (entity), `C:security_guarantees` (concept), `N:27`
    (number), `D:2026-01-06` (day). Boilerplate, background and repeated sentences are left out before.
    """

    article_id: str
    version_id: str
    source_id: str
    language: str
    """ISO 639-3: pes, prs, fas, arb, eng, ukr, rus, fra, ..."""
    published: str
    """ISO 8601, as precise as it is known; comparable as text."""
    received: str
    """ISO 8601 UTC; only tells versions of one source apart, never decides a story."""
    published_day: int
    """Proleptic ordinal of the day of publication (`date.toordinal`)."""
    url: str | None = None
    outlet: str | None = None
    headline: str = ""
    sentences: tuple[str, ...] = ()
    features: tuple[tuple[str, ...], ...] = ()
    credits: tuple[str, ...] = ()
    """Agency ids credited by the text or the publisher: ap, reuters, afp, ..., `agencies` where unnamed."""

    @property
    def order(self) -> tuple[str, str, str]:
        """A total order that does not know when the article arrived: day first, then the ids."""
        return (self.published, self.article_id, self.version_id)

    @property
    def text(self) -> str:
        """The body's own sentences as one text."""
        return "\n".join(self.sentences)
