"""What holds of every chart: words and rows without Plotly, one figure on two grounds, words around it."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest

from charts.parts.figure import Chart, words_around
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode
from tests.charts.every_chart import EVERY, chart_functions
from tests.places import ROOT

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b|rgba?\([^)]*\)")


@pytest.fixture(scope="module", params=EVERY.values(), ids=[function.__name__ for function in EVERY])
def chart(request: pytest.FixtureRequest) -> Chart:
    """Each chart in turn."""
    made: Chart = request.param()
    return made


def without_colours(chart: Chart, mode: Mode) -> str:
    """The figure as JSON, each colour replaced by one word."""
    return COLOUR.sub("colour", chart.draw(mode).to_json())


def test_every_chart_function_is_tested() -> None:
    """A new chart is in the list of these tests, or this fails."""
    assert chart_functions() == set(EVERY)


def test_no_chart_function_knows_light_or_dark() -> None:
    """None takes a mode: who draws the chart gives it."""
    taking = [one.__name__ for one in chart_functions() if "mode" in inspect.signature(one).parameters]
    assert taking == []


def test_drawing_is_pure(chart: Chart) -> None:
    """Drawn twice, before and after the other ground, a chart gives the same figure, and keeps its rows."""
    rows = chart.rows.clone()
    first = [chart.draw(mode).to_plotly_json() for mode in (Mode.LIGHT, Mode.DARK)]
    again = [chart.draw(mode).to_plotly_json() for mode in (Mode.DARK, Mode.LIGHT)]
    assert first == again[::-1]
    assert chart.rows.equals(rows)


def test_light_and_dark_differ_in_colours_only(chart: Chart) -> None:
    """Marks, words, axes and places are the same on both grounds; what differs are colours, and they do."""
    assert without_colours(chart, Mode.LIGHT) == without_colours(chart, Mode.DARK)
    assert chart.draw(Mode.LIGHT).layout.template != chart.draw(Mode.DARK).layout.template


@pytest.mark.parametrize("mode", list(Mode))
def test_words_stand_around_the_plot_and_not_in_it(chart: Chart, mode: Mode) -> None:
    """Title, subtitle, key and footer go along as text for whoever shows the figure; the plot has none."""
    figure = chart.draw(mode)
    words = words_around(figure)
    assert words.title == no_break_percent(chart.title)
    assert words.footer == no_break_percent(chart.footing.text())
    assert words.subtitle
    assert all(item.mark and item.text for item in words.key)
    assert figure.layout.title.text is None
    drawn = " ".join(note.text for note in figure.layout.annotations)
    assert chart.title not in drawn
    assert "Sources:" not in drawn


def test_a_chart_has_rows_and_words(chart: Chart) -> None:
    """Rows, a title and an alternative text that says more are there before anything is drawn."""
    assert chart.rows.height > 0
    assert chart.title
    assert len(chart.alt) > len(chart.title)
    assert chart.how_to_read


def test_words_and_rows_need_no_plotly() -> None:
    """Who wants only rows, as commands do, never imports Plotly: not even where every chart is made."""
    code = (
        "import sys\n"
        "from tests.charts.every_chart import EVERY\n"
        "made = [make() for make in EVERY.values()]\n"
        "print(len(made), [name for name in sys.modules if name.split('.')[0] == 'plotly'])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert said.stdout.strip() == f"{len(EVERY)} []"
