"""Write out the forms of a word: Slavic declensions, English and French plurals, Arabic duals, Persian endings."""

import re
from collections.abc import Iterator

from services.extraction.domain.quantities.lexicon import Row

_DECLENSIONS = {
    "rus": {
        "m": ",а,у,ом,е,ы,ов,ам,ами,ах",
        "f": "а,ы,е,у,ой,и,,ам,ами,ах",
        "k": ",а,у,ом,е,и,ов,ам,ами,ах",
        "ka": "а,и,е,у,ой,ам,ами,ах",
        "ia": "я,и,ю,ей,й,ям,ями,ях",
        "ie": "е,я,ю,ем,и,й,ям,ями,ях",
        "l": "ь,я,ю,ем,е,и,ей,ям,ями,ях",
        "s": "ь,и,ью,ей,ям,ями,ях",
        "o": "о,а,у,ом,е,,ам,ами,ах",
        "x": "а,ы,у,е,",
    },
    "ukr": {
        "m": ",а,у,ові,ом,і,и,ів,ам,ами,ах",
        "f": "а,и,і,у,ою,,ам,ами,ах",
        "k": ",а,у,ові,ом,и,ів,ам,ами,ах",
        "ka": "а,и,і,у,ою,ам,ами,ах",
        "ia": "я,ї,ю,єю,й,ям,ями,ях",
        "ie": "ня,ь,ню,ням,ні,нями,нях,нь",
        "l": "ь,я,ю,ем,і,ів,ям,ями,ях,еві",
        "s": "ь,і,ю,ей,ям,ями,ях",
        "o": "о,а,у,ом,і,,ам,ами,ах",
        "x": "а,і,у,и,ь",
    },
}
_PERSIAN = ("", "ها", "های", "هایی", "ی", "ای", "ان", "شان", "ند", "ش", "م")
_WRITTEN_OUT = re.compile(r"([^{}\s]*)\{([^}]*)\}")


def endings(form: str) -> Iterator[str]:
    """`год{,а,ы}` gives год, года, годы; two pairs of braces give every combination."""
    match = _WRITTEN_OUT.search(form)
    if not match:
        yield form
        return
    for ending in match[2].split(","):
        yield from endings(f"{form[: match.start()]}{match[1]}{ending.strip()}{form[match.end() :]}")


def units(language: str, cell: str) -> Iterator[tuple[str, str]]:
    """`(kind, form)` of every form of the nouns in a cell; kind is `unit`, or `dual` for an Arabic dual."""
    for noun in (part.strip() for part in cell.split("|")):
        if noun and not noun.endswith("?"):
            yield from _noun(language, noun)


def _noun(language: str, noun: str) -> Iterator[tuple[str, str]]:
    if language in _DECLENSIONS:
        yield from (("unit", form) for form in _declined(language, noun))
    elif language == "arb":
        yield from _arabic(noun)
    elif language == "fas":
        yield from (("unit", noun + ending) for ending in _PERSIAN)
    else:
        yield from (("unit", form) for form in _plurals(language, noun))


def _declined(language: str, noun: str) -> Iterator[str]:
    stem, mark, rest = noun.partition("~")
    if not mark:
        yield from endings(noun)
        return
    name, _, tail = rest.partition(" ")
    for ending in _DECLENSIONS[language][name].split(","):
        yield f"{stem}{ending} {tail}".strip()


def _plurals(language: str, noun: str) -> Iterator[str]:
    singular, slash, plural = noun.partition("/")
    yield singular if len(plural) != 1 else noun
    if slash and len(plural) > 2:
        yield plural
    elif slash:
        return  # km/h is no plural
    elif singular.endswith("y") and singular[-2] not in "aeou" and language == "eng":
        yield singular[:-1] + "ies"
    elif singular[-1].isalpha() and singular[-1] not in "sx":
        yield singular + "s"
        if language == "fra" and " " in singular:
            yield "s ".join(singular.split(" ", 1)) + "s"


def _arabic(noun: str) -> Iterator[tuple[str, str]]:
    forms = [form.replace("_", " ") for form in noun.split()]
    if len(forms) == 2:
        singular, plural = forms
        yield from (("unit", singular), ("unit", plural))
        if singular[-1] not in "ةءاى":
            yield "unit", singular + "ا"  # the accusative after 11 to 99
        stem = singular[:-1] + "ت" if singular.endswith("ة") else singular
        if plural != stem + "ان":  # بلدان are countries, not two
            yield "dual", stem + "ان"
        # the oblique dual of a sound masculine looks like its plural (مسؤولين), which counts nothing
        if plural != singular + "ين":
            yield "dual", stem + "ين"
        else:
            yield "unit", singular + "ون"
    else:
        yield "unit", noun.replace("_", " ")


_FRENCH = [
    "zero",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
_FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def number_words(language: str) -> Iterator[Row]:
    """French numbers below a hundred, which do not add up by simple rules; the other languages' are in their tables."""
    if language != "fra":
        return
    for value in range(100):
        if value != 1:
            for form in french(value):
                yield from (Row("number", str(value), spelt) for spelt in (form, form.replace("-", " ")))


def french(value: int) -> list[str]:
    """The spellings of a number below 100, feminine included (vingt et une)."""
    if value <= 16:
        return [_FRENCH[value]] + (["une"] if value == 1 else [])
    if value < 20:
        return [f"dix-{_FRENCH[value - 10]}"]
    tens = value // 10 * 10 if value // 10 not in (7, 9) else value // 10 * 10 - 10
    rest, name = value - tens, _FRENCH_TENS[tens]
    if rest == 0:
        return [name, name + "s"] if tens == 80 else [name]
    joined = [f"{name}-{one}" for one in french(rest)]
    return joined + ([f"{name} et {one}" for one in french(rest)] if rest in (1, 11) else [])
