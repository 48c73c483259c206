"""A total time-out for a request, which the HTTP library does not have.

Its read time-out counts from one read to the next, so a server that drips a byte now and then holds a
request for ever, in the headers as well as in the body. This closes the socket under it.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

Trace = Callable[[str, Mapping[str, Any]], None]
"""Called by the HTTP library with the name of each step and what it gave."""


class Deadline:
    """A budget of seconds that runs only inside `running`; once spent, `passed` is true for good."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.passed = False
        self._left = seconds
        self._stream: Any = None

    @contextmanager
    def running(self) -> Iterator[Trace]:
        """Let the budget run; the value is the `trace` extension that the request must carry."""
        self._stream = None
        timer = threading.Timer(self._left, self._pass)
        timer.daemon = True
        started = time.monotonic()
        timer.start()
        try:
            yield self._note_connection
        finally:
            timer.cancel()
            self._left = max(0.0, self._left - (time.monotonic() - started))

    def _note_connection(self, step: str, info: Mapping[str, Any]) -> None:
        if step.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._stream = info["return_value"]
            if self.passed:
                self._cut()

    def _pass(self) -> None:
        self.passed = True
        self._cut()

    def _cut(self) -> None:
        if self._stream is None:
            return
        with suppress(OSError):  # the server may have closed it in the same moment
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
