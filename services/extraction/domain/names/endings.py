"""How names bend: Arabic proclitics, Persian suffixes, Ukrainian and Russian cases, English and French plurals."""

from functools import cache

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ک", "ل")
PROCLITICS = frozenset(
    {c + p + a for c in _CONJUNCTIONS for p in _PREPOSITIONS for a in ("", "ال")}
    | {c + "لل" for c in _CONJUNCTIONS}
) - {"", "لال", "ولال", "فلال"}  # fmt: skip

PERSIAN = {
    "person": frozenset({"", "را", "یی", "ها", "است"}),
    "place": frozenset({"", "را", "ست", "است"}),
    "organisation": frozenset({"", "ی", "ها", "های", "را", "یی"}),
    "concept": frozenset({
        "", "ی", "ها", "های", "هایی", "ان", "یی", "ای", "ش", "اش", "شان", "هایش", "هایشان", "یها", "یهای", "ه",
    }),
}  # fmt: skip
PERSIAN_DEMONYM = frozenset({
    "ی", "یی", "یها", "ییها", "یان", "ییان", "یهای", "ییهای", "یهایی", "ای", "ایها", "ایهای", "یش",
})  # fmt: skip
ARABIC = {
    "person": frozenset({""}),
    "place": frozenset({""}),
    "organisation": frozenset({"", "ها", "ه", "هم"}),
    "concept": frozenset({"", "ا", "ها", "ه", "هم", "نا", "ات", "ین", "ون"}),
    "demonym": frozenset({"", "ه", "ون", "ین", "ا", "ان", "تین", "تان", "ات", "هم"}),
}
LATIN = {
    "person": frozenset({"", "s"}),
    "place": frozenset({""}),
    "organisation": frozenset({""}),
    "concept": frozenset({"", "s", "es", "x"}),
    "demonym": frozenset({"", "s", "e", "es", "ne", "nes"}),
}
_BESIDE = frozenset({"", "ی", "یی"})  # titles and roles: «وزیری», no plurals
_NOUN = (
    "а у ю я ові еві єві ом ем єм ою ею єю і ї и ы е є о ам ям ами ями ах ях ів їв ов ев ей ой ень ь й ии ий ию "
    "ией ією ії ію"
)
_ADJECTIVE = (
    "ий ій ый ой ого ього его ому ьому ему им ім ым ою ею ая яя ую юю ої ей еї і ї и ые ие их іх ых ими імі ыми "
    "ое ее е ом ем"
)
_TAILS = "ий ій ый ой ая яя ое ее ые ие а я о е є и і ї ы у ю ь й"
CYRILLIC = frozenset(_NOUN.split()) | frozenset(_ADJECTIVE.split()) | {""}
_VOWEL_TAILS = tuple(_TAILS.split())
_TURNS = "їв:єв ів:ев ів:ов іль:ол ім:ом ець:ц ец:ц ок:к ль:л"
_ALTERNATIONS = tuple(turn.split(":") for turn in _TURNS.split())
_SOFTENED = {"г": "з", "к": "ц", "х": "с"}


@cache
def stems(word: str) -> tuple[str, ...]:
    """The stems of a folded Ukrainian or Russian word: Київ -> київ, києв; Прага -> праг, праз; Кремль -> кремл."""
    found = [word]
    if len(word) > 3:
        for tail in ("я",) if word.endswith(("ия", "ія")) else _VOWEL_TAILS:
            if word.endswith(tail) and len(word) - len(tail) >= 3:
                found = [word[: -len(tail)]]
                break
    for old, new in _ALTERNATIONS:
        if word.endswith(old) and len(word) >= 4:
            found.append(word[: -len(old)] + new)
    if word[-1] in "ая" and found[0][-1] in _SOFTENED:
        found.append(found[0][:-1] + _SOFTENED[found[0][-1]])
    return tuple(dict.fromkeys(found))


def suffix_fits(language: str, kind: str, rest: str) -> bool:
    """Whether `rest` may follow a form of this language and kind inside one word."""
    if not rest:
        return True
    if language in ("ukr", "rus"):
        return rest in CYRILLIC
    table = {"fas": PERSIAN, "arb": ARABIC}.get(language, LATIN)
    return rest in (_BESIDE if ":" in kind or kind in ("title", "former") else table.get(kind, table["concept"]))


def without_article(word: str) -> str:
    """A folded Arabic word without its article, where something is left."""
    return word[2:] if word.startswith("ال") and len(word) >= 5 else word
