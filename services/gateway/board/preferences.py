"""Which interface a reader wants: what the address says, else what they chose before, else what their browser says."""

from collections.abc import Mapping

from services.gateway.board.catalogue import INTERFACES

COOKIE = "ui"
COOKIE_SECONDS = 365 * 24 * 3600
_KNOWN = {interface.lower(): interface for interface in INTERFACES}
# Browsers name Dari by its own code, too.
_KNOWN |= {"prs": "fa-AF"}
_LONGEST = 500


def interface_of(query: Mapping[str, str], cookies: Mapping[str, str], accepted: str) -> str:
    """The interface language; English where nothing that is asked for is spoken here."""
    return chosen(query.get("ui")) or chosen(cookies.get(COOKIE)) or _accepted(accepted) or "en"


def chosen(name: str | None) -> str | None:
    """An interface language by its name, if there is such a one."""
    return _KNOWN.get((name or "").lower())


def _accepted(header: str) -> str | None:
    """The first language of `Accept-Language`, by weight, that is spoken here."""
    ranked = sorted((_weighed(part) for part in header[:_LONGEST].split(",")), key=lambda each: -each[1])
    for tag, weight in ranked:
        if weight > 0 and (found := chosen(tag) or chosen(tag.partition("-")[0])):
            return found
    return None


def _weighed(part: str) -> tuple[str, float]:
    tag, _, quality = part.strip().partition(";")
    name, _, value = quality.strip().partition("=")
    try:
        return tag.strip(), float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return tag.strip(), 0.0
