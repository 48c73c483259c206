"""About: what it says to readers, not to operators, of mistakes and of the article that began it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from config import Settings, release
from pages.shared import frame
from tests.homes.small_home import fill
from tests.places import ROOT

ENTRY = ROOT / "pages" / "navigation.py"


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (None, "Whoever runs this copy has left no address. Below each chart"),
        ("https://lab.example/contact", "tell whoever runs this copy: <https://lab.example/contact>. Below"),
        ("The lab, room 3", "tell whoever runs this copy: The lab, room 3. Below"),
    ],
    ids=["nobody", "a page", "words"],
)
def test_a_reader_learns_whom_to_tell_of_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contact: str | None, said: str
) -> None:
    """Who runs the copy where that is known, and how to check a figure by oneself."""
    settings = Settings(home=tmp_path)
    given = settings if contact is None else replace(settings, contact=contact)
    monkeypatch.setattr(frame, "load_settings", lambda: given)
    assert said in frame.whom_to_tell()


def test_a_reader_is_told_nothing_of_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those are the operator's; what the article argued and when it is of is said."""
    fill(tmp_path)
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run().switch_page("about.py").run()
    assert not app.exception
    text = " ".join(block.value for block in app.markdown)
    assert "report_url" not in text
    assert "article of 20 December 2024" in text
    assert "S-curves" in text


def test_a_sceptic_and_a_journalist_find_what_they_look_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it cannot tell and up to when its data reach, how to cite it as of which day, who made it."""
    fill(tmp_path)
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run().switch_page("about.py").run()
    assert not app.exception
    assert [header.value for header in app.header] == [
        "What it cannot tell",
        "Where it began",
        "Whose data",
        "How to cite it",
        "Something is wrong?",
        "Who makes it, and its licence",
    ]
    text = " ".join(block.value for block in app.markdown)
    assert "Newest data: " in text
    assert "The code names no author" in text
    assert "Nothing is overwritten" in text
    (cited,) = (block.value for block in app.code)
    assert cited.startswith(f"hypecurve, release {release()}, as known on ")


def test_the_number_of_the_data_stays_on_one_line() -> None:
    """Beside its word, in a bar that is narrow."""
    now = datetime(2026, 12, 2, tzinfo=UTC)
    assert frame.published(5, now - timedelta(hours=3), now) == "Data published 3 hours ago (no.\u00a05)."
