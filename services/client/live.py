"""Stories forming, for a person at a terminal."""

from collections.abc import Iterable

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from contracts.messages.story import SourcedTextV1, StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.shared.text.zwnj import restore_joiners

_WIDE = 200
_MARKS = {"created": "+", "updated": "~", "merged": "<", "split": ">", "corrected": "!", "retracted": "x"}
_STYLES = {"created": "green", "updated": "cyan", "merged": "yellow", "split": "yellow", "corrected": "magenta"}
# A right-to-left title must not turn the line around it: first-strong isolate, pop directional isolate.
_ISOLATE = "\u2068{}\u2069"
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " ")
_BUT_LINES = {code: space for code, space in _CONTROLS.items() if chr(code) not in "\n\t"}


def isolated(text: str) -> str:
    """`text` on one line, without control characters, in a bidi isolate."""
    return _ISOLATE.format(" ".join(text.translate(_CONTROLS).split()))


def harmless(text: str) -> str:
    """`text` that is neither markup to rich nor an order to the terminal; its lines stay."""
    return escape(text.translate(_BUT_LINES))


def for_tables() -> Console:
    """Where tables go: as wide as the terminal; a pipe or a file has no width that names should be cut for."""
    console = Console()
    return console if console.is_terminal else Console(width=_WIDE)


def title_of(story: StoryV1) -> str:
    """The English title of a story where it has one, else its first, else its id."""
    titles = sorted(story.titles, key=lambda title: not title.language.startswith("en"))
    return shown(titles[0]) if titles else story.story_id


def shown(title: SourcedTextV1) -> str:
    """A title for the eye: Persian and Dari get back the joiners that many pages lose. Its span keeps the source's."""
    return restore_joiners(title.text) if title.language.startswith("fa") else title.text


def change_line(change: StoryChangeV1) -> Text:
    """One change on one line."""
    line = Text(f"{_MARKS.get(change.kind, '?')} {change.kind:9}", style=_STYLES.get(change.kind, "red"))
    counted = f" v{change.version:<3} {change.articles:>3} articles, {change.independent_sources} independent  "
    line.append(counted, style="default")
    line.append(isolated(change.title or change.story_id), style="bold")
    if change.links_only:
        line.append("  links only", style="dim")
    if change.merged_into:
        line.append(f"  -> {change.merged_into}", style="dim")
    return line


def board(stories: Iterable[StoryV1]) -> Group:
    """The open stories, newest event first, as a table."""
    table = Table("event", "story", "languages", "articles", "independent", "differs", box=None, expand=True)
    shown = [story for story in stories if story.state in ("open", "closed")]
    for story in sorted(shown, key=lambda s: (s.event.date or "", s.story_id), reverse=True)[:30]:
        differing = sum(fact.state in ("differs", "unit_differs") for fact in story.facts)
        table.add_row(
            harmless(f"{story.event.date or '?'} {story.event.place or ''}"),
            Text(isolated(title_of(story)), style="bold", overflow="ellipsis", no_wrap=True),
            " ".join(story.languages),
            str(len(story.articles)),
            str(story.independent_sources),
            str(differing or ""),
        )
    return Group(Text(f"{len(shown)} stories", style="dim"), table)


def show_story(console: Console, story: StoryV1) -> None:
    """One story in full: who reports it, what they agree on and where they differ."""
    console.print(Text(isolated(title_of(story)), style="bold"))
    console.print(
        f"    {story.event.date or '?'} {harmless(story.event.place or '')}: {len(story.articles)} articles, "
        f"{len(story.dispatches)} dispatches, [bold]{story.independent_sources} independent sources[/], "
        f"languages {', '.join(story.languages)}"
    )
    for title in story.titles:
        if shown(title) != title_of(story):
            console.print(Text(f"    {title.language:6}", style="dim").append(isolated(shown(title))))
    by_id = {article.article_id: article for article in story.articles}
    for dispatch in story.dispatches:
        names = ", ".join(by_id[i].outlet or by_id[i].source_id for i in dispatch.articles if i in by_id)
        console.print(Text(f"    {dispatch.agency or 'own report'}: ").append(isolated(names)))
    for fact in [fact for fact in story.facts if fact.state in ("differs", "unit_differs")][:8]:
        line = Text(f"    {fact.state} ", style="yellow").append(f"{fact.kind} {fact.about}: ", style="default")
        console.print(line.append(" | ".join(isolated(value) for value in fact.values)))
