"""Frames of one run are sent together, in their order, and never held for long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.shared.one_piece import LONGEST, OnePiece, is_status

App = Callable[[Send], Awaitable[None]]


def status(*, is_running: bool) -> bytes:
    message = ForwardMsg()
    message.session_status_changed.script_is_running = is_running
    return bytes(message.SerializeToString())


def frame(body: bytes) -> Message:
    return {"type": "websocket.send", "bytes": body}


def part(words: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = words
    return bytes(message.SerializeToString())


def spoken(app: App, sent: list[Message], *, gone: bool = False) -> None:
    """Let an application speak over a websocket; to a browser that has gone nothing can be sent."""

    async def behind(_scope: Scope, _receive: Receive, send: Send) -> None:
        await app(send)

    async def send(message: Message) -> None:
        if gone:
            raise OSError
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError

    asyncio.run(OnePiece(behind)({"type": "websocket"}, receive, send))


def test_a_run_is_sent_once_it_has_ended() -> None:
    """That it begins at once, then all its frames in their order, and none of them before."""
    sent: list[Message] = []
    run = [status(is_running=True), part("one"), part("two"), status(is_running=False)]

    async def speak(send: Send) -> None:
        for body in run[:-1]:
            await send(frame(body))
        assert [message["bytes"] for message in sent] == run[:1]
        await send(frame(run[-1]))
        assert [message["bytes"] for message in sent] == run

    spoken(speak, sent)


def test_a_long_run_comes_in_parts() -> None:
    """What is there after the longest time is sent without the rest."""
    sent: list[Message] = []

    async def speak(send: Send) -> None:
        await send(frame(part("one")))
        await asyncio.sleep(3 * LONGEST)
        assert [message["bytes"] for message in sent] == [part("one")]
        await send(frame(part("two")))
        assert len(sent) == 1
        await asyncio.sleep(3 * LONGEST)
        assert [message["bytes"] for message in sent] == [part("one"), part("two")]

    spoken(speak, sent)


def test_what_was_said_before_a_close_is_sent_before_it() -> None:
    """A farewell overtakes nothing, and nothing is sent after the end of a connection."""
    sent: list[Message] = []

    async def speak(send: Send) -> None:
        await send(frame(part("one")))
        await send({"type": "websocket.close"})
        await send(frame(part("two")))

    spoken(speak, sent)
    assert [message["type"] for message in sent] == ["websocket.send", "websocket.close"]


def test_whoever_speaks_to_nobody_is_told() -> None:
    """Though the failure came later than the call that it belongs to."""

    async def speak(send: Send) -> None:
        await send(frame(part("one")))
        await asyncio.sleep(3 * LONGEST)
        with pytest.raises(OSError):
            await send(frame(part("two")))

    spoken(speak, [], gone=True)


@pytest.mark.parametrize("body", [None, b"", part("one"), part("long " * 100)])
def test_nothing_else_stands_around_a_run(body: bytes | None) -> None:
    """Only that a script runs, or runs no more."""
    assert not is_status(body)
    assert is_status(status(is_running=True))
    assert is_status(status(is_running=False))
