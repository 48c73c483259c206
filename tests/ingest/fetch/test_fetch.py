"""What ingest.fetch promises, held against a real server on the loopback interface."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BadAnswer, HeldBack, Refused, TimedOut, TooLarge, Unreachable
from ingest.fetch.client import Fetcher, Limits
from ingest.fetch.decoding import decoded
from ingest.fetch.politeness import (
    LONGEST_RETRY_AFTER,
    Clock,
    Politeness,
    backoff_seconds,
    retry_after_seconds,
)
from ingest.formats.texts import is_web_page
from tests.loopback import Loopback, Reply, page, redirect

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
NAME = "hypecurve/1.2.3 (+mailto:someone@example.org)"


@dataclass
class Hand:
    """A clock turned by hand: sleeping takes no time but moves it on, and is noted."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    @property
    def clock(self) -> Clock:
        return Clock(
            now=lambda: START + timedelta(seconds=self.seconds),
            monotonic=lambda: self.seconds,
            sleep=self.sleep,
        )


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def fetcher(hand: Hand) -> Iterator[Fetcher]:
    limits = Limits(read_seconds=5)
    with Fetcher.open(NAME, limits, clock=hand.clock, random=lambda: 0.5, allow_private=True) as fetcher:
        yield fetcher


def limited(fetcher: Fetcher, **limits: Any) -> Fetcher:
    """The same fetcher under other limits, with a client made for them."""
    return Fetcher.open(
        NAME,
        replace(fetcher.limits, **limits),
        clock=fetcher.clock,
        random=fetcher.random,
        allow_private=True,
    )


def test_a_page_arrives_with_its_body_and_the_headers_worth_keeping(server: Loopback, fetcher: Fetcher):
    """Body, status, final address and etag, last-modified, content-type, date in lower case; nothing else."""
    url = server.on(
        "/data.csv", page(b"a,b\n", '"v1"', Content_Type="text/csv", X_Noise="1", Last_Modified="x")
    )
    got = fetcher.fetch(url)
    assert (got.status, got.unchanged, got.body, got.url, got.final_url) == (200, False, b"a,b\n", url, url)
    assert set(got.headers) == {"etag", "last-modified", "content-type", "date"}
    assert (got.headers["etag"], got.content_type) == ('"v1"', "text/csv")
    assert (got.retries, got.recorded_as_of) == (0, None)


def test_every_request_says_who_asks(server: Loopback, fetcher: Fetcher):
    """The User-Agent is the one from the settings, also after a redirect to another host."""
    server.on("/end", page(b"x"))
    fetcher.fetch(server.on("/start", redirect(server.url("/end", "localhost"))))
    assert [seen.headers["user-agent"] for seen in server.seen] == [NAME, NAME]


def test_what_has_not_changed_is_not_sent_again(server: Loopback, fetcher: Fetcher):
    """The previous payload's ETag and date are offered, and a 304 comes back as unchanged, without a body."""
    url = server.on("/data", page(b"one", '"v1"', Last_Modified="Sat, 31 Oct 2026 00:00:00 GMT"))
    first = fetcher.fetch(url)
    again = fetcher.fetch(url, previous=first.headers)
    assert (again.status, again.unchanged, again.body) == (304, True, b"")
    assert server.seen[1].headers["if-none-match"] == '"v1"'
    assert server.seen[1].headers["if-modified-since"] == "Sat, 31 Oct 2026 00:00:00 GMT"


def test_not_modified_without_having_asked_is_refused(server: Loopback, fetcher: Fetcher):
    """A 304 to an unconditional request is a fault of the server, never an empty payload."""
    with pytest.raises(Refused) as refused:
        fetcher.fetch(server.on("/data", Reply(304, length=False)))
    assert refused.value.status == 304


