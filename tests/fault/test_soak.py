"""The judgement of the long runs: they see growth where there is some, and none where there is none."""

from itertools import islice
from pathlib import Path

from services.client.stack import ROOMS
from tests.fault.hostile import Outcome
from tests.fault.soak_articles import articles
from tests.fault.soak_report import growth, minutes, plot
from tests.fault.soak_run import Sample, Soak

SOAK = Soak(seconds=540, rate=10, day_seconds=30, keep=2000, seed=1)


def _samples(megabytes_a_minute: float) -> list[Sample]:
    rooms = ("ingest", "language_detection", "extraction", "deduplication", "broker")
    return [
        Sample(at, int(at * 10), int(at * 10), dict.fromkeys(rooms, 100 + megabytes_a_minute * at / 60), 50, 0, [0.1])
        for at in range(0, 540, 5)
    ]


def test_growth_is_seen() -> None:
    """Memory that grows by a tenth a minute is told; memory that stays is not."""
    assert growth(minutes(_samples(0.0)))["memory of extraction"] == 0
    assert growth(minutes(_samples(10.0)))["memory of extraction"] > 0.15


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    """The plot of a run is a picture of less than 200 kB."""
    plot(minutes(_samples(0.0)), SOAK, tmp_path / "soak.png")
    assert 1_000 < (tmp_path / "soak.png").stat().st_size < 200_000


def test_the_stream_is_varied_and_a_function_of_its_seed() -> None:
    """The same seed gives the same articles; no two are alike; three languages are among them."""
    first = list(islice(articles(1, 10, 30), 300))
    assert first == list(islice(articles(1, 10, 30), 300))
    texts = {value for _, value, _ in first}
    assert len(texts) == len(first)
    assert sum("میلیون".encode() in text for text in texts) > 20
    assert sum("миллионов".encode() in text for text in texts) > 20
    assert (first[-1][2] - first[0][2]).total_seconds() > 80_000


def test_hostile_growth_is_a_breach() -> None:
    """A room without state that grows while hostile messages pass is told of; one that stays is not."""
    for last, grown in ((100.0, False), (140.0, True)):
        outcome = Outcome(0, memory=[(at, dict.fromkeys(ROOMS, 100.0 if at < 60 else last)) for at in range(90)])
        assert bool(outcome.breaches()) is grown
