"""Words by which an outlet says that it corrects itself."""

from services.deduplication.domain.copies.sketch import words

_CUES = {
    "eng": ("correction", "corrections", "corrected", "corrects", "clarification", "erratum", "corrigendum"),
    "fra": ("rectificatif", "rectification", "correction", "erratum", "precision", "mise au point"),
    "ukr": ("уточнення", "виправлення", "виправлено", "уточнено", "спростування"),
    "rus": ("уточнение", "исправление", "исправлено", "уточнено", "поправка", "опровержение"),
    "arb": ("تصحيح", "تصويب", "تصحيح خبر", "توضيح", "استدراك"),
    "pes": ("تصحیح", "اصلاحیه", "اصلاح خبر", "تصحیح خبر", "توضیح"),
    "prs": ("تصحیح", "اصلاحیه", "تصحیح خبر", "توضیح"),
}
_FORMS = frozenset(tuple(words(cue)) for forms in _CUES.values() for cue in forms)
_LONGEST = max(len(form) for form in _FORMS)
_FIRST_WORDS, _LAST_WORDS = 4, 3
"""A correction announces itself first or last in its headline ("CORRECTION: ...", "... (corrected)")."""


def announces_correction(headline: str, first_sentence: str = "", last_sentence: str = "") -> bool:
    """Whether a headline, or the line above or below the text, says that this corrects what was published."""
    title = words(headline[:1000])
    opening, closing = words(first_sentence[:200])[:_FIRST_WORDS], words(last_sentence[:200])[:_FIRST_WORDS]
    places = (title[:_FIRST_WORDS], title[-_LAST_WORDS:], opening[:1], opening[:2], closing[:1], closing[:2])
    return any(_has_cue(place) for place in places)


def _has_cue(found: list[str]) -> bool:
    return any(
        tuple(found[start : start + length]) in _FORMS
        for length in range(1, _LONGEST + 1)
        for start in range(len(found) - length + 1)
    )
