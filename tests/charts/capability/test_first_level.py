"""What the first best score cost and costs now, on the front that plays."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.capability.front_through_time import moments
from analysis.capability.pareto import CostBasis
from charts.capability.frontier_through_time import Said, frontier_through_time
from charts.capability.score_against_cost import Scale
from charts.parts.figure import Chart
from charts.parts.theme import Mode
from tests.charts.models import FOOTING, models

OWN_OF_THE_FILM = 4
DAYS = (date(2024, 7, 31), date(2025, 7, 31))


def film(price_now: float) -> Chart:
    """Two moments; at the second one the best model of the first has another price."""
    known = models().with_columns(unit=pl.lit("fraction"), source_id=pl.lit("a"), price_source_id=pl.lit("b"))
    cost = pl.when(model_id=pl.lit("middle")).then(price_now).otherwise("cost")
    fields = [(DAYS[0], known), (DAYS[1], known.with_columns(cost=cost))]
    row = moments((day, rows.filter(pl.col("released_on") <= day)) for day, rows in fields)
    said = [Said(moment, None, "") for moment in row]
    return frontier_through_time(
        said, "Title", Scale("GPQA", "fraction", CostBasis.BLENDED_LIST_PRICE), FOOTING
    )


def test_a_line_goes_from_what_the_first_best_score_cost_to_what_it_costs() -> None:
    """At the level of that score, with both costs in words; the film's own traces stand before it."""
    *own, level = film(0.2).draw(Mode.LIGHT).data
    assert len(own) == OWN_OF_THE_FILM
    assert (list(level.x), list(level.y)) == ([0.2, 1.0], [0.7, 0.7])
    assert level.text[-1] == "$1 (Jul 2024) → $0.20"


@pytest.mark.parametrize("price", [1.0, 2.0])
def test_there_is_no_line_where_it_has_not_become_cheaper(price: float) -> None:
    """The title does not speak of it then."""
    assert len(film(price).draw(Mode.LIGHT).data) == OWN_OF_THE_FILM


def test_each_moment_names_both_ends_of_its_front() -> None:
    """Also where nothing is new on it, as in the moment seen first; the best comes before all others."""
    told = film(1.0).draw(Mode.LIGHT).layout.meta["film"]
    for moment in told["moments"]:
        costs = dict(zip(moment["there"], moment["costs"], strict=True))
        named = [costs[at] for at in moment["named"]]
        front = moment["front"][0][:-1]
        assert len(named) == len(set(moment["named"]))
        assert named[-1] == front[-1]
        assert front[0] in named
