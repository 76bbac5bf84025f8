"""What a hostile or broken text may do to a page with its characters alone, undone before anything is shown.

Overrides of the direction (they let a headline read backwards) and control characters become visible; embeddings and
isolates are taken out, because every foreign text stands in an isolate of its own; lone surrogates cannot be sent.
"""

from functools import lru_cache
from typing import Any

from markupsafe import Markup

_OVERRIDES = {0x202D: "LRO", 0x202E: "RLO"}
_DIRECTING = (0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069)
_ORDINARY = (0x09, 0x0A, 0x0D)


def _table() -> dict[int, str]:
    table = {code: f"[U+{code:04X}]" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in _ORDINARY}
    table |= {code: f"[{name}]" for code, name in _OVERRIDES.items()}
    return table | dict.fromkeys(_DIRECTING, "")


_TABLE = _table()


@lru_cache(maxsize=4_000)
def harmless(text: str) -> str:
    """The text as a page may show it: nothing in it can turn the words around it, and it can be encoded."""
    shown = text.translate(_TABLE)
    return shown if shown.isascii() else shown.encode("utf-8", "replace").decode("utf-8")


def finalize(value: Any) -> Any:
    """Jinja's last step before escaping: applies `harmless` to every string a template shows."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return harmless(value)
    return "" if value is None else value
