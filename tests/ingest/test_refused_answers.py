"""What a server's refusal means: whether to try again soon, and what a person can do."""

from __future__ import annotations

import pytest

from ingest.errors import FetchError, HeldBack, Refused, TooLarge

URL = "https://a.example/x"


@pytest.mark.parametrize(
    ("status", "passing", "advice"),
    [
        (400, False, "in a browser"),
        (401, False, "Check the key"),
        (403, False, "Check the key"),
        (404, False, "new address"),
        (410, False, "new address"),
        (418, False, "in a browser"),
        (428, False, "in a browser"),
        (429, True, "fewer requests"),
        (430, False, "in a browser"),
        (499, False, "in a browser"),
        (500, True, "in trouble"),
        (503, True, "in trouble"),
        (599, True, "in trouble"),
        (600, False, "in a browser"),
        (999, False, "in a browser"),
    ],
)
def test_only_what_may_pass_is_tried_again_soon(status: int, passing: bool, advice: str) -> None:
    """A server in trouble, or one that asks for fewer requests; what else it answers a person looks at."""
    refused = Refused(URL, "a.example", status, 7.0)
    assert (refused.passing, refused.status, refused.retry_after_seconds) == (passing, status, 7.0)
    assert str(refused).startswith(f"{URL}: the server answers with status {status}. ")
    assert advice in str(refused)


def test_an_error_names_the_host_that_failed_where_the_address_does_not() -> None:
    """After a redirect another host answers; without one nothing is said twice."""
    told = {host: str(FetchError(URL, host, "no", "Wait")) for host in ("", "a.example", "b.example")}
    assert told[""] == told["a.example"] == f"{URL}: no. Wait"
    assert told["b.example"] == f"{URL} (at b.example, where it redirects to): no. Wait"


def test_an_error_tells_no_key() -> None:
    """Neither in its words nor in what it keeps."""
    error = FetchError(f"{URL}?token=abc123", "", "went to https://b.example/?key=abc123", "Wait")
    assert "abc123" not in f"{error} {error.url}"
    assert (error.retries, error.passing) == (0, False)


def test_what_was_not_asked_or_is_too_large_is_not_tried_again() -> None:
    """Each says in figures what kept it."""
    held, large = HeldBack(URL, "a.example", 89.6), TooLarge(URL, "a.example", 64_000_000)
    assert not held.passing
    assert not large.passing
    assert "another 90 seconds" in str(held)
    assert "64,000,000 bytes" in str(large)
