"""Languages as a page needs them: their direction, their BCP 47 tag, their name in the reader's language."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

_RIGHT_TO_LEFT = frozenset({
    "ar", "arb", "arz", "ary", "fa", "fas", "pes", "prs", "ps", "pbu", "pus", "ur", "urd", "ckb", "sd", "snd", "ug",
    "uig", "yi", "yid", "he", "heb", "dv", "div", "azb", "pnb", "ks", "kas",
})  # fmt: skip
_UNKNOWN = frozenset({"", "und", "mul", "zxx", "mis"})
# ISO 639-3, as dispatches and evidence name languages, to the tags that browsers and readers know.
_TAGS = {
    "eng": "en", "arb": "ar", "pes": "fa-IR", "prs": "fa-AF", "fas": "fa", "ukr": "uk", "rus": "ru", "fra": "fr",
    "pbu": "ps", "pus": "ps", "urd": "ur", "tur": "tr", "deu": "de", "spa": "es", "ita": "it", "pol": "pl",
}  # fmt: skip


def tag_of(language: str) -> str:
    """The BCP 47 tag of a tag or of an ISO 639-3 code."""
    return _TAGS.get(language, language)


def direction_of(language: str) -> str:
    """`rtl`, `ltr`, or `auto` where the language is not known: then the first strong character decides."""
    primary = language.replace("_", "-").split("-")[0].lower()
    if primary in _UNKNOWN:
        return "auto"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


def lang_attribute(language: str) -> str:
    """The value of a `lang` attribute; empty (unknown) where there is no honest tag."""
    tag = tag_of(language)
    well_formed = tag.isascii() and all(part.isalnum() and len(part) <= 8 for part in tag.split("-"))
    return tag if well_formed and tag not in _UNKNOWN - {"mul"} and tag != "mul" else ""


def distance(language: str, reader: str) -> int:
    """How far a text is from the reader's language: it, another variety of it, English, any other."""
    own = {"fa": "fa-IR"}.get(reader, reader)
    spoken = language.partition("-")[0]
    ranks = (language in (own, reader), spoken == reader.partition("-")[0], spoken == "en", True)
    return ranks.index(True)


@lru_cache(maxsize=512)
def language_name(language: str, reader: str) -> str:
    """The name of a language in the reader's language; the tag itself where nobody knows a name."""
    tag = tag_of(language)
    primary, *rest = tag.split("-")
    names = _locale(reader).languages
    whole = names.get("_".join([primary, *(part.upper() for part in rest)]))
    return whole or names.get(primary) or tag


@lru_cache(maxsize=8)
def _locale(reader: str) -> Locale:
    try:
        return Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
