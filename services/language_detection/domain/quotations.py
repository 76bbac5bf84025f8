"""Blank out what is quoted, links and code: what others said, or no language at all, weighs nothing.

Offsets never move: every blanked character becomes one space. A quotation mark without a partner in its paragraph
blanks nothing, so that a lost mark cannot swallow an article.
"""

import re

_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|`[^`\n]{1,400}`|[#@]\w{1,100}")
_PIECE = re.compile(r"\S+")
_LINK_SIGNS = ("://", "www.", "@")
_CLOSES = {"«": "»", "“": "”", "„": "“”", "‹": "›", "「": "」"}
_SAME = '"″＂'
_LONGEST = 1500


def without_links(text: str) -> str:
    """`text` with links, addresses, tags, code spans and hashtags blanked."""
    text = _TAG.sub(_blank, text)
    if any(sign in text for sign in _LINK_SIGNS):
        text = _PIECE.sub(lambda piece: _blank(piece) if _is_link(piece.group()) else piece.group(), text)
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_link(piece: str) -> bool:
    return any(sign in piece for sign in _LINK_SIGNS)


_MARK = re.compile('[«»“”„‹›「」"″＂]')


def quoted(paragraph: str) -> list[tuple[int, int]]:
    """`[start, end)` of every quotation, marks included, in order and without overlap."""
    spans: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(paragraph):
        mark, place = match.group(), match.start()
        if opened is not None and mark in opened[1] and place - opened[0] <= _LONGEST:
            spans.append((opened[0], place + 1))
            opened = None
        elif opened is None or place - opened[0] > _LONGEST:
            opened = _open(mark, place)
    return spans


def _open(mark: str, place: int) -> tuple[int, str] | None:
    if mark in _CLOSES:
        return place, _CLOSES[mark]
    return (place, _SAME + "”") if mark in _SAME else None
