"""Read what stands beside names: role words, tenures, kinds of bodies, given names."""

from collections.abc import Iterator
from importlib.resources.abc import Traversable

from services.extraction.domain.names import Lexicon, Tenure, Word
from services.extraction.packs.gazetteer.rows import LANGUAGES
from services.shared.text.fold import fold_text


def read_lexicon(folder: Traversable) -> Lexicon:
    """Everything of the pack that is not an entry."""
    names, bodies = _bodies(folder)
    return Lexicon(
        words=tuple(_words(folder)), tenures=tuple(_tenures(folder)), bodies=bodies, body_names=names,
        given=_folded(folder, "given_names.txt"), common=_folded(folder, "common_words.txt"),
    )  # fmt: skip


def _rows(folder: Traversable, name: str) -> Iterator[list[str]]:
    source = folder.joinpath(name)
    if source.is_file():
        for line in source.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line.split("|")


def _words(folder: Traversable) -> Iterator[Word]:
    for kind, *cells in _rows(folder, "words.psv"):
        for language, cell in zip(LANGUAGES, cells, strict=True):
            for text in cell.split("/"):
                if text:
                    yield Word(kind, text.lstrip("="), language, text.startswith("="))


def _tenures(folder: Traversable) -> Iterator[Tenure]:
    for role, of, holder, since, until in _rows(folder, "tenures.psv"):
        yield Tenure(role, of, holder, since, until)


def _bodies(folder: Traversable) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    names: dict[str, str] = {}
    known: dict[tuple[str, str], str] = {}
    for kind, of, value in _rows(folder, "bodies.psv"):
        if of:
            known[kind, of] = value
        else:
            names[kind] = value
    return names, known


def _folded(folder: Traversable, name: str) -> frozenset[str]:
    source = folder.joinpath(name)
    words = source.read_text("utf-8").split() if source.is_file() else []
    return frozenset(fold_text(word) for word in words if not word.startswith("#"))
