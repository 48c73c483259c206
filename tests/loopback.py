"""A real HTTP server on the loopback interface that behaves as badly as real ones do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived; header names in lower case."""

    path: str
    host: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer.

    pieces         parts of the body, sent one by one
    pause_seconds  silence before each piece
    length         False: no Content-Length, the end of the connection is the end of the body
    declared       another Content-Length than the true one
    raw            sent instead of everything else, byte for byte in these pieces, after each pause
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[bytes, ...] = ()
    pause_seconds: float = 0.0
    length: bool = True
    declared: int | None = None
    raw: tuple[bytes, ...] | None = None


Answer = Reply | Callable[[Seen], Reply]


class Loopback:
    """Serves `answers` by path, in turn where a path has several (the last one for ever after).

    `seen` lists all requests. The same server is reached as two hosts: 127.0.0.1 and localhost.
    """

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.seen: list[Seen] = []
        self._stop = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def on(self, path: str, *answers: Answer) -> str:
        """Answer `path` so; gives its address at 127.0.0.1."""
        self.answers[path] = list(answers)
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path at one of the two host names."""
        return f"http://{host}:{self._server.server_port}{path}"

    def _next_answer(self, seen: Seen) -> Reply:
        waiting = self.answers.get(seen.path)
        if not waiting:
            return Reply(404)
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return answer if isinstance(answer, Reply) else answer(seen)

    def _paused(self, pieces: tuple[bytes, ...], seconds: float) -> Iterator[bytes]:
        for piece in pieces:
            if seconds and self._stop.wait(seconds):
                return
            yield piece

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                seen = Seen(self.path, headers["host"].partition(":")[0], headers)
                loopback.seen.append(seen)
                reply = loopback._next_answer(seen)
                try:
                    self._send(reply)
                except OSError:
                    self.close_connection = True  # the client has had enough, which is what is tested

            def _send(self, reply: Reply) -> None:
                if reply.raw is None:
                    self._send_head(reply)
                pieces = reply.pieces if reply.raw is None else reply.raw
                for piece in loopback._paused(pieces, reply.pause_seconds):
                    self.wfile.write(piece)
                    self.wfile.flush()

            def _send_head(self, reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                true_length = sum(len(piece) for piece in reply.pieces)
                if reply.length:
                    self.send_header("Content-Length", str(reply.declared or true_length))
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: the tests look at `seen`."""

        return Handler


def page(body: bytes, etag: str | None = None, **headers: str) -> Callable[[Seen], Reply]:
    """A well-behaved page: status 200 with an ETag, 304 to who has it."""

    def answer(seen: Seen) -> Reply:
        if etag is not None and seen.headers.get("if-none-match") == etag:
            return Reply(304, {"ETag": etag}, length=False)
        tagged = {"ETag": etag} if etag is not None else {}
        return Reply(200, {**tagged, **{k.replace("_", "-"): v for k, v in headers.items()}}, (body,))

    return answer


def redirect(target: str, status: int = 302) -> Reply:
    """A step to another address."""
    return Reply(status, {"Location": target})


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
