"""The made-up articles that benchmarks are run on."""

import json
from datetime import UTC, datetime

from services.client.pipeline import Refused, Rooms
from tests.helpers.newsroom import articles

RECEIVED = datetime(2026, 3, 12, tzinfo=UTC)


def test_the_same_seed_gives_the_same_articles() -> None:
    """Two runs of a benchmark read the same articles; another seed gives others."""
    assert list(articles(40)) == list(articles(40))
    assert list(articles(40)) != list(articles(40, seed=2))


def test_few_articles_copy_another() -> None:
    """Nine articles of ten have words of their own, as news has."""
    bodies = [json.loads(line.value)["body"] for line in articles(400)]
    assert len(set(bodies)) > 0.9 * len(bodies)


def test_the_articles_are_read_as_the_languages_they_are_written_in() -> None:
    """Ingest takes all of them, and seven languages and varieties are seen."""
    rooms = Rooms()
    accepted = [rooms.accept(line, RECEIVED) for line in articles(60)]
    seen = {rooms.identify(one).identified.iso639_3 for one in accepted if not isinstance(one, Refused)}
    assert not any(isinstance(one, Refused) for one in accepted)
    assert {"eng", "fra", "ukr", "rus", "arb", "pes", "prs"} <= seen
