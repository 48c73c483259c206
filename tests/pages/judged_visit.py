"""Opening a page of a home in AppTest, for the tests of the pages of judgement."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.places import ROOT

ENTRY = ROOT / "pages" / "navigation.py"


def open_page(patch: pytest.MonkeyPatch, home: Path, file: str, **parameters: str) -> AppTest:
    """The AppTest of a page after its run, with the parameters in its address."""
    patch.setenv("HYPECURVE_HOME", str(home))
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app = app.run().switch_page(file)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def words(app: AppTest) -> str:
    """All text of a page."""
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.info, *app.title])
