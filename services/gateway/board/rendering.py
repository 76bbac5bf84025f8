"""Templates into pages: everything escaped, every string made harmless, words in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from services.gateway.board import preferences
from services.gateway.board.catalogue import INTERFACES, Words, words_in
from services.gateway.board.characters import finalize
from services.gateway.board.segments import Segment

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
MOST_TOLD = 4


@dataclass(frozen=True, slots=True)
class Interface:
    """A language the page can be had in, and its address."""

    words: Words
    href: str


def words_of(request: Request) -> Words:
    """The words for whoever asks."""
    header = request.headers.get("accept-language", "")
    return words_in(preferences.interface_of(request.query_params, request.cookies, header))


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A whole page, or a fragment of one."""
    words = words_of(request)
    text = environment().get_template(template).render(w=words, interfaces=list(_interfaces(request)), **values)
    headers = {"Cache-Control": "no-cache", "Vary": "Cookie, Accept-Language", "Content-Language": words.interface}
    answer = HTMLResponse(text, status, headers)
    if preferences.chosen(request.query_params.get("ui")):
        answer.set_cookie(
            preferences.COOKIE, words.interface, preferences.COOKIE_SECONDS, path="/", httponly=True, samesite="lax"
        )
    return answer


def _interfaces(request: Request) -> Iterable[Interface]:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "ui"]
    for interface in INTERFACES:
        yield Interface(words_in(interface), "?" + urlencode([*kept, ("ui", interface)], errors="replace"))


@cache
def environment() -> Environment:
    """The templates."""
    made = Environment(
        loader=PackageLoader("services.gateway.board"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"asset": asset, "split": split, "tip": tip, "article_address": article_address}
    return made


@cache
def asset(name: str) -> str:
    """The address of a static file; it changes with the file, so that browsers may keep it for good."""
    return f"/board/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def article_address(article_id: str, story_id: str | None) -> str:
    """Where an article's page is; it leads back to the story it was reached from."""
    came_from = f"?in={quote(story_id, safe='')}" if story_id else ""
    return f"/articles/{quote(article_id, safe='')}{came_from}"


def split(words: Words, key: str, name: str) -> tuple[str, str]:
    """The words before and after a placeholder that the template fills with more than text."""
    before, _, after = str(words.table[key]).partition("{" + name + "}")
    return before, after


def tip(words: Words, segment: Segment) -> str:
    """What a mark says when it is pointed at: the innermost first."""
    told = [f"{words(f'mark.{mark.kind}')}: {mark.meaning}" for mark in reversed(segment.marks)]
    return "\n".join(dict.fromkeys(told[:MOST_TOLD]))
