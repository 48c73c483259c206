"""What one run of a page's script says is sent in one piece: a browser that gets parts draws it twice."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST: Final = 0.06
"""Seconds that anything is held back, at the most: what takes longer to make comes in parts."""

_SMALL: Final = 200
"""Bytes of a frame that may say that a run begins or has ended; larger ones bring parts of a page."""


class OnePiece:
    """Holds the frames of a websocket back until the run that they belong to has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the connection on; all but websockets as it is."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        held = _Held(send)
        try:
            await self._app(scope, receive, held.send)
        finally:
            held.drop()


class _Held:
    """The frames of one connection that were not sent yet, in order."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._frames: list[Message] = []
        self._sending = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None
        self._failure: OSError | None = None

    async def send(self, message: Message) -> None:
        """Hold a frame, but not past the begin or end of a run. Raises OSError once the browser has gone."""
        if self._failure is not None:
            raise self._failure
        if message["type"] != "websocket.send":
            await self._flush()
            await self._send(message)
            return
        self._frames.append(message)
        if is_status(message.get("bytes")):
            await self._flush()
        elif self._timer is None:
            self._timer = asyncio.create_task(self._flush_in_time())

    def drop(self) -> None:
        """The connection has ended: nothing of it is sent any more."""
        if self._timer is not None:
            self._timer.cancel()

    async def _flush_in_time(self) -> None:
        await asyncio.sleep(LONGEST)
        self._timer = None  # so that nobody stops it halfway
        try:
            await self._flush()
        except OSError as error:
            self._failure = error

    async def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        async with self._sending:
            while self._frames:
                await self._send(self._frames.pop(0))


def is_status(frame: bytes | None) -> bool:
    """Whether a frame says that a script runs, or no more: Streamlit says so before and after all else."""
    if not frame or len(frame) > _SMALL:
        return False
    return bool(ForwardMsg.FromString(frame).WhichOneof("type") == "session_status_changed")
