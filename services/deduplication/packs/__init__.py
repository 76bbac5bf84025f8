"""Load what this room knows about features and words: frozen, versioned document frequencies."""

from functools import cache
from importlib.resources import files

from services.deduplication.domain.stories.weights import Weights

VERSION = "1"


@cache
def load_weights() -> Weights:
    """The frozen weights of this version."""
    features, articles = _counts("features.tsv")
    stems, texts = _counts("stems.tsv")
    return Weights(VERSION, articles, features, texts, stems)


def _counts(name: str) -> tuple[dict[str, int], int]:
    """Document frequencies by name; the first line holds the number of documents."""
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:] if line)
    return {key: int(count) for key, count in rows}, int(lines[0].split("\t")[1])