def test_credentials_stay_with_their_host(server: Loopback, fetcher: Fetcher):
    """On a redirect to another host all headers go but User-Agent, Accept and the conditional ones."""
    server.on("/signed", page(b"parquet", '"v2"'))
    url = server.on("/resolve", redirect(server.url("/signed", "localhost")))
    secret = {"Authorization": "Bearer s3cret", "X-API-Key": "s3cret", "x-custom": "s3cret", "Accept": "a/b"}
    got = fetcher.fetch(url, headers=secret, previous={"etag": '"v1"'})
    first, second = server.seen
    assert first.headers["x-api-key"] == "s3cret"
    assert "s3cret" not in " ".join(second.headers.values())
    assert (second.headers["accept"], second.headers["if-none-match"]) == ("a/b", '"v1"')
    assert (second.host, got.body, got.final_url) == (
        "localhost",
        b"parquet",
        server.url("/signed", "localhost"),
    )


def test_credentials_do_not_come_back(server: Loopback, fetcher: Fetcher):
    """Once another host had its turn, credentials are gone, even when it leads back."""
    server.on("/back", redirect(server.url("/end")))
    server.on("/end", page(b"x"))
    url = server.on("/start", redirect(server.url("/back", "localhost")))
    fetcher.fetch(url, headers={"X-API-Key": "s3cret"})
    assert ["x-api-key" in seen.headers for seen in server.seen] == [True, False, False]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_on_one_host_keep_its_headers(server: Loopback, fetcher: Fetcher, status: int):
    """Relative redirects of every kind are followed with all headers, since the host is the same."""
    server.on("/new?a=1", page(b"x"))
    got = fetcher.fetch(server.on("/old", redirect("new?a=1", status)), headers={"X-API-Key": "k"})
    assert got.final_url == server.url("/new?a=1")
    assert server.seen[1].headers["x-api-key"] == "k"


def test_cookies_are_not_kept(server: Loopback, fetcher: Fetcher):
    """What one answer sets does not change what the next request sends."""
    url = server.on("/data", page(b"x", Set_Cookie="session=1"))
    fetcher.fetch(url)
    fetcher.fetch(url)
    assert "cookie" not in server.seen[1].headers


