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


@dataclass(frozen=True, slots=True)
class Hit:
    """One marker and the raw places where it stands."""

    marker: Marker
    places: tuple[tuple[int, int], ...]

    @property
    def weight(self) -> float:
        """The marker's weight, a little more when it is repeated."""
        return self.marker.weight * (1 + _REPEAT * min(len(self.places) - 1, _REPEATS))


def expand(markers: Iterable[Marker]) -> tuple[dict[str, Marker], dict[str, Marker]]:
    """Lookup tables of a pack: skeleton -> marker, and word ending -> marker. `*` takes suffixes, `-` is an ending."""
    whole: dict[str, Marker] = {}
    endings: dict[str, Marker] = {}
    for marker in markers:
        if marker.form.startswith("-"):
            endings[skeleton(marker.form[1:])] = marker
        elif marker.form.endswith("*"):
            stem = skeleton(marker.form[:-1])
            for suffix in _SUFFIXES:
                whole.setdefault(stem + suffix, marker)
        else:
            whole[skeleton(marker.form)] = marker
    return whole, endings


def find(text: str, offset: int, words: Sequence[Token], pack: VarietyPack) -> list[Hit]:
    """Every marker of `pack` in `words`, which were cut from `text` at `offset`. Linear in the words."""
    places: dict[Marker, list[tuple[int, int]]] = defaultdict(list)
    endings = sorted({len(ending) for ending in pack.endings})
    index = 0
    while index < len(words):
        marker, taken = _longest_at(text, offset, words, index, pack.markers)
        if marker is not None:
            places[marker].append((words[index].start, words[index + taken - 1].end))
        for length in endings:
            ending = _ending(words[index].form, length, pack.endings)
            if ending is not None:
                places[ending].append((words[index].start, words[index].end))
        index += taken
    return [Hit(marker, tuple(found)) for marker, found in places.items()]


def _ending(form: str, length: int, endings: Mapping[str, Marker]) -> Marker | None:
    return endings.get(form[-length:]) if len(form) > length + 1 else None


def _longest_at(
    text: str, offset: int, words: Sequence[Token], index: int, markers: Mapping[str, Marker]
) -> tuple[Marker | None, int]:
    joined = words[index].form
    best, taken = _single(joined, markers), 1
    for extra in range(1, min(_LONGEST, len(words) - index)):
        joined += words[index + extra].form
        marker = markers.get(joined)
        if marker is not None and _may_join(marker, joined) and _side_by_side(text, offset, words, index, extra):
            best, taken = marker, extra + 1
    return best, taken


def _single(form: str, markers: Mapping[str, Marker]) -> Marker | None:
    marker = markers.get(form)
    if marker is None and form.endswith("ۀ"):
        marker = markers.get(form[:-1] + "ه")
    return marker


def _may_join(marker: Marker, joined: str) -> bool:
    return " " in marker.form or len(joined) >= _SPLIT_LETTERS


def _side_by_side(text: str, offset: int, words: Sequence[Token], index: int, extra: int) -> bool:
    for left in range(index, index + extra):
        gap = text[words[left].end - offset : words[left + 1].start - offset]
        if len(gap) > 3 or gap.strip(" \u00a0\u200c\u200f\u200e-") != "":
            return False
    return True


def merge(hits: Iterable[Hit]) -> list[Hit]:
    """One hit per marker, its places added up over paragraphs."""
    places: dict[Marker, tuple[tuple[int, int], ...]] = {}
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
