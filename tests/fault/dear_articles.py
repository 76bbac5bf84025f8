"""The dearest articles anybody might send: each kind at the limits of what ingest takes, and some far beyond them."""

import json
from collections.abc import Callable

from services.ingest.domain.article import MAX_BODY, MAX_HTML

BEYOND = 5 * 1024 * 1024
MILLION = 1_000_000


def _body(text: str) -> bytes:
    return json.dumps({"id": "dear", "body": text}, ensure_ascii=False).encode()


def _html(text: str) -> bytes:
    return json.dumps({"id": "dear", "html": text}, ensure_ascii=False).encode()


def _full(piece: str) -> bytes:
    """A body of the largest size that is taken, of one piece again and again."""
    return _body("The minister said: " + (piece * (MAX_BODY // len(piece) + 1))[: MAX_BODY - 30])


def _page(piece: str, most: int = MAX_HTML) -> bytes:
    """A page of the largest size that is taken, of one piece again and again."""
    return _html("<html><body><p>One paragraph.</p>" + (piece * (most // len(piece) + 1))[: most - 100])


def _nested(tag: str, depth: int) -> bytes:
    return _html(f"<{tag}>" * depth + "text in the depth" + f"</{tag}>" * depth)


QUOTED = '"We will rebuild the bridge of Dorrin," Mayor Tobin Ashe said on Monday. '
FIGURES = "On 3 March 2026 about 1,200 of 34 million people paid 5.6% of $7 billion; 89 died. "
PERSIAN = "«ما پل را دوباره خواهیم ساخت»، شهردار دورین روز دوشنبه گفت که ۱۲۰۰ نفر در ۳ فروردین ۱۴۰۵ آمدند. "
ARABIC = 'قال رئيس بلدية دورين يوم الاثنين إن "الجسر سيعاد بناؤه" وإن ١٢٠٠ شخص حضروا. '
RUSSIAN = "«Мы восстановим мост», — сказал во вторник мэр Доррина, добавив, что 1 200 человек пришли 3 марта. "
NAMES = "President Volodymyr Zelenskyy, Emmanuel Macron and Keir Starmer met in Kyiv, Paris and London with NATO. "

KINDS: dict[str, Callable[[], bytes]] = {
    "5 MB of text": lambda: _body("word " * (BEYOND // 5)),
    "5 MB of HTML": lambda: _html("<p>word</p>" * (BEYOND // 11)),
    "5 MB of JSON nesting": lambda: b'{"body": ' + b"[" * (BEYOND // 2) + b"]" * (BEYOND // 2) + b"}",
    "a million keys": lambda: b'{"body": "x", ' + b", ".join(b'"k%d": 1' % n for n in range(400_000)) + b"}",
    "a million digits": lambda: _body("1" * MILLION),
    "digits to the limit": lambda: _full("1"),
    "digits and commas": lambda: _full("1,"),
    "digits and spaces": lambda: _full("1 "),
    "figures": lambda: _full(FIGURES),
    "dates": lambda: _full("3/4/5/6.7.8-9-10 "),
    "Persian digits": lambda: _full("۱۲۳٬"),
    "number words": lambda: _full("one hundred thousand million and twenty-"),
    "100,000 quotation marks": lambda: _full('" '),
    "100,000 guillemets": lambda: _body("Ashe said " + "«" * 95_000 + "»" * 95_000),
    "marks in pairs": lambda: _full("“a” "),
    "apostrophes": lambda: _full("'a "),
    "quotations": lambda: _full(QUOTED),
    "one sentence of quotations": lambda: _full('"we will" said Ashe and '),
    "Persian quotations": lambda: _full(PERSIAN),
    "Arabic quotations": lambda: _full(ARABIC),
    "Russian quotations": lambda: _full(RUSSIAN),
    "names": lambda: _full(NAMES),
    "capitals": lambda: _full("Aa Bb Cc "),
    "one word": lambda: _full("a"),
    "one letter of Arabic": lambda: _full("ا"),
    "conjunctions": lambda: _full("و"),
    "articles": lambda: _full("ال"),
    "brackets": lambda: _full("(["),
    "spaces": lambda: _full(" "),
    "lines": lambda: _full("a\n"),
    "paragraphs": lambda: _full("Ashe said.\n\n"),
    "marks over letters": lambda: _full("a\u0301\u064b"),
    "joiners": lambda: _full("\u200c\u200f"),
    "dots": lambda: _full("."),
    "dashes": lambda: _full("- — "),
    "addresses": lambda: _full("http://a.b/c?d=e&"),
    "mail addresses": lambda: _full("a@b."),
    "backtracking bait": lambda: _full("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! "),
    "promises": lambda: _full("if they agreed to guarantees, they pledged monitoring unless "),
    "different words": lambda: _body(" ".join(f"w{n:x}" for n in range(30_000))[: MAX_BODY - 10]),
    "deep HTML": lambda: _nested("div", 180_000),
    "deep HTML within bounds": lambda: _nested("div", 199),
    "open tags": lambda: _page("<b>"),
    "tags without an end": lambda: _page("<p "),
    "less-than signs": lambda: _page("<"),
    "ampersands": lambda: _page("&amp"),
    "character references": lambda: _page("&#x26;&#65;"),
    "comments without an end": lambda: _page("<!--"),
    "scripts": lambda: _page("<script>var a = '<p>';</script>"),
    "scripts without an end": lambda: _page("<script"),
    "attributes": lambda: _page("<p a='b' " + "c=d " * 50 + ">"),
    "one long attribute": lambda: _html("<p title='" + "a " * 900_000 + "'>text</p>"),
    "meta tags": lambda: _page("<meta name=a content=b>"),
    "links": lambda: _page("<a href='/x'>word</a> ", 150_000),
    "table": lambda: _page("<tr><td>1</td></tr>", 150_000),
    "a page of short paragraphs": lambda: _page("<p>Ashe said so on Monday.</p>", 180_000),
    "a page of lists": lambda: _page("<ul><li>a</li>", 60_000),
    "a page of digits": lambda: _html("<p>" + "1" * MILLION + "</p>"),
    "a page that is all title": lambda: _html("<title>" + "a " * 900_000 + "</title><p>text"),
    "date told in digits": lambda: json.dumps({"body": "x y z", "published_at": "1" * MILLION}).encode(),
    "date told in words": lambda: json.dumps({"body": "x y z", "published_at": "3 March " * 100_000}).encode(),
    "address without an end": lambda: json.dumps({"body": "x y", "url": "http://" + "a." * 500_000}).encode(),
    "outlet without an end": lambda: json.dumps({"body": "x y z", "outlet": "a " * 500_000}).encode(),
    "headline without an end": lambda: json.dumps({"body": "x y z", "headline": QUOTED * 20_000}).encode(),
    "headline to the limit": lambda: json.dumps({"body": "x y", "headline": ("Aa said " * 600)[:4000]}).encode(),
}
