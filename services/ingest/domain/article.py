"""What of a raw article is its headline and its body."""

from dataclasses import dataclass
from typing import Literal

from services.ingest.domain.characters import is_readable, without_surrogates
from services.ingest.domain.page import Page, is_html, read_page

MAX_BODY = 200_000
MAX_HTML = 2_000_000


@dataclass(frozen=True, slots=True)
class Content:
    """The text of an article, and what its page tells besides. A plain body is kept to the character."""

    headline: str | None
    body: str
    body_from: Literal["body", "html", "none"]
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


def take_content(headline: str | None, body: str | None, html: str | None) -> Content:
    """The body as given; where there is none, or it is evidently a page, what can be read out of the HTML."""
    headline = without_surrogates(headline) if is_readable(headline) and headline else None
    if body and is_readable(body) and not is_html(body):
        return Content(headline, without_surrogates(body), "body")
    markup = body if body and is_html(body) else html
    if markup and is_readable(markup):
        return _from_page(headline, read_page(without_surrogates(markup)))
    return Content(headline, "", "none")


def _from_page(headline: str | None, page: Page) -> Content:
    source: Literal["html", "none"] = "html" if is_readable(page.body) else "none"
    body = page.body if source == "html" else ""
    return Content(headline or _short(page.headline, 4000), body, source, page.date, _short(page.outlet, 300),
                   _short(page.url, 4000), _short(page.language, 35))  # fmt: skip


def _short(text: str | None, longest: int) -> str | None:
    return text[:longest] if text else None
