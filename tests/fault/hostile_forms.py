"""Hostile forms: pages and JSON that are almost right, each drawn from a seed."""

import json
import random
from collections.abc import Callable

Draw = Callable[[random.Random], bytes]
_PAGE = (
    "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>The bridge of Dorrin</title>"
    "<meta property='article:published_time' content='2026-03-04T10:00:00Z'><link rel=canonical href='/bridge'>"
    "<script type='application/ld+json'>{\"datePublished\": \"2026-03-04\"}</script></head><body><nav><a href='/'>Home"
    "</a></nav><article><h1>The bridge of Dorrin</h1><p>Mayor Tobin Ashe opened the bridge on Monday, 4 March.</p>"
    "<p>\u201cIt cost 42 million,\u201d he said.</p><blockquote>Around 600 came.</blockquote></article></body></html>"
)
_PIECES = (
    "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml", "&", "&#", "&#x110000;", "&#0;",
    "&amp;amp;", "\x00", "'", '"', "=", "<p", "</p>", "<script>", "</script", "<style>", "<title>",
    "<svg><![CDATA[", "<template>", "<br" * 9, "\u202e", "\ufeff", "\ufffe", "\U0001f642", "<base href=x>",
    "<meta charset=utf-7>", "+ADw-script+AD4-", "<plaintext>", "<table><tr>", "<select><option>", "<frameset>",
    "<math><mi>", "<noscript>", "<a href='javascript:x'>", "<p title='>'>",
)  # fmt: skip
_DATES = ("9999-99-99", "0001-01-01", "-1", "1e400", "\u06f1\u06f4\u06f0\u06f4-\u06f0\u06f3-\u06f3\u06f2", "now", "")


def _page(text: str) -> bytes:
    return json.dumps({"id": f"page-{len(text)}", "html": text}, ensure_ascii=False).encode("utf-8", "replace")


def _broken_page(drawn: random.Random) -> bytes:
    """A page with pieces of markup thrown into it."""
    text = _PAGE
    for _ in range(drawn.randint(1, 30)):
        at = drawn.randrange(len(text))
        text = text[:at] + drawn.choice(_PIECES) + text[at + drawn.randint(0, 3) :]
    return _page(text)


def _torn_page(drawn: random.Random) -> bytes:
    """Parts of a page in another order, some again and again."""
    cuts = sorted(drawn.sample(range(len(_PAGE)), drawn.randint(2, 20)))
    parts = [_PAGE[start:end] for start, end in zip([0, *cuts], [*cuts, len(_PAGE)], strict=True)]
    return _page("".join(drawn.choice(parts) * drawn.choice((1, 1, 1, 40)) for _ in range(len(parts))))


def _tower(drawn: random.Random) -> bytes:
    """Elements in elements, closed in the wrong order or not at all."""
    tags = drawn.choices(
        ("div", "p", "b", "table", "td", "li", "ul", "span", "form", "button", "h1"), k=drawn.randint(50, 6000)
    )
    closed = drawn.sample(tags, drawn.randint(0, len(tags)))
    return _page("".join(f"<{tag}>" for tag in tags) + "Ashe spoke." + "".join(f"</{tag}>" for tag in closed))


def _body_that_is_a_page(drawn: random.Random) -> bytes:
    """HTML where text should be, text where HTML should be."""
    text = drawn.choice(("<p>", "<html>", "<div class='", "<!doctype html>", "")) + drawn.choice(_PIECES) * 50 + _PAGE
    return json.dumps({"body": text, "html": drawn.choice(("no page", "<", text))}, ensure_ascii=False).encode()


def _lying_page(drawn: random.Random) -> bytes:
    """A page whose own words about itself are wrong."""
    date, language = drawn.choice(_DATES), drawn.choice(("xx", "fa-AF-x", "e" * 300, "\u0660", ""))
    text = _PAGE.replace("2026-03-04T10:00:00Z", date).replace("lang='en'", f"lang='{language}'")
    return _page(text.replace("/bridge", drawn.choice(("javascript:alert(1)", "http://[::1", "//", "data:,", "\x01"))))


def _odd_json(drawn: random.Random) -> bytes:
    """JSON as no library writes it, right and wrong."""
    text = drawn.choice(
        (
            '{"body": "Ashe said \\ud800\\udfff\\ud83d"}',
            '{"body": "a", "body": "Ashe said b"}',
            '{"body": "tab\there"}',
            '{"body": "Ashe", "published_at": 1e999}',
            '{"body": NaN}',
            "{'body': 'single'}",
            '{"body": "a",}',
            '[{"body": "a"}]',
            '"only a string"',
            "17",
            "null",
            '{"body": "a"} {"body": "b"}',
            '\ufeff{"body": "Ashe said so"}',
            '{"body": "\\u0000"}',
            '{"bo\\u0064y": "Ashe said so"}',
            '{"body": "Ashe", "id": "\\ud800"}',
            '{"BODY": "Ashe"}',
            '{"body": "Ashe", "": ""}',
            '{"body": {"$ref": "#"}}',
            '{"__class__": "os.system", "body": "Ashe"}',
            '{"body": "Ashe", "headline": ""}',
        )
    )
    return text.encode("utf-8", "surrogatepass") + drawn.choice((b"", b"", b"\n", b"\x00", b"\xff", b" " * 1000))


def _many_keys(drawn: random.Random) -> bytes:
    """An article among thousands of fields that nobody knows."""
    unknown: dict[str, object] = {
        f"{drawn.choice('abcdef')}{number}": drawn.choice((1, None, "x", [], {}))
        for number in range(drawn.randint(10, 5000))
    }
    return json.dumps({**unknown, "body": "Ashe opened the bridge on Monday."}).encode()


def _other_encoding(drawn: random.Random) -> bytes:
    """The right JSON in a wrong encoding."""
    text = json.dumps(
        {"body": "Ashe said: \u0645\u0627 \u043f\u0440\u0438\u0448\u043b\u0438, caf\u00e9."}, ensure_ascii=False
    )
    return text.encode(
        drawn.choice(("utf-16", "utf-32", "utf-8-sig", "utf-16-be", "utf-7", "cp1256", "koi8_r")), "replace"
    )


HTML_KINDS: tuple[Draw, ...] = (_broken_page, _torn_page, _tower, _body_that_is_a_page, _lying_page)
JSON_KINDS: tuple[Draw, ...] = (_odd_json, _many_keys, _other_encoding)