@pytest.mark.parametrize("target", ["", "file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_redirects_lead_to_addresses_only(server: Loopback, fetcher: Fetcher, target: str):
    """A redirect to something else than an http(s) address ends there, and the message says where to."""
    with pytest.raises(BadAnswer, match="not an http"):
        fetcher.fetch(server.on("/start", redirect(target)))


def test_circles_of_redirects_end(server: Loopback, fetcher: Fetcher):
    """More than eight redirects are a circle."""
    url = server.on("/round", redirect("/round"))
    with pytest.raises(BadAnswer, match="more than 8 redirects"):
        fetcher.fetch(url)
    assert len(server.seen) == 9


def test_a_host_is_asked_once_a_second(server: Loopback, fetcher: Fetcher, hand: Hand):
    """Requests to one host are a second apart, redirects included; another host need not wait."""
    server.on("/end", page(b"x"))
    url = server.on("/start", redirect("/end"))
    fetcher.fetch(url)
    assert hand.slept == [1.0]
    fetcher.fetch(server.url("/end", "localhost"))
    assert hand.slept == [1.0]
    hand.seconds += 0.4
    fetcher.fetch(server.url("/end"))
    assert hand.slept == [1.0, pytest.approx(0.6)]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_trouble_is_tried_again(server: Loopback, fetcher: Fetcher, hand: Hand, status: int):
    """Two failures and a success: two retries, after growing waits with jitter (here half of 2 s and 4 s)."""
    got = fetcher.fetch(server.on("/data", Reply(status), Reply(status), page(b"x")))
    assert (got.body, got.retries, hand.slept) == (b"x", 2, [1.0, 2.0])
    assert got.seconds == 3.0


def test_trying_ends(server: Loopback, fetcher: Fetcher):
    """After four attempts the error says how often it was tried, with status and address."""
    url = server.on("/data", Reply(503))
    with pytest.raises(Refused, match=r"status 503.*next scheduled refresh") as refused:
        fetcher.fetch(url)
    assert (len(server.seen), refused.value.retries, refused.value.status) == (4, 3, 503)
    assert url in str(refused.value)


@pytest.mark.parametrize("status", [204, 206, 400, 401, 403, 404, 410])
def test_lasting_trouble_is_not_tried_again(server: Loopback, fetcher: Fetcher, status: int):
    """What will not pass by itself is asked once."""
    with pytest.raises(Refused) as refused:
        fetcher.fetch(server.on("/data", Reply(status)))
    assert (refused.value.status, len(server.seen)) == (status, 1)


@pytest.mark.parametrize(
    ("asked", "seconds"), [("7", 7.0), ("Sun, 01 Nov 2026 12:00:30 GMT", 30.0), ("soon", 1.0), ("0", 1.0)]
)
def test_retry_after_is_honoured(server: Loopback, fetcher: Fetcher, hand: Hand, asked: str, seconds: float):
    """A number of seconds and an HTTP date are waited for; nonsense and less than the back-off are not."""
    fetcher.fetch(server.on("/data", Reply(429, {"Retry-After": asked}), page(b"x")))
    assert hand.slept == [seconds]


def test_a_long_retry_after_is_left_to_the_next_refresh(server: Loopback, fetcher: Fetcher, hand: Hand):
    """Beyond the bound neither a long sleep nor a rude early retry: the error carries what was asked for."""
    with pytest.raises(Refused) as refused:
        fetcher.fetch(server.on("/data", Reply(429, {"Retry-After": "3600"})))
    assert (refused.value.retry_after_seconds, hand.slept, len(server.seen)) == (3600.0, [], 1)


def test_a_host_that_closes_for_long_is_not_asked_for_its_other_addresses(server: Loopback, fetcher: Fetcher):
    """A Retry-After that nobody waits for holds for all addresses of the host, in this refresh."""
    with pytest.raises(Refused):
        fetcher.fetch(server.on("/busy", Reply(429, {"Retry-After": "3600"})))
    with pytest.raises(HeldBack, match="wants no requests for another 3600 seconds"):
        fetcher.fetch(server.on("/other", page(b"x")))
    assert len(server.seen) == 1


def test_a_host_in_trouble_is_left_alone_by_all(hand: Hand):
    """A hold after a 429 counts for every later request to that host, and to no other."""
    politeness = Politeness(1.0, hand.clock)
    politeness.wait("a")
    politeness.hold("a", 20.0)
    politeness.wait("b")
    assert hand.slept == []
    politeness.wait("a")
    assert hand.slept == [20.0]


def test_too_much_declared_is_not_read(server: Loopback, fetcher: Fetcher):
    """A declared length over the cap is refused before the body is read, once, naming the cap."""
    url = server.on("/data", Reply(pieces=(b"x",), declared=1_000_001))
    with pytest.raises(TooLarge, match="1,000,000 bytes") as refused:
        fetcher.fetch(url, max_bytes=1_000_000)
    assert (refused.value.max_bytes, len(server.seen)) == (1_000_000, 1)


def test_too_much_undeclared_is_cut_off(server: Loopback, fetcher: Fetcher):
    """A body without a declared length is counted while it comes; one of just the cap passes."""
    url = server.on("/data", Reply(pieces=(b"x" * 1000,) * 10, length=False))
    assert len(fetcher.fetch(url, max_bytes=10_000).body) == 10_000
    with pytest.raises(TooLarge):
        fetcher.fetch(url, max_bytes=9_999)


def test_a_compressed_body_is_decoded(server: Loopback, fetcher: Fetcher):
    """Content-Encoding gzip is undone: the payload is what the source means."""
    url = server.on("/data", page(gzip.compress(b"a,b\n1,2\n"), Content_Encoding="gzip"))
    assert fetcher.fetch(url).body == b"a,b\n1,2\n"


def test_a_decompression_bomb_is_cut_off(server: Loopback, fetcher: Fetcher):
    """The cap counts decompressed bytes: 20 kB on the wire that unfold to 20 MB are refused."""
    bomb = gzip.compress(b"\0" * 20_000_000)
    assert len(bomb) < 50_000
    with pytest.raises(TooLarge):
        fetcher.fetch(server.on("/data", page(bomb, Content_Encoding="gzip")), max_bytes=1_000_000)


def test_damaged_compression_is_an_error(server: Loopback, fetcher: Fetcher):
    """What cannot be decompressed is tried again and then refused, never stored."""
    url = server.on("/data", page(b"this is not gzip", Content_Encoding="gzip"))
    with pytest.raises(BadAnswer, match="compression"):
        fetcher.fetch(url)
    assert len(server.seen) == 4


def test_compression_that_ends_in_the_middle_is_an_error(server: Loopback, fetcher: Fetcher):
    """A gzip stream cut off by the end of the connection is no payload, though what came decodes well."""
    half = gzip.compress(bytes(range(256)) * 1000)[:-100]
    cut = Reply(headers={"Content-Encoding": "gzip"}, pieces=(half,), length=False)
    with pytest.raises(BadAnswer, match="ends in the middle"):
        fetcher.fetch(server.on("/data", cut))


def test_an_encoding_that_was_not_asked_for_is_an_error(server: Loopback, fetcher: Fetcher):
    """Bytes in an unknown Content-Encoding are not stored as if they were the payload."""
    with pytest.raises(BadAnswer, match="'br', which was not asked for"):
        fetcher.fetch(server.on("/data", page(b"???", Content_Encoding="br")))
    assert server.seen[0].headers["accept-encoding"] == "gzip"


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=3), st.integers(1, 50))
def test_gzip_in_any_pieces_gives_the_same(parts: list[bytes], step: int):
    """However the bytes are cut into pieces, and of however many gzip members, all of the body comes out."""
    stored = b"".join(gzip.compress(part) for part in parts)
    pieces = [stored[at : at + step] for at in range(0, len(stored), step)]
    assert b"".join(decoded(pieces, "gzip")) == b"".join(parts)


