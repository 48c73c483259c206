"""Paths into structures: what they find, what is no path, and that none takes all time or memory."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.errors import ParseError
from ingest.formats import paths
from ingest.formats.paths import LONGEST_PATH, PathError, checked_path, found_at


@pytest.mark.parametrize(
    ("path", "found"),
    [("rows[*].a", [1, 2]), ("rows[0]", {"a": 1}), ("nothing", None), ("@", {"rows": [{"a": 1}, {"a": 2}]})],
)
def test_a_path_finds_what_stands_there(path: str, found: Any) -> None:
    """And nothing where nothing does."""
    assert found_at(path, {"rows": [{"a": 1}, {"a": 2}]}, "x.json") == found


@pytest.mark.parametrize(("most", "is_read"), [(5, True), (4, False)])
def test_a_search_may_take_so_many_steps(monkeypatch: pytest.MonkeyPatch, most: int, is_read: bool) -> None:
    """Two nodes on the way to a list of three: each a step, and each value of the list one more."""
    monkeypatch.setattr(paths, "MOST_STEPS", most)
    if is_read:
        assert found_at("a", {"a": [1, 2, 3, 4]}, "x.json") == [1, 2, 3, 4]
    else:
        with pytest.raises(ParseError, match="the path 'a' finds too much in x"):
            found_at("a", {"a": [1, 2, 3, 4]}, "x.json")


@pytest.mark.parametrize(("length", "is_read"), [(10, True), (11, False)])
def test_a_text_that_a_path_makes_may_be_so_long(
    monkeypatch: pytest.MonkeyPatch, length: int, is_read: bool
) -> None:
    """Texts that a path joins grow with what it finds."""
    monkeypatch.setattr(paths, "_LONGEST_TEXT", 10)
    value = {"a": ["x" * (length - 1), ""]}
    if is_read:
        assert found_at("join('-', a)", value, "x.json") == "x" * 9 + "-"
    else:
        with pytest.raises(ParseError, match="finds too much"):
            found_at("join('-', a)", value, "x.json")


def test_a_path_that_fails_on_the_data_is_told_with_its_place() -> None:
    """The message names the path and the file."""
    with pytest.raises(ParseError, match=r"the path 'sum\(a\)' fails on x.json: "):
        found_at("sum(a)", {"a": ["b"]}, "x.json")


@pytest.mark.parametrize(
    ("path", "says"),
    [("a" * (LONGEST_PATH + 1), "longer than 500 characters"), ("a[", ".")],
)
def test_what_is_no_path_is_refused(path: str, says: str) -> None:
    """With the reason on one line, before anything is read with it."""
    with pytest.raises(PathError, match=says) as caught:
        checked_path(path)
    assert "\n" not in str(caught.value)


def test_the_longest_path_is_one() -> None:
    """Its bound counts."""
    checked_path("a" * LONGEST_PATH)
