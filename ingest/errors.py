"""What may go wrong between a source and the archive, in words for people: what, where, what to do."""

from __future__ import annotations

from errors import ExpectedError
from store.concealed import conceal


class IngestError(ExpectedError):
    """Anything that keeps a source from being taken in."""


class ParseError(IngestError):
    """A payload is not what its source says that it serves: an error page, a broken file, a lost column."""


class FetchError(IngestError):
    """A payload could not be had.

    url      the address that was asked for
    host     the host that failed (another one than in `url` after a redirect)
    passing  whether it may work when tried again soon
    retries  how often it was tried again before giving up
    """

    def __init__(self, url: str, host: str, what: str, advice: str, *, passing: bool = False) -> None:
        where = "" if not host or f"//{host}" in url else f" (at {host}, where it redirects to)"
        super().__init__(f"{conceal(url)}{where}: {conceal(what)}. {advice}")
        self.url = conceal(url)
        self.host = host
        self.passing = passing
        self.retries = 0


class Refused(FetchError):
    """The server answered, but not with the payload; `retry_after_seconds` is the wait it asks for."""

    def __init__(self, url: str, host: str, status: int, retry_after_seconds: float | None = None) -> None:
        passing = status == 429 or _in_trouble(status)
        super().__init__(
            url, host, f"the server answers with status {status}", _advice(status), passing=passing
        )
        self.status = status
        self.retry_after_seconds = retry_after_seconds


class HeldBack(FetchError):
    """Not asked at all: a moment ago the host asked for no requests for longer than anyone waits here."""

    def __init__(self, url: str, host: str, seconds: float) -> None:
        what = f"not asked, since the server wants no requests for another {seconds:.0f} seconds"
        super().__init__(url, host, what, "The next scheduled refresh tries again")


class TooLarge(FetchError):
    """The payload is larger than the source allows, as declared or as counted after decompression."""

    def __init__(self, url: str, host: str, max_bytes: int) -> None:
        what = f"the payload is larger than the {max_bytes:,} bytes that this source allows"
        super().__init__(url, host, what, "If it is right, raise max_bytes of the source")
        self.max_bytes = max_bytes


class TimedOut(FetchError):
    """No connection, no bytes, or not all of them within the time allowed."""


class Unreachable(FetchError):
    """The address is not usable or no connection came about."""


class BadAnswer(FetchError):
    """The server broke the rules of HTTP: a cut-off or undecodable body, redirects that lead nowhere."""


class RecordingError(FetchError):
    """A folder of recordings, or one recording, cannot be used."""

    def __init__(self, where: str, what: str, advice: str) -> None:
        super().__init__(where, "", what, advice)


def _advice(status: int) -> str:
    match status:
        case 401 | 403:
            return "Check the key of this source, and whether it still allows programs to read it"
        case 404 | 410:
            return "It was moved or removed: look for its new address at the source's homepage"
        case 429:
            return "It asks for fewer requests: the next scheduled refresh tries again"
        case _ if _in_trouble(status):
            return "The server is in trouble: the next scheduled refresh tries again"
        case _:
            return "Open the address in a browser to see what the server says"


def _in_trouble(status: int) -> bool:
    """Whether the server says so; beyond 599 stands what is none of HTTP's, as 999 for "no programs"."""
    return 500 <= status < 600