def test_a_body_cut_short_is_tried_again(server: Loopback, fetcher: Fetcher):
    """Fewer bytes than declared are a broken connection, not a payload."""
    cut = Reply(pieces=(b"half",), declared=8)
    got = fetcher.fetch(server.on("/data", cut, page(b"the whole")))
    assert (got.body, got.retries) == (b"the whole", 1)


def test_silence_times_out(server: Loopback, fetcher: Fetcher):
    """A server that says nothing for longer than the read time-out is tried again, then given up."""
    url = server.on("/data", Reply(pieces=(b"x",), pause_seconds=30), page(b"awake"))
    with limited(fetcher, read_seconds=0.3) as impatient:
        assert impatient.fetch(url).retries == 1


@pytest.mark.parametrize(
    "drip",
    [
        Reply(pieces=(b"x",) * 400, pause_seconds=0.05),
        Reply(pieces=(b"x",) * 400, pause_seconds=0.05, length=False),
        Reply(raw=(b"HTTP/1.1 200 OK\r\n", *[b"X-Slow: 1\r\n"] * 400), pause_seconds=0.05),
        Reply(raw=(b"H", *[b"T"] * 400), pause_seconds=0.05),
    ],
    ids=["body", "body without length", "headers", "status line"],
)
def test_a_drip_ends_at_the_total_time_out(server: Loopback, fetcher: Fetcher, drip: Reply):
    """Bytes that keep coming, each in time, do not hold a refresh for ever, and no part counts as a body."""
    url = server.on("/drip", drip)
    before = time.monotonic()
    with (
        limited(fetcher, total_seconds=0.3) as impatient,
        pytest.raises(TimedOut, match=r"after 0\.3 seconds"),
    ):
        impatient.fetch(url)
    assert 0.25 < time.monotonic() - before < 3
    assert len(server.seen) == 1


def test_the_total_time_out_counts_over_redirects(server: Loopback, fetcher: Fetcher):
    """One attempt has one budget, however many redirects it takes."""

    head = b"HTTP/1.1 302 Found\r\nLocation: /step\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    slow_step = Reply(raw=(head,), pause_seconds=0.12)
    url = server.on("/step", slow_step)
    with limited(fetcher, total_seconds=0.3) as impatient, pytest.raises(TimedOut):
        impatient.fetch(url)
    assert 1 < len(server.seen) <= 3


def test_nobody_there(fetcher: Fetcher):
    """A closed port is tried four times and told as a connection that did not come about."""
    with Loopback() as gone:
        url = gone.url("/data")
    with pytest.raises(Unreachable, match="no connection") as error:
        fetcher.fetch(url)
    assert error.value.retries == 3


