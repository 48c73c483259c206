"""Visits without a browser: what a page asks of the server, and what comes back."""

from __future__ import annotations

import re
from typing import Final

import httpx2
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.visits.serving import Server
from pages.shared.unseen import REST

WAIT: Final = 120
_FILE: Final = r'(?:src|href)="((?:\./|/)?[^":]+\.(?:js|css|woff2))"'


def visit(server: Server, path: str) -> int:
    """Let a page be drawn for a new visitor, to its end; returns how many bytes came."""
    asked = BackMsg()
    asked.rerun_script.page_name = path
    asked.rerun_script.context_info.url = f"{server.address}/{path}"
    asked.rerun_script.context_info.timezone = "UTC"
    socket = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    with connect(socket, subprotocols=["streamlit"], max_size=None, origin=server.address) as talk:  # type: ignore[arg-type, list-item] # plain text is taken
        came, rest = _answer(talk, asked)
        if rest:
            # What pages.js does once the first chart is there.
            asked.rerun_script.widget_states.widgets.add(id=rest, trigger_value=True)
            more, _ = _answer(talk, asked)
            came += more
        return came


def _answer(talk: ClientConnection, asked: BackMsg) -> tuple[int, str]:
    """How many bytes came until the script had ended, and the button that asks for the rest of the page."""
    came, rest = 0, ""
    talk.send(asked.SerializeToString())
    while True:
        frame = talk.recv(timeout=WAIT)
        assert isinstance(frame, bytes)
        came += len(frame)
        message = _read(frame)
        if (name := message.delta.new_element.button.id).endswith(f"-see-{REST}"):
            rest = name
        if message.WhichOneof("type") == "script_finished":
            return came, rest


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
