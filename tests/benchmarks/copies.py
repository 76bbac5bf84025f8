"""What copies cost: python -m tests.benchmarks.copies.

Signatures against rensa's MinHash on the same words; index and book at 1,000, 10,000 and 100,000 articles, as ratios to
1,000; bytes an article. Texts are made up: words drawn as they are in news, one article in five a changed copy.
"""

import gc
import random
import resource
import time
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from math import log
from pathlib import Path
from typing import TypeVar

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.book import LineageBook
from services.deduplication.domain.copies.index import CopyIndex
from services.deduplication.domain.copies.overlap import overlap
from services.deduplication.domain.copies.sketch import ALL_HASHES, Sketch, sketch, words
from services.deduplication.domain.copies.trace import Trace, trace

SIZES = (1_000, 10_000, 100_000)
WORDS_A_TEXT = 250
SENTENCES, FEATURES = 10, 5
PROBES = 300
T = TypeVar("T")


def main() -> None:
    """Print every figure."""
    signatures()
    comparing()
    growth()


def signatures() -> None:
    """Texts a second: our sketch, and rensa's signature with and without cutting the words."""
    texts = [_text(random.Random(number)) for number in range(400)]
    ours = _rate(sketch, texts)
    print(f"sketches a second             {ours:10.0f}")
    try:
        from rensa import RMinHash
    except ImportError:
        print("rensa is not installed: no comparison")
        return

    def minhash(text: str) -> None:
        found = words(text)
        made = RMinHash(num_perm=128, seed=7)
        made.update([" ".join(found[start : start + 5]) for start in range(len(found) - 4)])

    theirs = _rate(minhash, texts)
    print(f"rensa MinHash, words included {theirs:10.0f}   ours / rensa {ours / theirs:.2f}")


def comparing() -> None:
    """Comparisons a second."""
    made = list(islice(_sketches(random.Random(1)), 400))
    rate = _rate(lambda pair: overlap(*pair), list(pairwise(made)))
    print(f"comparisons a second          {rate:10.0f}")


def growth() -> None:
    """Microseconds an arrival and bytes an article as the window grows; words alone, and the whole book."""
    made = _traces(random.Random(1))
    for name, put, ask in (_index(), _book()):
        first, begun, inside = 0.0, _resident(), 0
        for size in SIZES:
            for item in islice(made, size - inside):
                put(item)
            inside, used = size, (_resident() - begun) / size
            took = _microseconds(ask, list(islice(made, PROBES)))
            inside += PROBES * (name == "book")
            first = first or took
            print(
                f"{name:6} {size:8} articles {took:8.0f} us a query {took / first:6.2f} x {used:6.0f} bytes an article"
            )


Work = Callable[[Trace], object]


def _index() -> tuple[str, Work, Work]:
    index = CopyIndex()
    return "index", lambda item: index.add(item.article_id, item.sketch), lambda item: index.candidates(item.sketch)


def _book() -> tuple[str, Work, Work]:
    book = LineageBook(_weight)
    return "book", book.put, book.put


def _resident() -> int:
    """Bytes of memory this process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _text(chance: random.Random) -> str:
    """Words of a vocabulary of 20,000, the common ones as common as in news."""
    return " ".join(f"w{int(20_000 ** chance.random())}" for _ in range(WORDS_A_TEXT))


def _sketches(chance: random.Random) -> Iterator[Sketch]:
    """Random sketches; one in five shares four fifths of a recent one."""
    recent: deque[array[int]] = deque(maxlen=500)
    while True:
        hashes = array("I", chance.randbytes(4 * WORDS_A_TEXT))
        if recent and chance.random() < 0.2:
            hashes = chance.choice(recent)[: WORDS_A_TEXT * 4 // 5] + hashes[: WORDS_A_TEXT // 5]
        recent.append(hashes)
        kept = array("I", sorted(set(hashes)))
        yield Sketch(len(kept), ALL_HASHES, kept, array("I", kept[:4]))


def _traces(chance: random.Random) -> Iterator[Trace]:
    """Articles of a week with ten sentences of five features, the common ones as common as in news."""
    for number, made in enumerate(_sketches(chance)):
        day = 740_000 + chance.randrange(7)
        yield replace(trace(_article(chance, number, day), _weight), sketch=made)


def _article(chance: random.Random, number: int, day: int) -> Article:
    name = f"{chance.getrandbits(64):016x}"
    features = tuple(tuple(f"E:{int(30_000 ** chance.random())}" for _ in range(FEATURES)) for _ in range(SENTENCES))
    return Article(
        article_id=name,
        version_id="1",
        source_id=f"https://outlet-{number % 300}.example/{name}",
        language="eng",
        published=str(day),
        received=str(number),
        published_day=day,
        outlet=f"outlet-{number % 300}",
        features=features,
    )


def _weight(feature: str) -> float:
    """The rarer the heavier, as inverse document frequencies are."""
    return 1.0 + log(int(feature[2:]))


def _rate(work: Callable[[T], object], items: list[T]) -> float:
    return 1e6 / _microseconds(work, items)


def _microseconds(work: Callable[[T], object], items: list[T]) -> float:
    begun = time.process_time()
    for item in items:
        work(item)
    return (time.process_time() - begun) / len(items) * 1e6


if __name__ == "__main__":
    main()
