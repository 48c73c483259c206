"""The frontier: the best so far with its ties, and the scopes that it can be taken in."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.capability.frontier import Scope, best_so_far, contenders

ON = date(2025, 12, 31)


Row = tuple[str, str, date, float | None, float | None, bool | None, float | None]


def field(*rows: Row) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "model_id": pl.String,
            "organization": pl.String,
            "released_on": pl.Date,
            "value": pl.Float64,
            "stderr": pl.Float64,
            "open_weights": pl.Boolean,
            "cost": pl.Float64,
        },
        orient="row",
    )


MODELS = field(
    ("alpha-1", "Alpha", date(2024, 1, 10), 40.0, 2.0, False, 10.0),
    ("beta-1", "Beta", date(2024, 3, 1), 38.0, 2.0, True, 1.0),
    ("alpha-2", "Alpha", date(2024, 6, 1), 43.0, 2.0, False, 12.0),
    ("gamma-1", "Gamma", date(2024, 9, 1), 60.0, 2.0, None, None),
    ("beta-2", "Beta", date(2025, 2, 1), 58.0, None, True, 2.0),
    ("beta-3", "Beta", date(2025, 5, 1), 61.0, 2.0, True, 0.0),
    ("late-1", "Alpha", date(2026, 2, 1), 99.0, 2.0, False, 1.0),
)


def test_each_step_is_a_new_best_and_lasts_until_it_is_overtaken() -> None:
    """Steps run from a release to the next better one; what came later than the date is not there."""
    steps = best_so_far(MODELS, ON).steps
    assert steps["model_id"].to_list() == ["alpha-1", "alpha-2", "gamma-1", "beta-3"]
    assert steps["to_on"].to_list() == [date(2024, 6, 1), date(2024, 9, 1), date(2025, 5, 1), None]
    assert steps["gain"].to_list() == [None, 3.0, 17.0, 1.0]


def test_a_gain_within_its_error_is_not_called_separated() -> None:
    """Three points with errors of two each prove no gain at 90 %, seventeen do; the first has no gain."""
    assert best_so_far(MODELS, ON).steps["separated"].to_list() == [None, False, True, False]


def test_a_gain_of_unknown_error_is_not_judged() -> None:
    """Without a standard error neither separated nor tied is claimed."""
    models = field(
        ("a", "A", date(2024, 1, 1), 40.0, None, None, None),
        ("b", "B", date(2024, 2, 1), 41.0, 1.0, None, None),
    )
    best = best_so_far(models, ON)
    assert best.steps["separated"].to_list() == [None, None]
    assert best.ties.is_empty()


def test_models_that_errors_do_not_separate_share_first_place() -> None:
    """A tie is with every model that was out while the best stood, released before it or after."""
    ties = best_so_far(MODELS, ON).ties.select("from_on", "model_id", "gap").rows()
    assert ties == [
        (date(2024, 1, 10), "beta-1", 2.0),
        (date(2024, 6, 1), "alpha-1", 3.0),
        (date(2025, 5, 1), "gamma-1", 1.0),
    ]


def test_leaders_are_the_best_and_its_ties_today() -> None:
    """First place on the date is told with all who share it, best first."""
    assert best_so_far(MODELS, ON).leaders.select("model_id", "gap").rows() == [
        ("beta-3", 0.0),
        ("gamma-1", 1.0),
    ]


def test_a_wider_interval_makes_more_ties() -> None:
    """At 99 % an interval reaches further: five points with errors of two each no longer separate."""
    models = field(
        ("a", "A", date(2024, 1, 1), 40.0, 2.0, None, None),
        ("b", "B", date(2024, 2, 1), 45.0, 2.0, None, None),
    )
    assert best_so_far(models, ON, level=0.90).ties.is_empty()
    assert best_so_far(models, ON, level=0.99).ties["model_id"].to_list() == ["a"]


def test_equal_values_on_one_day_are_one_step_and_a_tie() -> None:
    """Two equal releases of one day share the step, whatever their order in the frame."""
    models = field(
        ("b", "B", date(2024, 1, 1), 40.0, None, None, None),
        ("a", "A", date(2024, 1, 1), 40.0, None, None, None),
    )
    best = best_so_far(models, ON)
    assert best.steps["model_id"].to_list() == ["a"]
    assert best.leaders["model_id"].to_list() == ["a", "b"]


def test_open_weights_keeps_what_is_known_and_lists_what_is_not() -> None:
    """A model of unknown licence is neither open nor closed: it is named as left out."""
    best = best_so_far(MODELS, ON, Scope(open_weights=True))
    assert best.steps["model_id"].to_list() == ["beta-1", "beta-2", "beta-3"]
    assert best.left_out.rows() == [("gamma-1", "not known whether its weights are open")]


def test_price_cap_lists_unpriced_models_and_takes_zero_as_unpriced() -> None:
    """Missing is never zero and zero is never free: under a cap both are unpriced, not cheap."""
    best = best_so_far(MODELS, ON, Scope(price_cap=5.0))
    assert best.steps["model_id"].to_list() == ["beta-1", "beta-2"]
    assert best.left_out.rows() == [("beta-3", "unpriced"), ("gamma-1", "unpriced")]


def test_organizations_limit_the_field() -> None:
    """Within one maker only its own models compete, and none is listed as left out."""
    best = best_so_far(MODELS, ON, Scope(organizations=frozenset({"Alpha"})))
    assert best.steps["model_id"].to_list() == ["alpha-1", "alpha-2"]
    assert best.left_out.is_empty()


def test_model_without_a_value_is_listed() -> None:
    """A missing score takes no part and is named."""
    models = field(
        ("a", "A", date(2024, 1, 1), None, None, None, None),
        ("b", "B", date(2024, 1, 1), 1.0, None, None, None),
    )
    assert contenders(models, ON).left_out.rows() == [("a", "no value")]


def test_no_model_in_scope_is_an_error_in_words() -> None:
    """An empty field has no best: the error names date and scope."""
    with pytest.raises(ValueError, match="no model with a value was released by 2023-01-01"):
        best_so_far(MODELS, date(2023, 1, 1))


def test_a_model_listed_twice_is_refused() -> None:
    """Two rows for one model would let a model tie with itself."""
    with pytest.raises(ValueError, match="alpha-1 is listed more than once"):
        contenders(pl.concat([MODELS, MODELS.head(1)]), ON)


def test_missing_columns_are_named() -> None:
    """A frame of another form is refused by the column's name."""
    with pytest.raises(ValueError, match=r"lack the column\(s\) stderr"):
        contenders(MODELS.drop("stderr"), ON)
