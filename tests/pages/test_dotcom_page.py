"""The page on the dot-com years shows the answer of its question, with the controls of its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes.series_home import fill_series
from tests.pages.judged_visit import open_page, words


def test_the_page_answers_first_and_reads_its_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The market of the address is the one that is measured by, and what is missing is said."""
    fill_series(tmp_path)
    app = open_page(monkeypatch, tmp_path, "dotcom.py", market="cisco-nvidia", cape="35")
    assert not app.exception
    assert "Cisco then, Nvidia now" in app.markdown[0].value
    assert "are not part of the bundled data" in words(app)
