"""Whatever a legal message holds, there is a page, and nothing in it runs."""

import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.messages.base import Message
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from services.gateway.board.article_page import article_page
from services.gateway.board.catalogue import INTERFACES, words_in
from services.gateway.board.rendering import environment
from services.gateway.board.story.card import story_card
from services.gateway.board.story.page import story_page
from tests.unit.board.stories import example_article, example_story

EVIL = (
    "<script>alert(1)</script>",
    "\"' onload='x",
    "javascript:alert(1)",
    "\u202e\u2066",
    "\x00\x1b[2J",
    "{{ 7 * 7 }}",
)
STRANGE: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(EVIL), st.text(max_size=20), st.sampled_from(["", "und", "2026-13-45", "agreed", "x: y"]),
    st.integers(), st.floats(), st.none(),
)  # fmt: skip
STEERS = re.compile("[\u202a-\u202e\u2066-\u2069\x00\x1b]")
STORY, ARTICLE = example_story().model_dump(mode="json"), example_article("dari").model_dump(mode="json")


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every leaf of a message."""
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        return [place for key, each in inside for place in _places(each, (*path, key))]
    return [path]


def _with(value: Any, path: tuple[Any, ...], leaf: Any) -> Any:
    """A copy with another leaf."""
    if not path:
        return leaf
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(value[path[0]], path[1:], leaf)
    return copy


def _changed(kind: type[Message], plain: Any, data: st.DataObject) -> Any:
    """The message with some leaves made strange, as far as it is still a legal one."""
    message = kind.model_validate(plain)
    for path in data.draw(st.lists(st.sampled_from(_places(plain)), min_size=1, max_size=12)):
        plain_again = _with(plain, path, data.draw(STRANGE))
        try:
            message, plain = kind.model_validate(plain_again), plain_again
        except ValidationError:
            continue
    return message


class _Active(HTMLParser):
    """Collects what in a page would run, or lead to what runs, as a browser reads the markup."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Our own scripts are the only ones, and nothing has a handler or an address that runs."""
        named = dict(attrs)
        ours = (named.get("src") or "").startswith("/board/static/")
        if (tag == "script" and not ours) or tag in ("img", "iframe", "object", "style", "base"):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in named if name.startswith("on") or name == "style"]
        leads = [named.get(name) or "" for name in ("href", "src", "action", "formaction")]
        self.found += [f"{tag} {address}" for address in leads if re.match(r"\s*(javascript|data):", address)]


def _active(template: str, **values: Any) -> list[str]:
    """What would run in a drawn page, or steer its direction."""
    shown = environment().get_template(template).render(interfaces=[], **values)
    shown.encode()
    reader = _Active()
    reader.feed(shown)
    return reader.found + STEERS.findall(shown)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(INTERFACES))
def test_every_legal_story_has_a_page_and_a_card(data: st.DataObject, interface: str) -> None:
    """No content of a story breaks its page or its card, and none of it becomes active."""
    story, words = _changed(StoryV1, STORY, data), words_in(interface)
    page = story_page(story, {}, (), {}, words)
    assert _active("story.html", w=words, page=page, story_id=story.story_id, stream="/api") == []
    assert _active("card.html", w=words, card=story_card(story, "updated", words)) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(INTERFACES))
def test_every_legal_article_has_a_page(data: st.DataObject, interface: str) -> None:
    """No content of an article breaks its page, and none of it becomes active."""
    article, words = _changed(ExtractedArticleV1, ARTICLE, data), words_in(interface)
    page = article_page(article, words)
    assert _active("article.html", w=words, page=page, story_id=None, address=None) == []
