"""Visits without a browser: what a page asks of the server, and what comes back."""

from __future__ import annotations

import re
from typing import Final

import httpx2
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks.visits.serving import Server

WAIT: Final = 120
_FILE: Final = r'(?:src|href)="((?:\./|/)?[^":]+\.(?:js|css|woff2))"'


def visit(server: Server, path: str) -> int:
    """Let a page be drawn for a new visitor; returns how many bytes came."""
    asked = BackMsg()
    asked.rerun_script.page_name = path
    asked.rerun_script.context_info.url = f"{server.address}/{path}"
    asked.rerun_script.context_info.timezone = "UTC"
    socket = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    came = 0
    with connect(socket, subprotocols=["streamlit"], max_size=None, origin=server.address) as talk:  # type: ignore[arg-type, list-item] # plain text is taken
        talk.send(asked.SerializeToString())
        while True:
            frame = talk.recv(timeout=WAIT)
            assert isinstance(frame, bytes)
            came += len(frame)
            if _read(frame).WhichOneof("type") == "script_finished":
                return came


def visit_with_files(server: Server, path: str) -> None:
    """The same with all files that the page names, as a browser with an empty cache asks for them."""
    with httpx2.Client(base_url=server.address, timeout=WAIT) as client:
        named = re.findall(_FILE, client.get(f"/{path}").text)
        for file in dict.fromkeys(named):
            client.get(file if file.startswith("/") else f"/{file.removeprefix('./')}")
    visit(server, path)


def figure_bytes(frame: bytes) -> int:
    """The bytes of the figure that a frame brings; 0 where it brings none."""
    message = _read(frame)
    if message.WhichOneof("type") != "delta" or message.delta.WhichOneof("type") != "new_element":
        return 0
    return len(message.delta.new_element.plotly_chart.spec)


def _read(frame: bytes) -> ForwardMsg:
    message = ForwardMsg()
    message.ParseFromString(frame)
    return message
