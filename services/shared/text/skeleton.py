"""A key that the spellings of one name share across scripts: classes of Latin, Cyrillic and Arabic consonants."""

from services.shared.text.fold import fold_text

_CLASSES = {
    "B": "bpبپбп", "F": "fvwفвф", "T": "tdطتدтдټډ", "K": "kgqxغکقгкхخحهһ", "S": "sczذثسزصظضсзц", "J": "jшжчщجچشژ",
    "M": "mмم", "N": "nнن", "L": "lлل", "R": "rрر",
}  # fmt: skip
_CLASS_OF = {letter: name for name, letters in _CLASSES.items() for letter in letters}
_PAIRS = "sch=ш sh=ш ch=ш kh=х zh=ж th=т ph=ф gh=г ck=к"
_DIGRAPHS = tuple(pair.split("=") for pair in _PAIRS.split())
_BREATH = "hهحһ"


def skeleton(name: str) -> str:
    """`Witkoff`, Віткофф, ویتکاف and ويتكوف all give FTKF; words are parted by a hyphen."""
    return "-".join(part for part in (_word(word) for word in fold_text(name).replace("-", " ").split()) if part)


def _word(word: str) -> str:
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    found: list[str] = []
    for at, letter in enumerate(word):
        if letter in "وw" and at > 0 and letter == "و":
            continue  # inside a word و is mostly a vowel
        name = "F" if letter == "و" else _CLASS_OF.get(letter)
        if name and letter not in _BREATH and (not found or found[-1] != name):
            found.append(name)
    return "".join(found)
