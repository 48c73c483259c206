"""How a process that stays speaks: lines for a person, or JSON for a program that collects them."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final

from terminal import harmless, one_line

QUIETER: Final = {
    "uvicorn.access": logging.WARNING,
    "uvicorn.error": logging.WARNING,
    "apscheduler": logging.ERROR,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "apprise": logging.ERROR,
}
"""Streamlit turns on a line for every file a browser asks for; libraries tell of every request."""

FORMATS: Final = ("text", "json")


class ForPeople(logging.Formatter):
    """`2026-11-29 18:05:01 warning: what happened`; a traceback stands below it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and whatever traceback belongs to it."""
        at = datetime.fromtimestamp(record.created, UTC)
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()}: "
        line = f"{at:%Y-%m-%d %H:%M:%S} {level}{one_line(record.getMessage())}"
        return f"{line}\n{harmless(self.formatException(record.exc_info))}" if record.exc_info else line


class ForPrograms(logging.Formatter):
    """One JSON object a line: at, level, logger, message, and error where there is a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said)


def start_logging(log_format: str) -> None:
    """Write what is told to standard error from now on, as `text` or `json`, in place of what was set."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(ForPrograms() if log_format == "json" else ForPeople())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    hush()


def hush() -> None:
    """Let libraries say only what matters; again after they were loaded, since some set it back."""
    for name, level in QUIETER.items():
        logging.getLogger(name).setLevel(level)
