"""The search box of the sidebar: what it finds leads to its page, by its name and on the day that is seen."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.places import ROOT


def found(home: Path, monkeypatch: pytest.MonkeyPatch, text: str, **parameters: str) -> dict[str, dict]:
    """The parameters of each link below the box, by its label."""
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run().text_input(key="search").set_value(text).run()
    links = [link.proto for link in app.sidebar.get("page_link")]
    return {link.label: parse_qs(link.query_string) for link in links}


def test_pages_are_named_as_in_the_navigation(filled_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page stands under its name there, not under its heading, and no page is a question."""
    assert "Overview :gray[page]" in found(filled_home, monkeypatch, "hypecurve")


@pytest.mark.parametrize(
    ("asked", "day"), [({}, {}), ({"as_of": "2025-06-30"}, {"as_of": ["2025-06-30"]})], ids=["today", "past"]
)
def test_links_keep_a_past_day(
    filled_home: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], day: dict[str, list[str]]
) -> None:
    """Also where one is opened in a window of its own, which knows nothing of the day that was chosen."""
    links = found(filled_home, monkeypatch, "gpt-4", **asked)
    assert links["GPT-4 :gray[model]"] == {"find": ["gpt-4-0314"], **day}
