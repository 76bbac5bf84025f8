"""Cost of the names at gazetteers of 1x, 10x and 100x: python -m tests.benchmarks.names.

The larger gazetteers hold invented people besides, with names of the same length in the same scripts.
"""

import random
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

from services.extraction.domain.names import Entry, Form, Gazetteer, build_gazetteer, find_entities
from services.extraction.domain.values import ArticleText
from services.extraction.packs.gazetteer import read_pack
from tests.unit.extraction.names_samples import article

LETTERS = {
    "eng": "abcdefghiklmnoprstuvwz",
    "fra": "abcdefghiklmnoprstuvwz",
    "ukr": "абвгдежзиклмнопрстуфх",
    "rus": "абвгдежзиклмнопрстуфх",
    "arb": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "fas": "ابپتثجچحخدذرزژسشعغفقکگلمنوهی",
}
SENTENCES = {
    "ukr": "Президент України зустрівся з Еммануелем Макроном у Парижі, де говорили про гарантії безпеки та мир. ",
    "arb": "وقال الرئيس الأوكراني إن باريس ولندن ستدعمان الضمانات الأمنية، وأضاف ماكرون أن الولايات المتحدة توافق. ",
    "pes": "نخست‌وزیر بریتانیا در پاریس گفت که تضمین‌های امنیتی برای اوکراین با حمایت آمریکا روشن شده است. ",
    "eng": "The French president told reporters in Paris that the security guarantees had the support of Washington. ",
}


def invented(entries: list[Entry], times: int) -> Iterator[Entry]:
    """The entries, and `times - 1` invented ones for each."""
    dice = random.Random(7)
    for entry in entries:
        yield entry
        for copy in range(times - 1):
            forms = tuple(Form(_scrambled(form, dice), form.language) for form in entry.forms)
            yield replace(entry, id=f"{entry.id}~{copy}", forms=forms)


def _scrambled(form: Form, dice: random.Random) -> str:
    letters = LETTERS[form.language]
    return "".join(dice.choice(letters) if char.isalpha() else char for char in form.text.lower()).title()


def articles(length: int = 3_000) -> list[ArticleText]:
    """One article of about `length` characters for each language."""
    return [article(text * (length // len(text)), language) for language, text in SENTENCES.items()]


def milliseconds(gazetteer: Gazetteer, texts: list[ArticleText], rounds: int = 10) -> float:
    """Processor time of one article."""
    for text in texts:
        find_entities(text, gazetteer, "2026-01-06")
    start = time.process_time()
    for _ in range(rounds):
        for text in texts:
            find_entities(text, gazetteer, "2026-01-06")
    return 1000 * (time.process_time() - start) / (rounds * len(texts))


def main() -> None:
    """Print entries, load time, memory and time an article, and the ratios to 1x."""
    start = time.process_time()
    entries, lexicon = read_pack()
    read, texts, first = time.process_time() - start, articles(), 0.0
    size = sum(len(text.parts[0].raw) for text in texts) // len(texts)
    print(f"reading the files {read * 1000:.0f} ms; articles of {size} characters")
    for times in (1, 10, 100):
        start = time.process_time()
        gazetteer = build_gazetteer(invented(entries, times), lexicon)
        build, cost = time.process_time() - start, milliseconds(gazetteer, texts)
        first = first or cost
        megabytes = gazetteer.automaton.get_stats()["total_size"] / 2**20
        print(f"{times:4}x  entries {len(gazetteer.entries):7}  keys {len(gazetteer.patterns):8}", end="")
        print(f"  build {build * 1000:8.0f} ms  automaton {megabytes:7.1f} MB", end="")
        print(f"  {cost:6.2f} ms an article  ratio {cost / first:5.2f}")
        del gazetteer
    print(f"memory at 1x {_memory(entries, lexicon):.1f} MB without the automaton's own")


def _memory(entries: list[Entry], lexicon: object) -> float:
    tracemalloc.start()
    gazetteer = build_gazetteer(entries, lexicon)  # type: ignore[arg-type]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert gazetteer.patterns
    return size / 2**20


if __name__ == "__main__":
    main()
