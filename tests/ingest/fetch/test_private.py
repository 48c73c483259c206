"""Private addresses are refused before anything is sent to them, by whatever way they come."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from ingest.errors import FetchError
from ingest.fetch.client import Fetcher, Limits
from ingest.fetch.private import PrivateAddressError, is_private
from tests.loopback import Loopback, page, redirect

QUICK = Limits(attempts=1, seconds_between_requests=0, connect_seconds=2)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A service of this machine's own, which nobody outside may read."""
    with Loopback() as loopback:
        yield loopback


@pytest.fixture
def fetcher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fetcher]:
    """A fetcher as it is by default, with no proxy in between."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Fetcher.open("test", QUICK) as opened:
        yield opened


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "0.0.0.0",
        "::",
        "10.0.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::1",
        "::127.0.0.1",
        "::10.0.0.1",
        "::ffff:0:127.0.0.1",
        "fec0::1",
        "no address",
    ],
)
def test_what_is_private(address: str) -> None:
    """Loopback, private and link-local networks, carriers' own, reserved ones, and those that carry one."""
    assert is_private(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:8.8.8.8"])
def test_what_is_public(address: str) -> None:
    """What everybody on the internet reaches, by IPv6 too."""
    assert not is_private(address)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]"),
        *("2130706433", "017700000001", "0x7f000001", "0x7f.1", "127.1", "0"),
    ],
)
def test_this_machine_is_not_asked_by_any_spelling_of_it(
    server: Loopback, fetcher: Fetcher, host: str
) -> None:
    """The name is looked up first, and the message says what would allow it."""
    server.on("/secret", page(b"secret"))
    with pytest.raises(PrivateAddressError, match="HYPECURVE_ALLOW_PRIVATE_URLS=1"):
        fetcher.fetch(server.url("/secret", host))
    assert not server.seen


@pytest.mark.parametrize("host", ["LOCALHOST.", "0177.0.0.1", "①②⑦.0.0.1", "127。0。0。1"])
def test_a_spelling_that_not_every_system_understands_is_not_asked_either(
    server: Loopback, fetcher: Fetcher, host: str
) -> None:
    """It is no address, no known name, or a private one: whichever this system says, nothing is sent."""
    server.on("/secret", page(b"secret"))
    with pytest.raises(FetchError):
        fetcher.fetch(server.url("/secret", host))
    assert not server.seen


def test_a_redirect_to_this_machine_is_not_followed(server: Loopback, fetcher: Fetcher, monkeypatch) -> None:
    """A public page that leads to a private address is told as that; only the first host was asked."""
    public_looking(monkeypatch, "public.example")
    monkeypatch.setattr("ingest.fetch.client.peer_must_be_public", lambda *_: None)
    server.on("/moved", redirect(server.url("/secret", "localhost")))
    server.on("/secret", page(b"secret"))
    with pytest.raises(PrivateAddressError, match="localhost"):
        fetcher.fetch(server.url("/moved", "public.example"))
    assert [seen.path for seen in server.seen] == ["/moved"]


def test_a_name_that_changes_its_address_between_look_and_connection_is_caught(
    server: Loopback, fetcher: Fetcher, monkeypatch
) -> None:
    """The connection itself is checked before a byte is sent."""
    public_looking(monkeypatch, "rebinding.example")
    server.on("/secret", page(b"secret"))
    with pytest.raises(PrivateAddressError, match=r"rebinding\.example"):
        fetcher.fetch(server.url("/secret", "rebinding.example"))
    assert not server.seen


def test_where_it_is_allowed_they_are_asked(server: Loopback) -> None:
    """Whoever runs a mirror on a network of their own says so."""
    with Fetcher.open("test", QUICK, allow_private=True) as allowed:
        assert allowed.fetch(server.on("/own", page(b"own"))).body == b"own"


def public_looking(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a name be a public address when it is looked up first, and this machine when it is connected to."""
    real, looked = socket.getaddrinfo, []

    def looked_up(host, port, *rest, **options):
        if host != name:
            return real(host, port, *rest, **options)
        looked.append(host)
        return real("1.1.1.1" if len(looked) % 2 else "127.0.0.1", port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
