"""Words by which an outlet says that it corrects itself."""

import re

from services.shared.text.fold import Level, fold_text

_ANNOUNCED = {
    "eng": ("correction", "corrections", "corrected", "corrects", "clarification", "erratum", "corrigendum"),
    "fra": ("rectificatif", "rectification", "correction", "erratum", "corrige"),
    "ukr": ("уточнення", "виправлення", "виправлено", "уточнено", "спростування"),
    "rus": ("уточнение", "исправление", "исправлено", "уточнено", "поправка", "опровержение"),
    "arb": ("تصحيح", "تصحيح خبر", "تصويب", "استدراك"),
    "pes": ("تصحیح", "تصحیح خبر", "اصلاحیه", "اصلاح خبر"),
    "prs": ("تصحیح", "تصحیح خبر", "اصلاحیه"),
}
"""Count where a line begins or ends with them, set off by a sign: "CORRECTION: ...", "... (corrected)"."""
_EXPLAINED = {
    "eng": (
        "an earlier version of this",
        "a previous version of this",
        "has been corrected",
        "has been updated to cor",
    ),
    "fra": ("une version precedente de cet", "cet article a ete corrige"),
    "ukr": ("у попередній версії", "у попередній редакції"),
    "rus": ("в предыдущей версии", "в предыдущей редакции"),
    "arb": ("في نسخة سابقة من", "جرى تصحيح", "تم تصحيح"),
    "pes": ("در نسخه قبلی این", "در نسخه پیشین این", "این خبر اصلاح شد"),
    "prs": ("در نسخه قبلی این", "این خبر تصحیح شد"),
}
"""Count anywhere in the first or the last sentence."""
_MOST = 400


def _any_of(forms: dict[str, tuple[str, ...]]) -> str:
    folded = {fold_text(form, Level.MATCH) for of_language in forms.values() for form in of_language}
    return "|".join(re.escape(form) for form in sorted(folded, key=lambda form: (-len(form), form)))


_BEGINS = re.compile(rf"\W{{0,4}}(?:{_any_of(_ANNOUNCED)})\s?[^\w\s]")
_ENDS = re.compile(rf"[^\w\s]\s?(?:{_any_of(_ANNOUNCED)})\W{{0,4}}$")
_EXPLAINS = re.compile(_any_of(_EXPLAINED))


def announces_correction(headline: str, first_sentence: str = "", last_sentence: str = "") -> bool:
    """Whether a headline, or the line above or below the text, says that this corrects what was published."""
    title, *sentences = (
        fold_text(_ends_of(text), Level.MATCH).strip() for text in (headline, first_sentence, last_sentence)
    )
    said = any(_BEGINS.match(text) for text in (title, *sentences)) or bool(_ENDS.search(title))
    return said or any(_EXPLAINS.search(text) for text in sentences)


def _ends_of(text: str) -> str:
    """The beginning and the end of an endless line."""
    return text if len(text) <= 2 * _MOST else f"{text[:_MOST]} {text[-_MOST:]}"
