"""The page on hype shows the answer of its question, with the controls of its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes.series_home import fill_series
from tests.pages.judged_visit import open_page, words


def test_the_page_answers_first_and_reads_its_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The first line stands first; the base of the address is one without a record, and that is said."""
    fill_series(tmp_path)
    app = open_page(monkeypatch, tmp_path, "hype.py", base="spring-2023")
    assert not app.exception
    assert "Big model caused the largest stir of 2 launches" in app.markdown[0].value
    assert "No page has enough days recorded from 1 February 2023" in words(app)
