"""Streamlit says that a run has ended after all else of it: by that its frames are sent in one piece."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from pages.shared.one_piece import is_status
from tests.browser.conftest import Dashboard


@pytest.mark.browser
def test_the_last_frame_of_a_run_ends_it(dashboard: Dashboard) -> None:
    """Nothing of the page follows it, and it follows the word that the script has finished."""
    asked = BackMsg()
    asked.rerun_script.page_name = "about"
    asked.rerun_script.context_info.url = f"{dashboard.address}/about"
    socket = f"ws://{urlsplit(dashboard.address).netloc}/_stcore/stream"
    kinds: list[str | None] = []
    has_ended = False
    with connect(
        socket, subprotocols=[Subprotocol("streamlit")], max_size=None, origin=Origin(dashboard.address)
    ) as talk:
        talk.send(asked.SerializeToString())
        while "script_finished" not in kinds or not has_ended:
            came = talk.recv(timeout=30)
            assert isinstance(came, bytes)
            has_ended = is_status(came)
            kinds.append(ForwardMsg.FromString(came).WhichOneof("type"))
    assert kinds[-2:] == ["script_finished", "session_status_changed"]
