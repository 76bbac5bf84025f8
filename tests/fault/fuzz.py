"""Coverage-guided fuzzing of the rooms' entrance: whatever bytes arrive become a story member or a dead letter.

python -m tests.fault.fuzz --seconds 60                    from the hostile corpus, in a directory that is thrown away
python -m tests.fault.fuzz --seconds 600 --keep DIRECTORY  what reached new code is kept there, for tests.fault.hostile
python -m tests.fault.fuzz --entrance                      ingest alone (JSON, HTML, dates): many times as many inputs

An input is a letter and a text: `j` a record as it is, `b` the body of an article, `h` a page. atheris (libFuzzer)
mutates the text and keeps what reaches new code. A crash or an input of more than 10 s ends the run with its file.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

SEEDS = 280
SLOW_SECONDS = 10
LONGEST = 4096


def message(data: bytes) -> bytes:
    """The raw record an input stands for."""
    kind, text = data[:1], data[1:]
    if kind == b"b":
        return _article("body", text)
    if kind == b"h":
        return _article("html", text)
    return text


def _article(field: str, text: bytes) -> bytes:
    return json.dumps({"id": "fuzzed", field: text.decode(errors="replace")}, ensure_ascii=False).encode()


def kept(directory: Path) -> Iterator[bytes]:
    """The records of a directory of inputs, in the order of their names."""
    for path in sorted(directory.iterdir()):
        yield message(path.read_bytes())


def missing() -> str | None:
    """Why there is no fuzzing here, in words; None where there is."""
    found = importlib.util.find_spec("atheris")
    return None if found else "atheris is not installed (it is made for Linux on x86-64 and Python below 3.12)"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. libFuzzer ends the process itself: 0 where nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1, help="end after so many inputs")
    parser.add_argument("--keep", type=Path, help="a directory for inputs that reached new code")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--entrance", action="store_true", help="ingest alone")
    chosen = parser.parse_args(arguments)
    if reason := missing():
        print(f"no fuzzing here: {reason}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="storybraid-fuzz-") as home:
        corpus = chosen.keep or Path(home)
        corpus.mkdir(parents=True, exist_ok=True)
        _plant(corpus, chosen.seed)
        options = [f"-max_total_time={chosen.seconds}", f"-runs={chosen.runs}", f"-seed={chosen.seed}"]
        _fuzz(corpus, options, chosen.entrance)
    return 0


def _plant(directory: Path, seed: int) -> None:
    """The hostile corpus as inputs: articles by their text, so that the mutations go to where judgement is."""
    from tests.fault.hostile_corpus import corpus

    for number, value in enumerate(corpus(seed, SEEDS)):
        (directory / f"seed-{number:04}").write_bytes(_input(value)[:LONGEST])


def _input(value: bytes) -> bytes:
    try:
        article = json.loads(value)
        for kind, field in ((b"h", "html"), (b"b", "body")):
            if isinstance(article, dict) and isinstance(article.get(field), str):
                return kind + str(article[field]).encode(errors="replace")
    except (ValueError, RecursionError):
        pass
    return b"j" + value


def _fuzz(corpus: Path, options: list[str], entrance_only: bool) -> None:
    import atheris

    with atheris.instrument_imports(include=["services", "contracts"]):
        from tests.fault.cost import cost, entrance, rooms

        rooms()

    def one(data: bytes) -> None:
        if entrance_only:
            outgoing = entrance(message(data))
            assert outgoing.reason or outgoing.message
            return
        found = cost(message(data))
        assert found.reason or found.in_story

    fixed = [f"-timeout={SLOW_SECONDS}", f"-max_len={LONGEST}", "-print_final_stats=1", f"-artifact_prefix={corpus}/"]
    atheris.Setup([sys.argv[0], *fixed, *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
