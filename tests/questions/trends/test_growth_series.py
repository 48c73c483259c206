"""The series whose growth is looked at: which models and benchmarks count, and what can be chosen of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.numeric.noise import critical_value
from analysis.trends.measures import INDEX
from questions.scores import Scores
from questions.trends import series as growth
from questions.trends.controls import (
    Kind,
    TrendsControls,
    boards_to_choose,
    chosen_series,
    days_to_choose,
    days_to_fit_on,
    models_since,
)
from questions.trends.series import (
    GrowthSeries,
    benchmark,
    bounded_benchmarks,
    evidence_of,
    horizon,
    index,
    published_index,
    rating,
)
from questions.trends.trend import derived_power, trend_of, window_end
from questions.view import View
from tests.homes.doubtful_home import fill_doubtful
from tests.homes.growth_home import BOARD_DAYS, fill_growth, first_board, released
from tests.questions.asked import TODAY, view_of
from tests.questions.one_trend import TREND


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index, one bounded benchmark and one board that was measured on two days."""
    folder = tmp_path_factory.mktemp("growth")
    fill_growth(folder)
    return folder


@pytest.fixture
def view(home: Path) -> View:
    """The home as of today."""
    return view_of(home)


GOOD = {
    "benchmark_id": "a",
    "title": "A",
    "unit": "fraction",
    "random_baseline": 0.25,
    "ceiling": 1.0,
    "models": 20,
    "higher_is_better": True,
}


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({}, True),
        ({"models": 19}, False),
        ({"ceiling": 0.25}, False),
        ({"ceiling": 0.26}, True),
        ({"ceiling": None}, False),
        ({"random_baseline": None}, False),
        ({"unit": "points"}, False),
        ({"higher_is_better": False}, False),
    ],
    ids=str,
)
def test_a_bounded_benchmark_has_a_ceiling_above_chance_and_twenty_models(
    view: View, monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], kept: bool
) -> None:
    """In shares of which more is better; each of these is needed."""
    rows = pl.DataFrame([GOOD, GOOD | {"benchmark_id": "b"} | changed], infer_schema_length=None)
    monkeypatch.setattr(growth, "benchmarks", lambda _view: rows)
    assert bounded_benchmarks(view)["benchmark_id"].to_list() == (["a", "b"] if kept else ["a"])


