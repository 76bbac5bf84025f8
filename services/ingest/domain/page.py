"""Take the article out of an HTML page."""

import html as entities
import json
import re
from dataclasses import dataclass

import trafilatura

_HEAD = 200_000  # characters in which titles and meta tags are looked for
_MOST_TAGS = 15_000  # above this, and below deep nesting, the page is stripped instead of weighed
_DEEPEST = 200
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?=[\s/>])")
_VOID = frozenset(
    re.findall(r"\w+", "area base br col embed hr img input link meta param source track wbr p li option")
)
_UNREAD = [("<!--", "-->")] + [
    (f"<{tag}", f"</{tag}") for tag in ("script", "style", "noscript", "svg", "template", "iframe", "head", "nav")
]
_BREAKS = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|section|article|header|footer|blockquote|hr)\b[^<>]{0,2000}>", re.I
)
_LOWER = re.compile(r"[A-Z]+")
_ANY_TAG = re.compile(r"<[!/?a-zA-Z][^<>]{0,2000}>")
_LANG = re.compile(r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})", re.I)
_META = re.compile(r"<meta\b[^<>]{0,4000}>", re.I)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CANONICAL = re.compile(
    r"<link\b(?=[^<>]{0,2000}\brel\s*=\s*[\"']?canonical)[^<>]{0,2000}?\bhref\s*=\s*[\"']([^\"'<>]+)", re.I
)
_TIME = re.compile(r"<time\b[^<>]{0,1000}?\bdatetime\s*=\s*[\"']([^\"'<>]{4,60})", re.I)
_LINKED_DATA = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,60})\"")
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
    "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype html|<html\b|<(?:p|div|article|body|section|h1)\b[^<>]{0,500}>)", re.I)
_CLOSING = re.compile(r"</(?:p|div|article|body|section|html|h1)\s*>", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its article."""

    body: str
    headline: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


def is_html(body: str) -> bool:
    """Whether a "plain" body is evidently a page or a piece of one: it begins with a block tag and closes one."""
    return _LOOKS_LIKE_HTML.match(body) is not None and _CLOSING.search(body) is not None


def read_page(html: str) -> Page:
    """The article in a page; its body is empty where none is found."""
    metas = _metas(html)
    body = "" if _is_monstrous(html) else _extracted(html)
    return Page(
        body=body or _stripped(html),
        headline=_headline(html, metas),
        date=_date(html, metas),
        outlet=metas.get("og:site_name") or metas.get("application-name"),
        url=_first(_CANONICAL, html) or metas.get("og:url"),
        language=_first(_LANG, html[:20_000]),
    )


def _is_monstrous(html: str) -> bool:
    """Too many elements, or nested too deep, for a tree to be weighed in reasonable time."""
    depth = count = 0
    for tag in _TAG.finditer(html):
        if tag.group(2).lower() in _VOID:
            count += 1
        else:
            depth = max(0, depth - 1) if tag.group(1) else depth + 1
            count += 1
        if depth > _DEEPEST or count > _MOST_TAGS:
            return True
    return False


def _extracted(html: str) -> str:
    try:
        text = trafilatura.extract(html, include_comments=False, include_tables=False, deduplicate=False)
    except (ValueError, TypeError, RecursionError):
        return ""
    return text or ""


def _stripped(html: str) -> str:
    """The text of a page without its tags, paragraph by paragraph."""
    for opening, closing in _UNREAD:
        html = _without(html, opening, closing)
    text = _BREAKS.sub("\n", html)
    lines = (" ".join(line.split()) for line in entities.unescape(_ANY_TAG.sub("", text)).split("\n"))
    return "\n".join(line for line in lines if line)


def _without(html: str, opening: str, closing: str) -> str:
    """`html` without the stretches between `opening` and `closing`; linear, whatever is left unclosed."""
    lower = html.lower() if html.isascii() else _LOWER.sub(lambda found: found.group().lower(), html)
    kept: list[str] = []
    position = 0
    while (start := lower.find(opening, position)) >= 0:
        end = lower.find(closing, start)
        if end < 0:
            break
        boundary = start + len(opening)
        whole = opening == "<!--" or not lower[boundary : boundary + 1].isalnum()
        kept.append(html[position : start if whole else boundary])
        position = end + len(closing) if whole else boundary
    return "".join(kept) + html[position:]


def _metas(html: str) -> dict[str, str]:
    metas: dict[str, str] = {}
    for found in _META.finditer(html, 0, _HEAD):
        pairs = {
            name.lower(): quoted or single or bare for name, quoted, single, bare in _ATTRIBUTE.findall(found.group())
        }
        name = pairs.get("property") or pairs.get("name") or pairs.get("itemprop")
        if name and pairs.get("content"):
            metas.setdefault(name.lower(), entities.unescape(pairs["content"]).strip())
    return metas


def _headline(html: str, metas: dict[str, str]) -> str | None:
    if metas.get("og:title"):
        return metas["og:title"]
    text = _stripped(_inner(html, "h1") or _inner(html, "title"))
    return text.replace("\n", " ") or None


def _inner(html: str, tag: str) -> str:
    """What stands in the first element of this name; nothing where it is not closed soon."""
    lower = html[:_HEAD].lower()
    start = lower.find(f"<{tag}")
    end = lower.find(f"</{tag}", start, start + 3000)
    begin = lower.find(">", start, end) + 1 if start >= 0 and end >= 0 else 0
    return html[begin:end] if begin else ""


def _date(html: str, metas: dict[str, str]) -> str | None:
    named = next((metas[name] for name in _DATE_NAMES if metas.get(name)), None)
    return named or _linked_data_date(html) or _first(_TIME, html)


def _linked_data_date(html: str) -> str | None:
    found = _first(_LINKED_DATA, html)
    return json.loads(f'"{found}"') if found and "\\" not in found else found


def _first(pattern: "re.Pattern[str]", html: str) -> str | None:
    found = pattern.search(html, 0, _HEAD)
    return entities.unescape(found.group(1)).strip() if found else None
