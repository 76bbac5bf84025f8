"""RSS and Atom in."""

from itertools import pairwise
from pathlib import Path

import pytest

from contracts.messages.raw_article import RawArticleV1
from services.client.feeds import fetch, settings, state
from services.client.feeds.decoding import decode
from services.client.feeds.entries import NotAFeedError, parse
from services.client.feeds.poll import Poller, Report
from services.client.feeds.settings import Feed, FeedList
from tests.helpers.bus import FixedClock
from tests.helpers.feed_servers import feed_server, item, rss

FEED = Feed(url="https://courier.example/rss", outlet="The Kell Courier", language="en")
PERSIAN = "استاندار دورین پل تازه را روز دوشنبه گشود و گفت این پل در سه سال ساخته شده است"
UKRAINIAN = "Губернаторка відкрила новий міст через річку, який будували три роки"


class _Polled:
    """A poller on a server, with what it published and told."""

    def __init__(self, home: Path, *feeds: Feed, pause: float = 0) -> None:
        self.articles: list[RawArticleV1] = []
        self.reports: list[Report] = []
        self.clock = FixedClock()
        self.path = home / "feeds.json"
        self._wanted = FeedList(every_seconds=300, host_pause_seconds=pause, feed=feeds)

    async def look(self) -> list[Report]:
        """Ask every feed that is due, from a fresh start; what was told."""
        self.reports.clear()
        async with fetch.client() as http:
            poller = Poller(
                self._wanted, state.read(self.path), self.path, self._publish, self.reports.append, self.clock, http
            )
            await poller.once()
        return list(self.reports)

    async def _publish(self, article: RawArticleV1) -> None:
        self.articles.append(article)


