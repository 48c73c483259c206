"""The feeds of what's new: valid documents, the page's own filters, ids that stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import feedparser
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from faces.feeds import Feed, Piece, atom, feeds
from tests.homes.news_home import FIRST, fill_news


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The feeds of the home in which things happen."""
    fill_news(tmp_path)
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    with TestClient(Starlette(routes=feeds())) as opened:
        yield opened


def test_both_feeds_hold_what_the_filters_leave(client: TestClient) -> None:
    """One maker and one kind: the same pieces in Atom and in JSON, by the same ids."""
    read = feedparser.parse(client.get("/feed.atom?maker=Anthropic&kind=post").content)
    assert not read.bozo
    assert [entry.title for entry in read.entries] == ["Anthropic: Introducing Claude New"]
    items = client.get("/feed.json?maker=Anthropic&kind=post").json()["items"]
    assert [item["id"] for item in items] == [entry.id for entry in read.entries]
    assert items[0]["url"] == "https://maker.example/new"
    assert len(feedparser.parse(client.get("/feed.atom").content).entries) > 1


def test_what_cannot_be_used_is_told(client: TestClient) -> None:
    """As everywhere: a status and one sentence."""
    answer = client.get("/feed.atom?maker=Nobody")
    assert answer.status_code == 400
    assert "Nobody" in answer.json()["error"]


def test_a_reader_that_has_it_gets_nothing_again(client: TestClient) -> None:
    """Feeds are asked for often: an unchanged one costs a 304."""
    tag = client.get("/feed.atom").headers["etag"]
    assert client.get("/feed.atom", headers={"If-None-Match": tag}).status_code == 304


def test_no_text_of_a_source_breaks_the_document() -> None:
    """Characters that XML has no place for are left out, marks are escaped."""
    piece = Piece("urn:x", "<b>\x00&\x1b bold", "note", "post", "", None, FIRST)
    written = atom(Feed("news", "https://h.example/feed.atom", "https://h.example/news", (piece,)))
    title = Xml.fromstring(written).find(".//{*}entry/{*}title")
    assert title is not None
    assert title.text == "<b>& bold"
