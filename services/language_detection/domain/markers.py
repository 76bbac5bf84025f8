"""Find the forms of a marker pack in a text, and add up what they say.

A form is found however its words are joined: spaced, with ZWNJ, or glued («به حیث», «بهحیث»); the longest form wins.
Repeating a form adds little (it is one habit of one hand), and every group of forms has a cap.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.language_detection.domain.tokens import skeleton
from services.language_detection.domain.values import Marker, Token, VarietyPack

_SUFFIXES = ("", "ی", "یی", "ئی", "ها", "های", "هایی", "هایش", "هایشان", "هایمان")
_LONGEST = 4  # words in a form
_SPLIT_LETTERS = 6  # a one-word form this long is also found when a stray space splits it («با شنده»)
_REPEAT = 0.25
_REPEATS = 2
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forms:
    """A pack's forms made ready: skeleton -> marker, word ending -> marker, and every beginning of a joined form."""

    whole: Mapping[str, Marker]
    endings: Mapping[str, Marker]
    beginnings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """One marker and the raw places where it stands."""

    marker: Marker
    places: tuple[Place, ...]

    @property
    def weight(self) -> float:
        """The marker's weight, a little more when it is repeated."""
        return self.marker.weight * (1 + _REPEAT * min(len(self.places) - 1, _REPEATS))


def expand(markers: Iterable[Marker]) -> Forms:
    """Lookup tables of a pack. `*` takes suffixes, a leading `-` is an ending. Exact forms beat suffixed ones."""
    whole: dict[str, Marker] = {}
    endings: dict[str, Marker] = {}
    suffixed: dict[str, Marker] = {}
    beginnings: set[str] = set()
    for marker in markers:
        if marker.form.startswith("-"):
            endings[skeleton(marker.form[1:])] = marker
            continue
        stem = skeleton(marker.form.removesuffix("*"))
        whole[stem] = marker
        if marker.form.endswith("*"):
            suffixed |= {stem + suffix: marker for suffix in _SUFFIXES}
        if " " in marker.form or len(stem) >= _SPLIT_LETTERS:
            beginnings.update(stem[:end] for end in range(1, len(stem) + 1))
    return Forms(suffixed | whole, endings, frozenset(beginnings))


def endings_of(form: str, endings: Mapping[str, Marker]) -> tuple[Marker, ...]:
    """The markers that are endings of this word."""
    return tuple(marker for ending, marker in endings.items() if form.endswith(ending) and len(form) > len(ending) + 1)


def whole_of(form: str, whole: Mapping[str, Marker]) -> Marker | None:
    """The marker this word is, ezafe on a silent h read through."""
    marker = whole.get(form)
    if marker is None and form.endswith("ۀ"):
        marker = whole.get(form[:-1] + "ه")
    return marker


def find(text: str, offset: int, words: Sequence[Token], pack: VarietyPack) -> list[Hit]:
    """Every marker of `pack` in `words`, which were cut from `text` at `offset`. Linear in the words."""
    places: dict[Marker, list[Place]] = defaultdict(list)
    skip = 0
    facts_of = pack.words
    for index, (form, start, end) in enumerate(words):
        facts = facts_of[form]
        for ending in facts.endings:
            places[ending].append((start, end))
        if index < skip:
            continue
        marker, last = facts.marker, index
        if facts.begins:
            longer = _joined_at(text, offset, words, index, pack)
            if longer is not None:
                marker, last = longer
        if marker is not None:
            places[marker].append((start, words[last].end))
            skip = last + 1
    return [Hit(marker, tuple(found)) for marker, found in places.items()]


def _joined_at(
    text: str, offset: int, words: Sequence[Token], index: int, pack: VarietyPack
) -> tuple[Marker, int] | None:
    """The longest form of several words that begins here, and its last word."""
    so_far, best = words[index].form, None
    for last in range(index + 1, min(index + _LONGEST, len(words))):
        so_far += words[last].form
        marker = pack.joined.get(so_far)
        if marker is not None and (" " in marker.form or len(so_far) >= _SPLIT_LETTERS):
            if not _side_by_side(text, offset, words, index, last):
                break
            best = marker, last
        if so_far not in pack.beginnings:
            break
    return best


def _side_by_side(text: str, offset: int, words: Sequence[Token], first: int, last: int) -> bool:
    for left in range(first, last):
        gap = text[words[left].end - offset : words[left + 1].start - offset]
        if len(gap) > 3 or gap.strip(" \u00a0\u200c\u200f\u200e-") != "":
            return False
    return True


def merge(hits: Iterable[Hit]) -> list[Hit]:
    """One hit per marker, its places added up over paragraphs."""
    places: dict[Marker, tuple[Place, ...]] = {}
    for hit in hits:
        places[hit.marker] = places.get(hit.marker, ())[: _REPEATS + 1] + hit.places[: _REPEATS + 1]
    return [Hit(marker, found) for marker, found in places.items()]


def totals(hits: Iterable[Hit], caps: Mapping[str, float]) -> dict[str, float]:
    """What the hits say for each variety, every group held under its cap."""
    groups: dict[tuple[str, str], float] = defaultdict(float)
    for hit in hits:
        groups[hit.marker.says, hit.marker.group] += hit.weight
    sums: dict[str, float] = defaultdict(float)
    for (says, group), weight in groups.items():
        sums[says] += min(weight, caps.get(group, weight))
    return dict(sums)
