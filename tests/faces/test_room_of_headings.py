"""The room around headings and plots on pages."""

from __future__ import annotations

import re

from faces.html import page_style


def test_a_heading_does_not_touch_what_follows_it() -> None:
    """The headings of parts keep at least half of a line below them."""
    found = re.search(r"\.stHeading h2 \{[^}]*padding: [\d.]+rem 0 ([\d.]+)rem", page_style())
    assert found is not None
    assert float(found[1]) >= 0.5


def test_a_plot_begins_soon_after_its_words() -> None:
    """The room of the toolbar is room enough: the gap between words and plot is taken back."""
    rule = r":has\(\.chart-words\) \+ [^{]*:has\(\.stPlotlyChart\) \{\s*margin-top: -[\d.]+rem"
    assert re.search(rule, page_style())
