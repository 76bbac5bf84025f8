"""Write `words/cldr.tsv`: months, weekdays and signs of further languages, from Unicode CLDR by way of Babel.

Run `python -m services.extraction.packs.quantities.from_cldr` after an update of Babel; the file is committed.
"""

from collections.abc import Iterator
from pathlib import Path

from babel import Locale, localedata

_LOCALES = {
    **{"deu": "de", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "pol": "pl", "ces": "cs", "slk": "sk"},
    **{"ron": "ro", "bul": "bg", "srp": "sr", "hrv": "hr", "slv": "sl", "hun": "hu", "tur": "tr", "aze": "az"},
    **{"ell": "el", "swe": "sv", "dan": "da", "nob": "nb", "fin": "fi", "est": "et", "lav": "lv", "lit": "lt"},
    **{"bel": "be", "heb": "he", "hin": "hi", "urd": "ur", "ben": "bn", "uzb": "uz", "kaz": "kk", "ind": "id"},
    **{"pus": "ps", "ckb": "ckb", "kat": "ka", "hye": "hy", "sqi": "sq", "mkd": "mk", "cat": "ca", "vie": "vi"},
}
_SIGNS = [
    ("unit", "percent:percent", "%"),
    *((kind, f"money:{code}", sign) for kind in ("symbol", "unit") for code, sign in (("USD", "$"), ("EUR", "€"))),
]
_SHORTEST = 3
_JOINTS = {"spa": ("de", "del"), "por": ("de",), "cat": ("de", "d'")}


def rows() -> Iterator[tuple[str, str, str, str]]:
    """`(language, kind, value, form)`, each form once."""
    for language, code in sorted(_LOCALES.items()):
        seen: set[tuple[str, str]] = set()
        # Babel resolves a language's aliases inside the shared root data, so the next language sees its months
        localedata._cache.clear()
        for kind, value, form in (*_names(Locale.parse(code)), *_SIGNS, *_joints(language)):
            if (kind, form) not in seen:
                seen.add((kind, form))
                yield language, kind, value, form


def _names(locale: Locale) -> Iterator[tuple[str, str, str]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                if _usable(name):
                    yield "month", f"gregorian:{month}", name.rstrip(".")
        for weekday, name in locale.days[context]["wide"].items():
            if _usable(name):
                yield "weekday", str(weekday), name


def _usable(name: str) -> bool:
    return len(name.rstrip(".")) >= _SHORTEST and not name[0].isdigit()


def _joints(language: str) -> Iterator[tuple[str, str, str]]:
    for form in _JOINTS.get(language, ()):
        yield "day_of", "1", form
        yield "year_word", "1", form


def main() -> None:
    """Write the file beside this one."""
    lines = ["# language\tkind\tvalue\tform", *("\t".join(row) for row in rows())]
    (Path(__file__).parent / "words" / "cldr.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
