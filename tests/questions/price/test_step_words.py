"""What is said of steps that are no change of a price, and of a cheapest model that goes off sale."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.price.steps import CheapestSteps, cheapest_steps
from questions.price.step_words import of_shutdown, of_steps

ON, LAPSED = date(2026, 10, 26), date(2026, 10, 22)
TITLES = {"turbo": "Turbo", "nano": "Nano", "first": "First"}
NOTICE = pl.DataFrame({"announced_on": [date(2026, 6, 16)], "shuts_down_on": [date(2026, 12, 11)]})


def rows(*, after: date | None, confirmed: date | None = date(2026, 8, 22)) -> pl.DataFrame:
    """A dear model, a cheap one that lapses after 60 days, and one between them."""
    shape = {
        "model_id": pl.String,
        "provider": pl.String,
        "seller": pl.String,
        "valid_on": pl.Date,
        "price_usd_per_mtok": pl.Float64,
        "starts_after": pl.Date,
        "is_unconfirmed": pl.Boolean,
        "last_confirmed_on": pl.Date,
    }
    return pl.DataFrame(
        [
            ("first", "a", "maker", date(2023, 3, 14), 37.5, None, False, date(2026, 8, 1)),
            ("turbo", "b", "maker", date(2025, 10, 1), 0.0875, after, False, confirmed),
            ("turbo", "b", "maker", LAPSED, None, None, True, confirmed),
            ("nano", "c", "maker", date(2025, 11, 7), 0.1375, None, False, ON),
        ],
        shape,
        orient="row",
    )


def steps(used: pl.DataFrame) -> CheapestSteps:
    """The steps of those rows, which all reach the score."""
    scores = pl.DataFrame({"model_id": list(TITLES), "score": [0.5] * 3})
    return cheapest_steps(used, scores, 0.4, ON)


def test_a_price_that_lapsed_is_told_as_no_rise() -> None:
    """With the day of its last confirmation, and what is the cheapest that is confirmed."""
    used = rows(after=None)
    assert of_steps(steps(used), used, TITLES) == (
        "Turbo's $0.088 was last confirmed on 22 August 2026 and stopped counting on 22 October 2026; "
        "Nano at $0.14 is the cheapest that is confirmed from then on. That step is no price rise."
    )
    alone = used.filter(pl.col("model_id") == "turbo")
    assert of_steps(steps(alone), alone, TITLES).endswith(
        "stopped counting on 22 October 2026; no other price is confirmed."
    )


def test_a_first_reading_is_told_as_no_cut() -> None:
    """Where the readings before and at the step lie more than a month apart."""
    used = rows(after=date(2024, 10, 31))
    assert of_steps(steps(used), used, TITLES).startswith(
        "Turbo's $0.088 was first read on 1 October 2025 and may have held since any day after 31 "
        "October 2024"
    )
    close = rows(after=date(2025, 9, 1))
    assert "first read" not in of_steps(steps(close), close, TITLES)


def test_a_price_that_was_raised_or_withdrawn_is_not_said_to_have_lapsed() -> None:
    """Only a row that nobody confirmed makes a lapse."""
    used = rows(after=None).with_columns(is_unconfirmed=pl.lit(False))
    assert of_steps(steps(used), used, TITLES) == ""


def test_a_known_shutdown_of_the_cheapest_is_named() -> None:
    """By the newest notice given by then, of a day to come, and only where its maker sells it."""
    used = rows(after=None)
    said = of_shutdown(steps(used), used, NOTICE, "Nano")
    assert said == "By its maker's notice of 16 June 2026 Nano is to be shut down on 11 December 2026."
    assert of_shutdown(steps(used), used, NOTICE.clear(), "Nano") == ""
    past = NOTICE.with_columns(shuts_down_on=pl.lit(date(2026, 10, 1)))
    assert of_shutdown(steps(used), used, past, "Nano") == ""
    later = NOTICE.with_columns(announced_on=pl.lit(date(2026, 11, 1)))
    assert of_shutdown(steps(used), used, later, "Nano") == ""
    hosted = used.with_columns(seller=pl.lit("host"))
    assert of_shutdown(steps(used), hosted, NOTICE, "Nano") == ""
