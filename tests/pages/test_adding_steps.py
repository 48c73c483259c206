"""The page Add a source asks what only a person can say: which table, and what another currency is worth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

TWO_TABLES: Final = """<html><table><tr><th>Model</th><th>GPQA</th></tr><tr><td>gpt-5.2</td><td>81</td></tr>
<tr><td>gemini-3</td><td>80</td></tr></table>
<table><tr><th>Model</th><th>Input ($/1M)</th><th>Output ($/1M)</th></tr>
<tr><td>gpt-4o</td><td>$2.50</td><td>$10</td></tr></table></html>"""
IN_EURO: Final = "Modell;Eingabe (€/1M Tokens);Ausgabe (€/1M Tokens)\ngpt-4o;2,30;9,20\n"


WAIT: Final = 300
"""Seconds; a process that parses is started for each look at a payload, on a machine that may be busy."""


def _step(file: str, text: str) -> None:
    import streamlit as st  # noqa: PLC0415 - the step is run from its source alone

    from pages.shared import frame  # noqa: PLC0415 - as above
    from pages.shared.adding import reading  # noqa: PLC0415 - as above
    from pipeline import drafting  # noqa: PLC0415 - as above

    if "came" not in st.session_state:
        st.session_state["came"] = drafting.come_as_file(frame.settings(), "own-board", file, text.encode())
    proposal = reading.choose(st.session_state["came"])
    st.code(proposal.text if proposal else "none")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], AppTest]:
    """The step that reads what came, in an empty home."""
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    return lambda file, text: AppTest.from_function(
        _step, kwargs={"file": file, "text": text}, default_timeout=WAIT
    ).run()


def test_another_table_may_be_picked(opened: Callable[[str, str], AppTest]) -> None:
    """The likeliest is read until somebody picks another; each is named with its columns."""
    page = opened("two.html", TWO_TABLES)
    assert page.selectbox[0].options == [
        "1 (2 rows: Model, GPQA)",
        "2 (1 row: Model, Input ($/1M), Output ($/1M))",
    ]
    assert "[price]" in page.code[0].value
    page.selectbox[0].select_index(0).run()
    assert "[score]" in page.code[0].value
    assert not page.exception


def test_prices_in_another_currency_wait_for_a_rate(opened: Callable[[str, str], AppTest]) -> None:
    """Nothing is proposed before somebody says what a euro is worth."""
    page = opened("euro.csv", IN_EURO)
    assert (page.number_input[0].label, page.code[0].value) == ("What one EUR is in USD", "none")
    page.number_input[0].set_value(1.1).run()
    assert "usd = 1.1" in page.code[0].value
    assert not page.exception
