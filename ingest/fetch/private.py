"""Addresses that only this machine and its own network can reach: asked for only where that is allowed.

Whoever may name an address, or redirect one, could otherwise have hypecurve read what is meant for this
network alone: a router's page, a cloud's metadata service, a neighbour's database.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final
from urllib.request import getproxies, proxy_bypass

from ingest.errors import FetchError, Unreachable

VARIABLE: Final = "HYPECURVE_ALLOW_PRIVATE_URLS"
_EMBEDDING_IPV4: Final = IPv6Network("64:ff9b::/96")
"""By these an IPv6-only network reaches IPv4 addresses (RFC 6052)."""
_NOBODYS: Final = tuple(map(IPv6Network, ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fec0::/10")))
"""Older and local ways to write an IPv4 address, and a site's own: not every Python knows them as private."""


class PrivateAddressError(FetchError):
    """A name that stands for this machine or a private network; nothing was sent to it."""

    def __init__(self, url: str, host: str, address: str) -> None:
        named = host if host == address else f"{host} ({address})"
        what = f"{named} is an address of this machine or of a private network, which sources may not name"
        super().__init__(url, host, what, f"Where it is meant, set {VARIABLE}=1 and start again")


def must_be_public(url: str, host: str, port: int, scheme: str) -> None:
    """Look the host up and refuse it where any of its addresses is private.

    Raises PrivateAddressError, and Unreachable where there is no such host. Where a proxy does the asking, a
    name that only it can look up passes.
    """
    proxied = by_proxy(scheme, host)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if proxied:
            return
        raise Unreachable(
            url,
            host,
            f"no connection ({error})",
            "Check the network, or a proxy set in the environment; the next scheduled refresh tries again",
            passing=True,
        ) from error
    for *_, address in found:
        _refuse_private(url, host, str(address[0]))


def peer_must_be_public(url: str, host: str, stream: Any) -> None:
    """Refuse a connection that has come about to a private address, since a name may change its address.

    `stream` is what the HTTP library gives for a new connection. Raises PrivateAddressError.
    """
    peer = stream.get_extra_info("server_addr")
    try:
        _refuse_private(url, host, str(peer[0]))
    except PrivateAddressError:
        stream.close()
        raise


def by_proxy(scheme: str, host: str) -> bool:
    """Whether the environment names a proxy for such an address."""
    proxies = getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not proxy_bypass(host)


def is_private(address: str) -> bool:
    """Whether an IP address, or the one inside it, is anything but a public one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return True
    return any(not one.is_global or one.is_multicast or _is_nobodys(one) for one in _meant(found))


def _is_nobodys(address: IPv4Address | IPv6Address) -> bool:
    return isinstance(address, IPv6Address) and any(address in network for network in _NOBODYS)


def _meant(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, or those that it carries inside."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address in _EMBEDDING_IPV4:
        yield IPv4Address(int(address) & 0xFFFF_FFFF)
    else:
        yield address
        if address.sixtofour is not None:
            yield address.sixtofour


def _refuse_private(url: str, host: str, address: str) -> None:
    if is_private(address):
        raise PrivateAddressError(url, host, address)