def test_a_horizon_of_nothing_has_no_logarithm(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such models are left out, and those whose day is not stated; of none there is no series."""
    rows = pl.DataFrame({"value": [0.0, 0.5, 7.0], "date_is_stated": [True, True, False]})
    monkeypatch.setattr(growth, "published_scores_of", lambda _view, _name: Scores(rows, view.known_then))
    found = horizon(view, "50")
    assert found is not None
    assert found.models["value"].to_list() == [0.5]
    assert (found.key, found.subject) == (("horizon", "50"), "METR's 50 % horizon")
    monkeypatch.setattr(growth, "published_scores_of", lambda *_: Scores(rows.head(1), view.known_then))
    assert horizon(view, "50") is None


def test_the_index_has_the_error_of_its_interval(view: View) -> None:
    """A 90 % interval of four points is twice 1.645 errors wide."""
    found = index(view)
    assert found is not None
    assert found.models["stderr"].to_list() == pytest.approx([2 / critical_value(0.90)] * len(released()))
    assert (found.key, found.unit, found.note, found.measured_on) == (
        ("capability-index",),
        "points",
        "",
        None,
    )


@pytest.mark.parametrize(
    ("as_of", "note"),
    [
        (
            "2026-09-14",
            "The models released by 14 September 2026, with the values of one fit to all that is known now.",
        ),
        ("2026-09-15", ""),
    ],
)
def test_a_past_index_says_how_it_is_read(home: Path, as_of: str, note: str) -> None:
    """Of today nothing is said."""
    assert growth.index_note(view_of(home, as_of)) == note


def test_nothing_is_known_of_what_is_not_there(view: View) -> None:
    """A board, a day, a benchmark, an index: no series, and no exception."""
    day = BOARD_DAYS[0].isoformat()
    assert rating(view, "arena-vision", day) is None
    assert rating(view, "arena-text", "2020-01-01") is None
    assert benchmark(view, "mmlu") is None
    assert published_index(view) is None


def test_a_rating_is_of_one_board_and_one_day(view: View) -> None:
    """Of the models that were measured on it, and it is as new as that day."""
    found = rating(view, "arena-text", BOARD_DAYS[0].isoformat())
    assert found is not None
    days = [day for day in released() if first_board(day) and day <= BOARD_DAYS[0]]
    assert found.models["released_on"].sort().to_list() == days
    assert (found.measured_on, found.unit) == (BOARD_DAYS[0], "points")
    assert found.briefly == "this board's rating of 30 May 2026"
    assert found.subject.endswith("rating of 30 May 2026")


def test_a_board_is_as_new_as_the_day_on_which_it_was_measured(home: Path) -> None:
    """Or as its newest model, where that is later, and never newer than the day asked for."""
    for as_of, newest in (("2026-09-15", BOARD_DAYS[1]), ("2026-06-25", BOARD_DAYS[1])):
        view = view_of(home, as_of)
        board = rating(view, "arena-text", BOARD_DAYS[1].isoformat())
        assert board is not None
        assert evidence_of(view, board).newest_on == newest
    own = index(view_of(home))
    assert own is not None
    assert evidence_of(view_of(home), own).newest_on == released()[-1]


def test_boards_days_and_benchmarks_are_offered(view: View) -> None:
    """The newest day first; of no board there is no day."""
    assert [option.value for option in boards_to_choose(view, {})] == ["arena-text"]
    days = [option.value for option in days_to_choose(view, {"board": "arena-text"})]
    assert days == [day.isoformat() for day in reversed(BOARD_DAYS)]
    assert days_to_choose(view, {"board": None}) == ()
    assert days_to_choose(view, {"board": "arena-vision"}) == ()


def test_the_days_to_fit_on_are_those_of_the_chosen_models(view: View) -> None:
    """The newest first, as people write them; later models have fewer; of no series there is none."""
    chosen = {"series": Kind.INDEX, "success": "50", "board": None, "board_on": None, "benchmark": None}
    every = days_to_fit_on(view, chosen | {"curves_since": "all"})
    assert [option.value for option in every] == sorted((option.value for option in every), reverse=True)
    assert every[0].label == "1 April 2025"
    later = days_to_fit_on(view, chosen | {"curves_since": "2024"})
    assert 0 < len(later) < len(every)
    assert days_to_fit_on(view, chosen | {"series": Kind.PUBLISHED, "curves_since": "all"}) == ()


@pytest.mark.parametrize(("since", "days"), [("all", 3), ("2024", 2), ("2025", 0)])
def test_models_since_a_year_begin_on_its_first_day(since: str, days: int) -> None:
    """New Year's Day included."""
    models = pl.DataFrame({"released_on": [date(2023, 12, 31), date(2024, 1, 1), date(2024, 7, 1)]})
    one = GrowthSeries(("a",), "a", "a", "a", models, INDEX, "points")
    assert models_since(one, since).height == days


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Kind.INDEX, ("capability-index",)),
        (Kind.BENCHMARK, ("benchmark", "gpqa-diamond")),
        (Kind.RATING, ("rating", "arena-text", "2026-06-25")),
    ],
)
def test_each_kind_chooses_its_own_series(view: View, kind: Kind, key: tuple[str, ...]) -> None:
    """By the controls that belong to it."""
    controls = TrendsControls(series=kind.value, board="arena-text", board_on="2026-06-25")
    found = chosen_series(view, controls)
    assert found is not None
    assert found.key == key
    for missing in (Kind.HORIZON, Kind.PUBLISHED):
        assert chosen_series(view, TrendsControls(series=missing.value)) is None


def test_the_published_index_ends_with_the_day_asked_for(tmp_path: Path) -> None:
    """A model released on the day counts."""
    fill_doubtful(tmp_path)
    whole = published_index(view_of(tmp_path))
    assert whole is not None
    day = whole.models["released_on"].sort()[-3]
    past = published_index(view_of(tmp_path, day.isoformat()))
    assert past is not None
    assert past.models["released_on"].max() == day


def test_the_window_ends_with_the_newest_model_or_the_day() -> None:
    """Whichever comes first."""
    models = pl.DataFrame({"released_on": [date(2026, 1, 1), date(2026, 3, 1)]})
    one = GrowthSeries(("a",), "a", "a", "a", models, INDEX, "points")
    assert window_end(one, TODAY) == date(2026, 3, 1)
    assert window_end(one, date(2026, 2, 1)) == date(2026, 2, 1)


def test_power_that_was_derived_is_of_its_own_day_and_series(view: View) -> None:
    """Of another end, without a test of a bend, or of another series it is none."""
    own = index(view)
    assert own is not None
    trend = trend_of(view, own)
    assert trend.window.end == released()[-1]
    found = derived_power(view, own, trend)
    assert found is not None
    assert found.height == 4
    assert derived_power(view, own, TREND) is None
    board = rating(view, "arena-text", BOARD_DAYS[0].isoformat())
    assert board is not None
    assert derived_power(view, board, trend) is None
