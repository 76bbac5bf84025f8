"""The projection's file."""

import sqlite3
from pathlib import Path

import pytest

from services.gateway.projection import schema
from services.gateway.projection.reader import Reader
from services.gateway.projection.values import StoryQuery
from services.gateway.projection.writer import Batch, InUseError, Limits, Writer
from tests.helpers.gateways import change, entity, story


def _fill(path: Path) -> None:
    writer = Writer(path)
    writer.begin("aaaa", 0)
    writer.apply(Batch(stories=(story(1),), offsets={("stories.v1", 0): 1}))
    writer.close()


def test_a_file_goes_on_where_it_was(tmp_path: Path) -> None:
    """Opened again it holds its stories, its offsets and its stream."""
    path = tmp_path / "gateway.sqlite"
    _fill(path)
    writer = Writer(path)
    assert (writer.offsets(), writer.lineage(), writer.version_of("story-1")) == ({("stories.v1", 0): 1}, "aaaa", 1)
    writer.close()


@pytest.mark.parametrize("harm", ["another version", "no database", "half made"])
def test_a_file_that_cannot_be_used_is_made_anew(tmp_path: Path, harm: str) -> None:
    """Another version of the tables, or a file that is none of ours, is thrown away: the topics have everything."""
    path = tmp_path / "gateway.sqlite"
    _fill(path)
    if harm == "no database":
        path.write_bytes(b"this is no database" * 1000)
    else:
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {schema.VERSION + 1 if harm == 'another version' else 0}")
        connection.close()
    writer = Writer(path)
    assert (writer.offsets(), writer.lineage()) == ({}, None)
    assert Reader(path).stories(StoryQuery()).stories == ()
    writer.close()


def test_a_batch_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where one part of a batch cannot be written nothing of it is, its offsets included."""
    writer = Writer(tmp_path / "gateway.sqlite")
    writer.begin("aaaa", 0)
    nowhere = 2**70  # no position that SQLite could hold
    with pytest.raises(OverflowError):
        writer.apply(Batch(stories=(story(1),), changes=((nowhere, change(story(1))),), offsets={("stories.v1", 0): 9}))
    assert (writer.offsets(), writer.version_of("story-1")) == ({}, 0)
    writer.apply(Batch(stories=(story(1),), offsets={("stories.v1", 0): 9}))
    assert writer.offsets() == {("stories.v1", 0): 9}
    writer.close()


def test_one_file_has_one_writer(tmp_path: Path) -> None:
    """A second gateway on the same file is refused in words; when the first is gone it may."""
    first = Writer(tmp_path / "gateway.sqlite")
    with pytest.raises(InUseError, match="another gateway"):
        Writer(tmp_path / "gateway.sqlite")
    first.close()
    Writer(tmp_path / "gateway.sqlite").close()


def test_a_repeat_changes_nothing(tmp_path: Path) -> None:
    """An at-least-once publisher may repeat: the same version and the same change are told once; a version that begins
    anew after the id was given up is taken.
    """
    writer = Writer(tmp_path / "gateway.sqlite")
    writer.begin("aaaa", 0)
    one, two = story(1, "one", version=1), story(1, "two", version=2)
    writer.apply(Batch(stories=(one, two, one), changes=((0, change(one)), (1, change(two)), (2, change(one)))))
    reader = Reader(tmp_path / "gateway.sqlite")
    assert [each.position for each in reader.stored_after(-1, 10)] == [0, 1]
    assert writer.version_of("story-1") == 2
    writer.apply(Batch(stories=(story(1, "anew", version=1, minute=99),)))
    assert writer.version_of("story-1") == 1
    writer.close()


def test_what_is_kept_is_bounded(tmp_path: Path) -> None:
    """Stories, changes and the entities of dropped stories go when there is too much, the oldest first."""
    writer = Writer(tmp_path / "gateway.sqlite", Limits(stories=3, changes=4))
    writer.begin("aaaa", 0)
    told = [story(n, minute=n, entities=(entity(f"e{n}", f"Name{n}"),)) for n in range(8)]
    writer.apply(Batch(stories=tuple(told), changes=tuple((n, change(each)) for n, each in enumerate(told))))
    writer.prune()
    reader = Reader(tmp_path / "gateway.sqlite")
    assert [card.story_id for card in reader.stories(StoryQuery()).stories] == ["story-7", "story-6", "story-5"]
    assert [each.position for each in reader.stored_after(-1, 10)] == [4, 5, 6, 7]
    assert (reader.first_position(), reader.entities("name0"), len(reader.entities("name"))) == (4, [], 3)
    assert reader.stories(StoryQuery(text="name1")).stories == ()
    writer.close()
