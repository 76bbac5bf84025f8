"""The index of all texts inside the window: which of them could share their words with a new one."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import nlargest

from services.deduplication.domain.copies.overlap import Overlap, overlap
from services.deduplication.domain.copies.postings import Postings
from services.deduplication.domain.copies.rules import are_copies
from services.deduplication.domain.copies.sketch import ALL_HASHES, Sketch

FEWEST_KEYS, MOST_KEYS, ONE_KEY_IN = 16, 160, 6
"""A text is posted under its smallest hashes: a sixth of them, enough for short texts, bounded for long ones."""
MOST_POSTED = 256
"""Of a phrase that very many texts share only so many are looked at, so that cost stays flat."""
MOST_COMPARED, MOST_OF_ONE_TEXT = 64, 64
"""Of the texts that share most with a new one, and of the articles with one text, so many are compared."""
LOWEST_ESTIMATE = 0.2
"""Candidates whose shared keys suggest less containment are not compared."""


@dataclass(slots=True)
class _Text:
    """One distinct text and everybody who carries it word for word."""

    sketch: Sketch
    key_limit: int
    members: list[str] = field(default_factory=list)


class CopyIndex:
    """Sketches by article id. Its answers depend on which articles are inside, not on the order they came in."""

    def __init__(self) -> None:
        self._postings = Postings()
        self._texts: dict[int, _Text] = {}
        self._slot_of: dict[str, int] = {}
        self._same_text: dict[bytes, int] = {}
        self._free: list[int] = []
        self._slots = 0

    def __len__(self) -> int:
        return len(self._slot_of)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._slot_of

    def add(self, article_id: str, text: Sketch) -> None:
        """Put an article in; one that is inside already is replaced."""
        self.remove(article_id)
        digest = _digest(text)
        slot = self._same_text.get(digest)
        if slot is None:
            slot = self._post(text)
            self._same_text[digest] = slot
        self._slot_of[article_id] = slot
        insort(self._texts[slot].members, article_id)

    def restore(self, texts: Iterable[tuple[str, Sketch]]) -> None:
        """Put many articles into an empty index at once."""
        for article_id, text in texts:
            digest = _digest(text)
            slot = self._same_text.setdefault(digest, len(self._texts))
            if slot == len(self._texts):
                self._texts[slot] = _Text(text, _key_limit(text))
            self._slot_of[article_id] = slot
            self._texts[slot].members.append(article_id)
        self._slots = len(self._texts)
        for known in self._texts.values():
            known.members.sort()
        self._postings.fill((_keys(known.sketch), slot) for slot, known in self._texts.items())

    def remove(self, article_id: str) -> None:
        """Take an article out; one that is not inside is no error."""
        slot = self._slot_of.pop(article_id, None)
        if slot is None:
            return
        text = self._texts[slot]
        del text.members[bisect_left(text.members, article_id)]
        if not text.members:
            self._postings.remove(_keys(text.sketch), slot)
            del self._texts[slot], self._same_text[_digest(text.sketch)]
            self._free.append(slot)

    def distinct_texts(self) -> int:
        """How many different texts the articles inside have."""
        return len(self._texts)

    def sketch(self, article_id: str) -> Sketch:
        """The sketch of an article that is inside."""
        return self._texts[self._slot_of[article_id]].sketch

    def candidates(self, text: Sketch) -> tuple[str, ...]:
        """Ids of the articles that may share much of this text, sorted; of one text that very many print the first."""
        found = (member for slot in self._likely(text) for member in self._texts[slot].members[:MOST_OF_ONE_TEXT])
        return tuple(sorted(found))

    def overlaps(self, text: Sketch) -> dict[str, Overlap]:
        """Every article whose text is this one's copy as far as the words tell, with the comparison."""
        found: dict[str, Overlap] = {}
        for slot in self._likely(text):
            shared = overlap(text, self._texts[slot].sketch)
            if are_copies(shared):
                found.update(dict.fromkeys(self._texts[slot].members, shared))
        return dict(sorted(found.items()))

    def _post(self, text: Sketch) -> int:
        slot = self._free.pop() if self._free else self._slots
        self._slots = max(self._slots, slot + 1)
        self._texts[slot] = _Text(text, _key_limit(text))
        self._postings.add(_keys(text), slot)
        return slot

    def _likely(self, text: Sketch) -> list[int]:
        found = [slot for key in _keys(text) for slot in self._postings.slots(key, key, MOST_POSTED)]
        limit, counts = _key_limit(text), Counter(found)
        likely = [slot for slot, shared in counts.items() if self._enough(slot, shared, text, limit)]
        return likely if len(likely) <= MOST_COMPARED else nlargest(MOST_COMPARED, likely, key=counts.__getitem__)

    def _enough(self, slot: int, shared: int, text: Sketch, limit: int) -> bool:
        other = self._texts[slot]
        smaller = min(text.shingles, other.sketch.shingles)
        expected = smaller * min(limit, other.key_limit) / ALL_HASHES
        return shared >= LOWEST_ESTIMATE * expected


def _key_count(text: Sketch) -> int:
    return min(len(text.hashes), max(FEWEST_KEYS, min(MOST_KEYS, text.shingles // ONE_KEY_IN)))


def _keys(text: Sketch) -> list[int]:
    return list(text.hashes[: _key_count(text)])


def _key_limit(text: Sketch) -> int:
    count = _key_count(text)
    return text.hashes[count] if count < len(text.hashes) else text.limit


def _digest(text: Sketch) -> bytes:
    digest = blake2b(text.hashes.tobytes(), digest_size=8)
    digest.update(text.numbers.tobytes())
    digest.update(text.shingles.to_bytes(4, "little"))
    return digest.digest()
