"""Hostile messages, drawn from a seed: broken, huge, endless, misleading. The same seed gives the same bytes."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.fault.hostile_forms import HTML_KINDS, JSON_KINDS

Draw = Callable[[random.Random], bytes]
_LETTERS = "abc xyz ابتثپچژگکی وزیر گفت قال إن абвгґєїйю 0123456789 ۰۱۲۳ ٤٥٦ "
_MARKS = ". ، ؛ « » “ ” \" ' ( ) [ ] \n \u200c\u200f\u202e\u2066\u0300\u064b\ufeff\U0001f642\U0001f469\u200d"
_SCRIPTS = _LETTERS + _MARKS
_WORDS = ("Kyiv", "said", "on", "Tuesday", "that", "27", "countries", "گفت", "که", "وزیر", "قال", "الرئيس", "إن", "що")
_TAGS = ("div", "p", "a", "table", "tr", "td", "script", "style", "svg", "iframe", "article", "h1", "ul", "li", "b")


def corpus(seed: int, count: int) -> Iterator[bytes]:
    """`count` messages; every kind in turn, so that each is in any corpus of some size."""
    drawn = random.Random(seed)
    for number in range(count):
        yield _KINDS[number % len(_KINDS)](drawn)


def _article(**fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _noise(drawn: random.Random, most: int) -> str:
    return "".join(drawn.choices(_SCRIPTS, k=drawn.randint(1, most)))


def _prose(drawn: random.Random, words: int) -> str:
    return " ".join(drawn.choices(_WORDS, k=words)) + "."


def _random_bytes(drawn: random.Random) -> bytes:
    return drawn.randbytes(drawn.randint(0, 400))


def _cut_json(drawn: random.Random) -> bytes:
    whole = _article(body=_prose(drawn, 40), id=str(drawn.random()))
    return whole[: drawn.randint(0, len(whole))]


def _flipped(drawn: random.Random) -> bytes:
    value = bytearray(_article(body=_prose(drawn, 40), headline=_noise(drawn, 40)))
    for _ in range(drawn.randint(1, 12)):
        value[drawn.randrange(len(value))] = drawn.randrange(256)
    return bytes(value)


def _wrong_types(drawn: random.Random) -> bytes:
    value = drawn.choice([None, 5, [], {}, True, ["x"], {"body": 1}, 1e400])
    field = drawn.choice(["body", "id", "url", "outlet", "headline", "published_at", "language", "agency", "html"])
    return _article(**{"body": _prose(drawn, 5), field: value})


def _deep(drawn: random.Random) -> bytes:
    depth = drawn.randint(10, 3_000)
    return b'{"body": "x", "extra": ' + b"[" * depth + b"]" * depth + b"}"


def _noise_body(drawn: random.Random) -> bytes:
    return _article(body=_noise(drawn, 4_000), headline=_noise(drawn, 80), published_at=_noise(drawn, 20))


def _run_of_one(drawn: random.Random) -> bytes:
    char = drawn.choice('«“"(9۹٩.aы ا\u200c\u0301\n[{<&%|-،')
    return _article(body=_prose(drawn, 3) + char * drawn.randint(100, 30_000))


def _alternating(drawn: random.Random) -> bytes:
    pair = drawn.choice(["«»", '" ', "1.", "a ", "ا ", "и ", "((", "“”", "1,", "\n«", "وو", "ال", "-1", "http://"])
    return _article(body=pair * drawn.randint(100, 15_000))


def _quotations(drawn: random.Random) -> bytes:
    return _article(body="".join(f'"{_prose(drawn, 4)}" said ' for _ in range(drawn.randint(10, 400))))


def _dates(drawn: random.Random) -> bytes:
    parts = [
        f"{drawn.randint(-9, 99999)}{drawn.choice('/-. ')}{drawn.randint(0, 99)}{drawn.choice('/-. ')}"
        for _ in range(300)
    ]
    return _article(
        body=" ".join(parts), published_at=drawn.choice(["9999-12-31", "0000-00-00", "1404/13/45", "-5", "1e9"])
    )


def _markup(drawn: random.Random) -> bytes:
    opened = "".join(f"<{drawn.choice(_TAGS)} {_noise(drawn, 8)}>" for _ in range(drawn.randint(5, 800)))
    return _article(html=opened + _prose(drawn, 30) + "</p>" * drawn.randint(0, 50))


def _nothing(drawn: random.Random) -> bytes:
    return _article(body=drawn.choice(["", " ", "\u200c", "\x00", "\u202e\u202c", "…", "\n\n\n", "\ufeff"]), url="x://")


def _same_id(drawn: random.Random) -> bytes:
    return _article(id=f"twin-{drawn.randint(0, 20)}", body=_prose(drawn, drawn.randint(5, 80)), language="fa-AF-x-y")


def _plausible(drawn: random.Random) -> bytes:
    return _article(
        body="\n\n".join(_prose(drawn, 30) for _ in range(6)), headline=_prose(drawn, 6), outlet=_noise(drawn, 9)
    )


_KINDS: tuple[Draw, ...] = (
    _random_bytes, _cut_json, _flipped, _wrong_types, _deep, _noise_body, _run_of_one, _alternating, _quotations,
    _dates, _markup, _nothing, _same_id, _plausible, *HTML_KINDS, *JSON_KINDS,
)  # fmt: skip
