"""The lineage book of the window: every article's traces, and who has his text from whom."""

from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import nlargest

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.dispatch import Dispatch, dispatches_of, lineage_in
from services.deduplication.domain.copies.features import Weight
from services.deduplication.domain.copies.groups import MOST_LINKS
from services.deduplication.domain.copies.index import MOST_COMPARED, MOST_POSTED, CopyIndex
from services.deduplication.domain.copies.lineage import ORIGINAL, SAME_EVENT_DAYS, Lineage, relate, revision
from services.deduplication.domain.copies.postings import Postings
from services.deduplication.domain.copies.trace import Trace, opened, trace

FEWEST_SHARED, SHARED_OF_POSTED = 3, 4
"""Two of one dispatch share at least a quarter of the features they are posted under."""

MOST_OF_A_FEATURE = 128
"""Articles looked at that have one feature in the days around."""
_DAY_BITS = 8
_DAYS = 1 << _DAY_BITS


class LineageBook:
    """Traces and lineages by article id. What it says is a function of the articles inside, not of their order."""

    def __init__(self, weight: Weight) -> None:
        self._weight = weight
        self._copies = CopyIndex()
        self._postings = Postings()
        self._traces: dict[int, Trace] = {}
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._earlier: dict[str, dict[str, Lineage]] = {}
        self._later: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._slots

    def add(self, article: Article) -> set[str]:
        """Enter an article, instead of its earlier version if there is one; ids of all whose lineage changed."""
        return self.put(trace(article, self._weight))

    def put(self, new: Trace) -> set[str]:
        """Enter an article whose trace is known, as from a snapshot."""
        changed, read = self.remove(new.article_id), opened(new)
        for slot in self._candidates(read):
            old = self._traces[slot]
            link = relate(read, old)
            if link is not None:
                self._note(new, old, link)
                changed.add(old.article_id)
        self._enter(new)
        for name in (new.article_id, *changed):
            self._prune(name)
        return changed

    def restore(self, traces: Iterable[Trace], links: Mapping[str, dict[str, Lineage]]) -> None:
        """Put a snapshot's traces and lineages in place of nothing; nothing is compared anew."""
        self._traces = dict(enumerate(traces))
        self._slots = {known.article_id: slot for slot, known in self._traces.items()}
        self._copies.restore((known.article_id, known.sketch) for known in self._traces.values())
        self._postings.fill((_keys(known), slot) for slot, known in self._traces.items())
        for later, earlier in links.items():
            self._earlier[later] = dict(earlier)
            for name in earlier:
                self._later.setdefault(name, set()).add(later)

    def traces(self) -> list[Trace]:
        """The traces of all articles, for a snapshot."""
        return [self.trace_of(name) for name in sorted(self._slots)]

    def trace_of(self, article_id: str) -> Trace:
        """The trace of an article that is inside."""
        return self._traces[self._slots[article_id]]

    def lineages(self) -> dict[str, dict[str, Lineage]]:
        """Every lineage as later article -> earlier article -> what the later is to it, for a snapshot."""
        return dict(sorted(self._earlier.items()))

    def remove(self, article_id: str) -> set[str]:
        """Take an article out; ids of all whose lineage changed."""
        slot = self._slots.pop(article_id, None)
        if slot is None:
            return set()
        self._free.append(slot)
        self._copies.remove(article_id)
        self._postings.remove(_keys(self._traces.pop(slot)), slot)
        return self._forget(article_id)

    def dispatches(self, article_ids: Iterable[str]) -> tuple[Dispatch, ...]:
        """The dispatches of a story, given the ids of its articles."""
        return dispatches_of((self._traces[self._slots[name]] for name in article_ids), self._earlier)

    def lineage(self, dispatch: Dispatch, article_id: str) -> Lineage:
        """What an article is inside its dispatch."""
        found = lineage_in(dispatch, article_id, self._earlier)
        return revision(self._traces[self._slots[article_id]]) if found == ORIGINAL else found

    def links(self) -> int:
        """How many lineages are kept."""
        return sum(map(len, self._earlier.values()))

    def related(self, article_id: str) -> set[str]:
        """Ids of all that have their text from this article or the other way round."""
        return set(self._earlier.get(article_id, ())) | self._later.get(article_id, set())

    def _enter(self, new: Trace) -> None:
        slot = self._free.pop() if self._free else len(self._traces)
        self._traces[slot], self._slots[new.article_id] = new, slot
        self._copies.add(new.article_id, new.sketch)
        self._postings.add(_keys(new), slot)

    def _candidates(self, new: Trace) -> set[int]:
        by_words = {self._slots[name] for name in self._copies.candidates(new.sketch)}
        by_place = {slot for key in _place_keys(new) for slot in self._postings.slots(key, key, MOST_POSTED)}
        return by_words | by_place | self._by_features(new)

    def _by_features(self, new: Trace) -> set[int]:
        found = [slot for first, last in _asked(new) for slot in self._postings.slots(first, last, MOST_OF_A_FEATURE)]
        posted, counts = new.features.posted(), Counter(found)
        several = [slot for slot, shared in counts.items() if shared >= FEWEST_SHARED]
        likely = [slot for slot in several if counts[slot] * SHARED_OF_POSTED >= min(posted, self._posted(slot))]
        return set(nlargest(MOST_COMPARED, likely, key=counts.__getitem__))

    def _posted(self, slot: int) -> int:
        return self._traces[slot].features.posted()

    def _note(self, new: Trace, old: Trace, link: Lineage) -> None:
        earlier, later = sorted((new, old), key=lambda item: item.order)
        self._earlier.setdefault(later.article_id, {})[earlier.article_id] = link
        self._later.setdefault(earlier.article_id, set()).add(later.article_id)

    def _prune(self, article_id: str) -> None:
        """Give up the weakest links beyond what is kept; of equally strong ones those to the latest articles."""
        links = self._earlier.get(article_id, {})
        if len(links) > MOST_LINKS:
            by_age = sorted(links, key=lambda name: self._traces[self._slots[name]].order)
            for name in sorted(by_age, key=lambda name: -links[name].strength)[MOST_LINKS:]:
                self._drop(article_id, name)

    def _forget(self, article_id: str) -> set[str]:
        before, after = set(self._earlier.get(article_id, ())), set(self._later.get(article_id, ()))
        for name in before:
            self._drop(article_id, name)
        for name in after:
            self._drop(name, article_id)
        return before | after

    def _drop(self, later: str, earlier: str) -> None:
        del self._earlier[later][earlier]
        self._later[earlier].discard(later)
        if not self._earlier[later]:
            del self._earlier[later]
        if not self._later[earlier]:
            del self._later[earlier]


def _keys(item: Trace) -> set[int]:
    return {_key(feature, item.day) for feature in item.features.heaviest()} | set(_place_keys(item))


def _key(feature: int, day: int) -> int:
    """Feature first, so that its days stand side by side."""
    return feature >> _DAY_BITS << _DAY_BITS | day % _DAYS


def _asked(item: Trace) -> list[tuple[int, int]]:
    """First and last key of each feature in the days around; two stretches where the count of days begins anew."""
    first, last = item.day - SAME_EVENT_DAYS, item.day + SAME_EVENT_DAYS
    features = item.features.heaviest()
    if first % _DAYS <= last % _DAYS:
        return [(_key(feature, first), _key(feature, last)) for feature in features]
    before = [(_key(feature, first), _key(feature, -1)) for feature in features]
    return before + [(_key(feature, 0), _key(feature, last)) for feature in features]


def _place_keys(item: Trace) -> list[int]:
    return [place & 0xFFFFFFFF for place in item.places]
