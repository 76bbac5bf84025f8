"""Candidates by sets of bits are those that counting shared keys one by one finds, whoever comes and goes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.deduplication.domain.stories import candidates
from services.deduplication.domain.stories.bits import Tally, bits_of, highest
from services.deduplication.domain.stories.candidates import CandidateIndex
from services.deduplication.domain.stories.fingerprint import Fingerprint
from services.deduplication.domain.stories.vector import Vector, opened, unit
from services.deduplication.domain.stories.vector import dot as product

NOTHING: Vector = unit({})
DAYS = st.integers(740_000, 740_015)
KEYS = st.sets(st.integers(0, 30), max_size=20)


def printed(keys: set[int], day: int, known: bool) -> Fingerprint:
    """A fingerprint of which only keys and day matter."""
    return Fingerprint("", ("", ""), NOTHING, NOTHING, NOTHING, "", 1.0, day, known, day, known, known, 1.0,
                       tuple(sorted(keys)))  # fmt: skip


def one_by_one(own: Fingerprint, others: dict[int, Fingerprint]) -> list[int]:
    """The same question without an index: those that share most first, of equal ones the latest."""
    found = []
    for handle, other in others.items():
        shared = len(set(own.keys) & set(other.keys))
        near = own.adrift or other.adrift or abs(own.event_day - other.event_day) <= 9
        if near and shared >= max(1, min(len(own.keys), len(other.keys)) * 3 // 20):
            found.append((shared, handle))
    return [handle for _, handle in sorted(found, reverse=True)[: candidates.MOST_COMPARED]]


@st.composite
def newsrooms(draw: st.DrawFn) -> list[Fingerprint]:
    """Up to forty articles of few features, so that some features are common and kept as bits."""
    return [printed(draw(KEYS), draw(DAYS), draw(st.booleans())) for _ in range(draw(st.integers(1, 40)))]


@settings(max_examples=100, deadline=None)
@given(newsrooms(), st.sets(st.integers(0, 39)), st.integers(1, 50), st.integers(1, 6))
def test_an_index_finds_whom_counting_finds(
    arriving: list[Fingerprint], leaving: set[int], most: int, as_bits: int
) -> None:
    """After any comings and goings, with any bounds, and after a restart, the same articles in the same order."""
    with _bounds(most, as_bits):
        index, inside = CandidateIndex(), dict[int, Fingerprint]()
        for handle, found in enumerate(arriving):
            assert index.near(found) == one_by_one(found, inside)
            index.add(handle, found)
            inside[handle] = found
        for handle in leaving & inside.keys():
            index.remove(handle, inside.pop(handle))
        restored = CandidateIndex()
        restored.restore(inside)
        for found in arriving:
            assert index.near(found) == restored.near(found) == one_by_one(found, inside)


class _bounds:  # noqa: N801  (reads like a function)
    """Other bounds for a while."""

    def __init__(self, most: int, as_bits: int) -> None:
        self._names = {"MOST_COMPARED": most, "_FEWEST_AS_BITS": as_bits, "_SPARE": 0}
        self._old: dict[str, int] = {}

    def __enter__(self) -> None:
        self._old = {name: getattr(candidates, name) for name in self._names}
        vars(candidates).update(self._names)

    def __exit__(self, *_: object) -> None:
        vars(candidates).update(self._old)


@given(st.lists(st.sets(st.integers(0, 200)), max_size=12), st.dictionaries(st.integers(0, 200), st.integers(1, 9)))
def test_a_tally_counts(sets: list[set[int]], counts: dict[int, int]) -> None:
    """Members are counted as often as they stand in the sets, on top of what they began with."""
    tally = Tally(counts, 201)
    for members in sets:
        tally.add(bits_of(members, 201))
    for count in range(1, 22):
        expected = {m for m in range(201) if counts.get(m, 0) + sum(m in s for s in sets) == count}
        assert set(highest(tally.exactly(count, -1) if count <= tally.highest() else 0, 201)) == expected


@given(st.dictionaries(st.integers(0, 60), st.floats(0.01, 5)), st.dictionaries(st.integers(0, 60), st.floats(0.01, 5)))
def test_a_cosine_does_not_depend_on_how_it_is_added_up(left: dict[int, float], right: dict[int, float]) -> None:
    """Opened or not, whichever comes first, to the last bit the sum in the order of keys."""
    a, b = unit(left), unit(right)
    walked = 0.0
    weights = dict(b.items())
    for key, weight in a.items():
        if key in weights:
            walked += weight * weights[key]
    found = {product(a, b), product(b, a), product(opened(a), b), product(b, opened(a)), product(opened(a), opened(b))}
    assert found == {walked}
