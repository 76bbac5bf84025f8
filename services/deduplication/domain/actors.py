"""Who counts as the alliance as a whole."""

_COLLECTIVE = frozenset(
    {"coalition", "allies", "leaders", "europe", "eu", "nato", "european", "willing", "participants", "countries"}
)


def is_collective(actor: str | None) -> bool:
    """Whether an actor is the alliance as a whole, or nobody named."""
    return actor is None or not _COLLECTIVE.isdisjoint(actor.lower().replace("-", "_").split("_"))
