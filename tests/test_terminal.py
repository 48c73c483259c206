"""Text from outside moves no cursor and forges no line, on a terminal and in the log."""

from __future__ import annotations

import json
import logging

import pytest

from logs import ForPeople, ForPrograms
from terminal import harmless, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, naïve – 100 %\tand\nlines", "plain, naïve – 100 %\tand\nlines"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("a\rb", "a\\rb"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("\x9b31m", "\\x9b31m"),
        ("half \ud800", "half \\ud800"),
    ],
)
def test_what_acts_on_a_terminal_is_written_out(text: str, shown: str) -> None:
    """Letters of all languages, tabs and lines stay."""
    assert harmless(text) == shown
    assert "\n" not in one_line(text)


def record(message: str, error: Exception | None = None) -> logging.LogRecord:
    """A line for the log."""
    info = (type(error), error, None) if error else None
    return logging.LogRecord("hypecurve.x", logging.WARNING, "x.py", 1, "%s", (message,), info)


def test_a_line_of_the_log_cannot_be_forged() -> None:
    """A line feed from outside begins no line of its own, for people and for programs."""
    forged = "ok\n2026-01-01 00:00:00 error: forged\x1b[0m"
    assert ForPeople().format(record(forged)).count("\n") == 0
    said = json.loads(ForPrograms().format(record(forged)))
    assert (said["level"], said["message"]) == ("warning", forged)


def test_a_traceback_stands_with_its_line() -> None:
    """Below it for people, inside the object for programs."""
    failed = record("it broke", ValueError("because"))
    assert ForPeople().format(failed).endswith("ValueError: because")
    assert "ValueError: because" in json.loads(ForPrograms().format(failed))["error"]