@pytest.mark.parametrize(
    "url", ["", "data.csv", "ftp://example.org/x", "http://", "http://exa mple.org:port/"]
)
def test_an_address_that_is_none(fetcher: Fetcher, url: str):
    """An unusable address is told at once and names itself."""
    with pytest.raises(Unreachable, match="not an http") as error:
        fetcher.fetch(url)
    assert (error.value.retries, error.value.url) == (0, url)


@pytest.mark.parametrize("key", ["s3cret\n", "s3cret ", "s3crét"])
def test_a_key_with_stray_characters_is_not_shown(server: Loopback, fetcher: Fetcher, key: str):
    """A header that cannot be sent is told without its value, which may be a key, and nothing is sent."""
    with pytest.raises(Unreachable, match="header") as error:
        fetcher.fetch(server.on("/data", page(b"x")), headers={"X-API-Key": key})
    assert "s3cr" not in str(error.value)
    assert server.seen == []


def test_the_failing_host_is_named(server: Loopback, fetcher: Fetcher):
    """When a redirect's target fails, the message names it besides the address that was asked for."""
    url = server.on("/start", redirect(server.url("/gone", "localhost")))
    with pytest.raises(Refused, match=r"at localhost, where it redirects to.*404"):
        fetcher.fetch(url)


def test_a_wrong_content_type_is_taken_as_served(server: Loopback, fetcher: Fetcher):
    """JSON under text/html arrives as it is: what it means is for parse to say."""
    got = fetcher.fetch(server.on("/data.json", page(b'{"a": 1}', Content_Type="text/html")))
    assert (got.body, got.content_type) == (b'{"a": 1}', "text/html")


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (b"<!DOCTYPE html><html></html>", True),
        (b"\xef\xbb\xbf\r\n  <!doctype HTML>", True),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', True),
        (b"<!-- edge 7 --><!-- x -->\n<html>", True),
        (b'<?xml version="1.0"?><rss><title>&lt;html&gt;</title></rss>', False),
        (b'{"html": "<html>"}', False),
        (b"model,score\n", False),
        (b"PK\x03\x04", False),
        (b"", False),
    ],
)
def test_web_pages_are_told_from_data(body: bytes, verdict: bool):
    """An error page with status 200 shows by how it starts, whatever its content type."""
    assert is_web_page(body) is verdict


@given(st.integers(0, 60), st.floats(0, 1, exclude_max=True))
def test_back_off_stays_within_its_bounds(retry: int, random: float):
    """Full jitter: anywhere from nothing to the doubled bound, never beyond the longest wait."""
    assert 0 <= backoff_seconds(retry, 2.0, 60.0, random) <= min(60.0, 2.0 * 2**retry)


@pytest.mark.parametrize(
    ("retry", "seconds"), [(0, 1.0), (1, 2.0), (2, 4.0), (4, 16.0), (5, 30.0), (60, 30.0)]
)
def test_back_off_doubles_with_each_retry(retry: int, seconds: float):
    """The first wait is that of the settings; the chance of a half takes half of it."""
    assert backoff_seconds(retry, 2.0, 60.0, 0.5) == seconds
    assert backoff_seconds(retry, 2.0, 60.0, 0.0) == 0


@given(st.text(max_size=40))
def test_any_retry_after_is_a_wait_or_none(text: str):
    """Whatever a server writes there, the answer is a wait that is not negative, or None."""
    seconds = retry_after_seconds(text, START)
    assert seconds is None or 0 <= seconds <= LONGEST_RETRY_AFTER


@pytest.mark.parametrize("said", ["9" * 400, "Sun, 01 Nov 9999 12:00:00 GMT", "86401"])
def test_no_server_keeps_its_host_away_for_years(said: str):
    """One wrong answer of a host that many sources share would do so until the process ends."""
    assert retry_after_seconds(said, START) == LONGEST_RETRY_AFTER


def test_headers_mapping_is_not_changed(server: Loopback, fetcher: Fetcher):
    """What the caller passes in stays as it was."""
    headers: Mapping[str, str] = {"X-API-Key": "k"}
    fetcher.fetch(server.on("/data", page(b"x")), headers=headers, previous={"etag": '"e"'})
    assert headers == {"X-API-Key": "k"}