def _page(text: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return 200, headers, text.encode()


async def test_only_what_is_new_is_published(tmp_path: Path) -> None:
    """Over restarts an entry is published once, oldest first; a changed one again, as a new version of the same id."""
    async with feed_server() as server:
        polled = _Polled(tmp_path, Feed(url=server.url("/rss"), outlet="The Kell Courier"))
        server.pages["/rss"] = _page(rss(item(2, "Two"), item(1, "One")))
        await polled.look()
        polled.clock.advance(301)
        server.pages["/rss"] = _page(rss(item(3, "Three"), item(2, "Two, corrected"), item(1, "One")))
        await polled.look()
    assert [article.headline for article in polled.articles] == ["One", "Two", "Two, corrected", "Three"]
    assert polled.articles[0].model_dump(exclude_none=True) == {
        "id": "urn:1", "url": "https://courier.example/1", "outlet": "The Kell Courier", "headline": "One",
        "body": "Text.", "published_at": "Wed, 07 Jan 2026 09:00:00 GMT",
    }  # fmt: skip


async def test_requests_are_conditional_and_not_early(tmp_path: Path) -> None:
    """A feed is not asked before it is due, and then with what the server gave last time; unchanged is not read."""
    async with feed_server() as server:
        polled = _Polled(tmp_path, Feed(url=server.url("/rss")))
        server.pages["/rss"] = _page(
            rss(item(1, "One")), ETag='"v1"', **{"Last-Modified": "Wed, 07 Jan 2026 09:00:00 GMT"}
        )
        await polled.look()
        await polled.look()
        assert len(server.asked) == 1
        polled.clock.advance(301)
        (report,) = await polled.look()
        headers = server.asked[1][1]
    assert report.unchanged
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Wed, 07 Jan 2026 09:00:00 GMT"
    assert len(polled.articles) == 1


async def test_a_host_is_asked_with_pauses(tmp_path: Path) -> None:
    """Two feeds of one host are asked one after the other with the pause between them."""
    async with feed_server() as server:
        for path in ("/a", "/b", "/c"):
            server.pages[path] = _page(rss())
        feeds = [Feed(url=server.url(path)) for path in ("/a", "/b", "/c")]
        polled = _Polled(tmp_path, *feeds, pause=0.2)
        from services.shared.runtime.clock import SystemClock

        polled.clock = SystemClock()  # type: ignore[assignment]
        await polled.look()
        times = [at for _, _, at in server.asked]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.15


@pytest.mark.parametrize(
    ("answer", "pause"),
    [
        ((500, {}, b""), 300),
        ((429, {"Retry-After": "1000"}, b""), 1000),
        ((200, {}, b"<html><body>not a feed</body></html>"), 300),
        ((200, {}, b"x" * (fetch.MOST_BYTES + 1)), 300),
    ],
)
async def test_trouble_is_told_and_waited_out(
    tmp_path: Path, answer: tuple[int, dict[str, str], bytes], pause: float
) -> None:
    """A feed in trouble is told, asked again after a pause that grows, and other feeds go on."""
    async with feed_server() as server:
        server.pages |= {"/bad": answer, "/good": _page(rss(item(1, "One")))}
        polled = _Polled(tmp_path, Feed(url=server.url("/bad")), Feed(url=server.url("/good")))
        reports = {report.feed.url: report for report in await polled.look()}
        assert reports[server.url("/bad")].trouble
        assert reports[server.url("/good")].new == 1
        known = state.read(polled.path).of(server.url("/bad"))
        assert known.next_at - polled.clock.now().timestamp() == pause
        polled.clock.advance(pause + 1)
        await polled.look()
        assert state.read(polled.path).of(server.url("/bad")).next_at - polled.clock.now().timestamp() >= 600


async def test_a_feed_that_is_gone_is_left_alone(tmp_path: Path) -> None:
    """410 means never again."""
    async with feed_server() as server:
        server.pages["/gone"] = (410, {}, b"")
        polled = _Polled(tmp_path, Feed(url=server.url("/gone")))
        await polled.look()
        polled.clock.advance(10**7)
        assert await polled.look() == []


@pytest.mark.parametrize(
    ("encoding", "text", "declared", "content_type"),
    [
        ("cp1256", PERSIAN.replace("ی", "ي").replace("ک", "ك"), "", ""),
        ("cp1256", PERSIAN.replace("ی", "ي").replace("ک", "ك"), "utf-8", "text/xml; charset=utf-8"),
        ("cp1256", PERSIAN.replace("ی", "ي").replace("ک", "ك"), "windows-1256", ""),
        ("cp1251", UKRAINIAN, "", "text/xml"),
        ("cp1251", UKRAINIAN, "", "text/xml; charset=windows-1251"),
        ("utf-8", PERSIAN, "", ""),
        ("utf-8", PERSIAN, "iso-8859-1", ""),
        ("utf-8-sig", UKRAINIAN, "windows-1251", ""),
        ("utf-16", PERSIAN, "", ""),
        ("cp1252", "Le pont a été inauguré à Dorrin après trois années de travaux", "", ""),
    ],
)
def test_bytes_are_read_as_they_were_written(encoding: str, text: str, declared: str, content_type: str) -> None:
    """What is declared is believed where the bytes agree; undeclared single-byte encodings show in their letters."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    feed = rss(*(item(n, text, text) for n in range(4)), title=text, declaration=declaration)
    (first, *_) = parse(decode(feed.encode(encoding), content_type), FEED).entries
    assert first.article.headline == text


def test_atom_is_read_with_its_longest_text() -> None:
    """Atom's content is preferred to its summary, markup stays HTML for ingest, titles lose theirs."""
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Courrier</title><entry>
      <id>tag:courrier.example,2026:1</id><link href="https://courrier.example/1"/>
      <title type="html">Un &lt;b&gt;pont&lt;/b&gt; &amp;amp; demi</title><updated>2026-01-07T09:00:00Z</updated>
      <summary>Court.</summary><content type="html">&lt;p&gt;Le pont est ouvert.&lt;/p&gt;</content></entry></feed>"""
    (entry,) = parse(decode(atom.encode()), Feed(url="https://courrier.example/atom")).entries
    article = entry.article
    assert (article.headline, article.html) == ("Un pont & demi", "<p>Le pont est ouvert.</p>")
    assert (article.outlet, article.published_at) == ("Le Courrier", "2026-01-07T09:00:00Z")


def test_a_broken_feed_gives_what_can_be_read() -> None:
    """A feed cut off in the middle tells its trouble and gives the entries before the break."""
    whole = rss(item(1, "One"), item(2, "Two"))
    parsed = parse(whole[: whole.index("<guid>urn:2")], FEED)
    assert parsed.trouble
    assert parsed.entries[0].article.headline == "One"


@pytest.mark.parametrize("text", ["", "{}", "http://127.0.0.1:9/rss", "/etc/hostname", "<a>" * 2000, "\x00\x01"])
def test_what_is_no_feed_is_said_to_be_none(text: str) -> None:
    """Anything else raises an error in words; nothing is opened or asked for in its name."""
    with pytest.raises(NotAFeedError):
        parse(decode(text.encode()), FEED)


def test_entities_do_not_explode() -> None:
    """A feed of nested entities (a billion laughs) ends at once."""
    bomb = '<!DOCTYPE r [<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )  # fmt: skip
    text = bomb + "]>" + rss(item(1, "&a11;"), declaration="")
    try:
        parsed = parse(text, FEED)
    except NotAFeedError:
        return
    assert all(len(entry.article.headline or "") < 10_000 for entry in parsed.entries)


def test_the_list_of_feeds_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    """A mistake in FEEDS.toml is named with its place; defaults are filled in."""
    path = tmp_path / "FEEDS.toml"
    path.write_text(
        'every_seconds = 60\n[[feed]]\nurl = "https://a.example/"\n'
        '[[feed]]\nurl = "https://b.example/"\nevery_seconds = 5\n'
    )
    found = settings.read(path)
    assert [found.every(feed) for feed in found.feed] == [60, 5]
    for wrong, said in (("[[feed]]\nurl = 5", "feed.0.url"), ("feed = []", "feed"), ("[[feed", "no TOML")):
        path.write_text(wrong)
        with pytest.raises(LookupError, match=said):
            settings.read(path)


def test_memory_is_bounded_and_survives(tmp_path: Path) -> None:
    """The oldest entries are forgotten first; a file that is something else is said to be so."""
    memory = state.Memory()
    known = memory.of("u")
    for number in range(state.MOST_SEEN + 10):
        known.remember(str(number), "x")
    memory.write(tmp_path / "feeds.json")
    again = state.read(tmp_path / "feeds.json").of("u")
    assert (len(again.seen), "9" in again.seen, "10" in again.seen) == (state.MOST_SEEN, False, True)
    (tmp_path / "feeds.json").write_text("[]")
    with pytest.raises(LookupError):
        state.read(tmp_path / "feeds.json")
