"""Where a token begins to be dear or cheap, which days count, and which models."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analysis.price.bought import PriceClass, what_is_bought

LAST = date(2026, 10, 5)


def shares(**values: float) -> pl.DataFrame:
    """The same shares on each of so many days up to the newest."""
    days = int(values.pop("days", 20))
    dates = [LAST - timedelta(days=back) for back in range(days)]
    return pl.concat([pl.DataFrame({"model": m, "valid_on": dates, "value": v}) for m, v in values.items()])


@pytest.mark.parametrize(
    ("spending", "price_class"),
    [
        (0.25, PriceClass.DEAR),
        (0.2499, PriceClass.MIDDLE),
        (0.125, PriceClass.MIDDLE),
        (0.0626, PriceClass.MIDDLE),
        (0.0625, PriceClass.CHEAP),
    ],
)
def test_twice_the_average_is_dear_and_half_of_it_cheap(spending: float, price_class: PriceClass) -> None:
    """Both ends included; an eighth of the tokens is the measure."""
    found = what_is_bought(shares(m=spending), shares(m=0.125))
    assert found is not None
    assert found.models.row(0, named=True) == {
        "model": "m",
        "spending": pytest.approx(spending),
        "tokens": pytest.approx(0.125),
        "times_average": pytest.approx(spending / 0.125),
        "price_class": price_class.value,
    }


@pytest.mark.parametrize(("days", "n_days"), [(0, None), (1, None), (14, None), (15, 14), (29, 28), (40, 28)])
def test_two_to_four_weeks_before_the_newest_day_count(days: int, n_days: int | None) -> None:
    """The newest day may not be over, and is no day of the mean."""
    found = what_is_bought(shares(m=0.5, days=days), shares(m=0.5, days=50))
    if n_days is None:
        assert found is None
        return
    assert found is not None
    assert (found.n_days, found.last_on) == (n_days, LAST - timedelta(days=1))
    assert found.first_on == LAST - timedelta(days=n_days)
    assert found.models["spending"].to_list() == pytest.approx([0.5])
    assert found.method == (
        f"mean daily shares over {n_days} days; share of spending over share of tokens is the price of a "
        "token beside the average; dear from 2 times, cheap to 0.5 times"
    )


def test_classes_are_sums_and_a_model_without_either_share_has_no_price() -> None:
    """The largest spending first, of equals by name; what has no tokens or no spending is left out."""
    spending = shares(b=0.2, a=0.2, c=0.3, free=0.0, untold=0.1)
    tokens = shares(b=0.05, a=0.1, c=0.3, free=0.2, idle=0.1, untold=0.0)
    found = what_is_bought(spending, tokens)
    assert found is not None
    assert found.models["model"].to_list() == ["c", "a", "b"]
    assert found.classes.rows() == [
        ("dear", pytest.approx(0.4), pytest.approx(0.15)),
        ("middle", pytest.approx(0.3), pytest.approx(0.3)),
    ]
