"""The page on the data wall shows the answer of its question, with the controls of its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes.judged_home import fill_judged
from tests.pages.judged_visit import open_page


def test_the_page_answers_first_and_reads_its_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The growth in the address is the reader's own assumption."""
    fill_judged(tmp_path)
    app = open_page(monkeypatch, tmp_path, "datawall.py", growth="1.0", epochs="as drawn")
    assert not app.exception
    assert "in early 2026 (80\u00a0% interval" in app.markdown[0].value
    assert "under your assumptions" in app.markdown[0].value
