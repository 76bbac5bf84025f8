"""What a person sees at the terminal."""

import io
from datetime import UTC, datetime

from rich.console import Console

from contracts.messages.spans import SpanV1
from contracts.messages.story import SourcedTextV1, StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.client import live

NOW = datetime(2026, 3, 11, tzinfo=UTC)


def _story(title: str, **fields: object) -> StoryV1:
    text = SourcedTextV1(language="fa", text=title, article_id="a", span=SpanV1(start=0, end=1, text="x"))
    return StoryV1.model_validate(
        {"story_id": "s1", "version": 1, "state": "open", "titles": (text,), "updated_at": NOW, **fields}
    )


def test_a_hostile_title_cannot_turn_or_break_the_line() -> None:
    """Control characters and bidi overrides are taken out, and the title is isolated."""
    shown = live.isolated("abc\u202edef\x1b[31m\nghi\u2069")
    assert shown == "\u2068abc def [31m ghi\u2069"


def test_a_change_line_tells_kind_version_and_counts() -> None:
    """One change, one line, with what a reader asks first."""
    change = StoryChangeV1(
        change_id="s1:2", story_id="s1", version=2, kind="merged", caused_by="a", articles=6, independent_sources=2,
        title="سران", merged_into="s0", at=NOW,
    )  # fmt: skip
    line = live.change_line(change).plain
    assert "merged" in line
    assert "v2" in line
    assert "6 articles, 2 independent" in line
    assert "-> s0" in line


def test_the_board_leaves_out_redirects() -> None:
    """Merged stories live on in the story they were merged into; the board counts each event once."""
    console = Console(record=True, width=120)
    console.print(live.board([_story("one"), _story("two", story_id="s2", state="merged", merged_into="s1")]))
    text = console.export_text()
    assert "1 stories" in text
    assert "one" in text
    assert "two" not in text


def test_lost_joiners_come_back_for_the_eye_only() -> None:
    """Persian titles are shown as an editor writes them; the story keeps the words of its source."""
    story = _story("رئیسجمهور به تهران میرود")
    assert live.title_of(story) == "رئیس‌جمهور به تهران می‌رود"
    assert story.titles[0].text == "رئیسجمهور به تهران میرود"


def test_text_is_neither_markup_nor_an_order_to_the_terminal() -> None:
    """Tags of the terminal library and escape sequences in foreign text come out as letters; lines stay."""
    hostile = "[red]a[/red] [/] \x1b]0;owned\x07\x1b[2J \u202e\x9b31m\nb"
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=200)
    console.print(f"[bold]told[/] {live.harmless(hostile)}")
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "[red]a[/red] [/]" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert shown.endswith("\nb\n")


def test_a_table_in_a_pipe_is_not_cut() -> None:
    """What another program reads holds whole names, however many columns stand beside them."""
    assert live.for_tables().width >= 160
