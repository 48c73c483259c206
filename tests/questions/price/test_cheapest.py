"""The cheapest way to a score: whose prices, up to which day, and which scores it is bought by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analysis.price.steps import PriceBasis
from questions.evidence import of_scores
from questions.filters import KindOfModel
from questions.price.cheapest import all_priced, cheapest_way
from questions.price.question import QUESTION
from questions.price.threshold import (
    Capability,
    among,
    capability_of,
    headline_level,
    ladder_of,
    measures_to_choose,
    names_to_choose,
)
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import KNOWN, PRICES, SCORES, fill_growth
from tests.homes.small_home import fill
from tests.questions.asked import TODAY, ask, view_of

HOSTED, CONFIRMED = "model-100", date(2026, 8, 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a host sells one model for less than any maker, last confirmed on 1 August 2026."""
    folder = tmp_path_factory.mktemp("hosts")
    fill_growth(folder)
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("price_step", pl.DataFrame([hosted()]))
        publish(warehouse, folder / "snapshots")
    return folder


def hosted() -> dict[str, Any]:
    """What the host asks."""
    return {
        "source_id": PRICES,
        "payload_sha256": "h" * 64,
        "observed_at": KNOWN,
        "model_id": HOSTED,
        "model_name": HOSTED,
        "provider": "groq",
        "seller": "host",
        "starts_on": date(2025, 1, 1),
        "basis": "stated",
        "input_usd_per_mtok": 0.0001,
        "output_usd_per_mtok": 0.0001,
        "listed": True,
        "preference": 9,
        "n_agreeing": 0,
        "last_confirmed_on": CONFIRMED,
    }


def level(home: Path, seller: str) -> Capability:
    """GPT-4's score, sold so."""
    found = capability_of(view_of(home), "gpqa-diamond", "gpt-4", seller)
    assert found is not None
    return found


def test_a_hosts_price_is_no_makers(home: Path) -> None:
    """Of makers the cheapest is another model; of hosts a maker is one too."""
    view = view_of(home)
    hosts, makers = (cheapest_way(view, level(home, word)) for word in ("cheapest-host", "maker"))
    assert hosts.steps.basis is PriceBasis.CHEAPEST_HOST
    assert hosts.steps.steps.row(-1, named=True)["provider"] == f"groq, listed as {HOSTED}"
    assert set(makers.used["seller"]) == {"maker"}
    assert set(hosts.used["seller"]) == {"maker", "host"}
    assert hosts.key != makers.key


def test_a_price_that_was_last_confirmed_long_ago_speaks_of_that_day(home: Path) -> None:
    """Not of today: the first line names the day, and the steps end on it."""
    way = cheapest_way(view_of(home), level(home, "cheapest-host"))
    assert way.steps.window is not None
    assert way.steps.window.end == CONFIRMED
    assert way.evidence(view_of(home)).ends_on == CONFIRMED
    line = ask(QUESTION, home, seller="cheapest-host").first_line
    assert line.startswith("On 1 August 2026 GPT-4's GPQA diamond score cost $0.0001 per million tokens")


def test_within_a_month_the_price_speaks_of_the_day_that_is_asked_for(home: Path) -> None:
    """Thirty days after it was confirmed it is still evidence."""
    view = view_of(home, "2026-08-31")
    way = cheapest_way(view, level(home, "cheapest-host"))
    assert way.steps.window is not None
    assert way.steps.window.end == date(2026, 8, 31)


def test_all_offers_of_a_kind_end_on_the_day_that_is_asked_for(home: Path) -> None:
    """Makers' alone, or those of all hosts."""
    view = view_of(home)
    makers, hosts = (all_priced(view, basis) for basis in (PriceBasis.MAKER, PriceBasis.CHEAPEST_HOST))
    assert makers.until <= TODAY
    assert set(makers.steps["seller"]) == {"maker"}
    assert set(hosts.steps["seller"]) == {"maker", "host"}
    assert makers.note == ""


def test_a_score_is_named_by_its_scale(home: Path) -> None:
    """Of a benchmark by its title, of the index as a level; with the value where charts name it."""
    view = view_of(home)
    gpqa, index = (
        capability_of(view, name, "gpt-4", "maker") for name in ("gpqa-diamond", "capability-index")
    )
    assert gpqa is not None
    assert index is not None
    assert (gpqa.briefly, gpqa.words) == (
        "GPT-4's GPQA diamond score",
        "GPT-4's GPQA diamond score (27.5\u00a0%)",
    )
    assert index.briefly == "GPT-4's capability-index level"
    assert index.words.startswith("GPT-4's level on the capability index (1")
    assert (gpqa.unit, index.unit) == ("fraction", "points")
    assert (gpqa.near_chance, index.near_chance) == (True, False)
    assert gpqa.notes[0].startswith("This score is close to what guessing reaches (25.0\u00a0%)")
    assert capability_of(view, "gpqa-diamond", "o1", "maker") is None
    assert headline_level(view) is not None


def test_a_score_of_some_models_is_said_to_be_theirs(home: Path) -> None:
    """With its key; of all models it is as it was."""
    view, every = view_of(home), level(home, "maker")
    assert among(view, every, KindOfModel()) is every
    opened = among(view, every, KindOfModel(weights="open"))
    assert opened.briefly == "GPT-4's GPQA diamond score among open-weight models"
    assert opened.words.endswith("(27.5\u00a0%) among open-weight models")
    assert set(opened.scores["open_weights"]) == {True}
    assert opened.threshold == every.threshold
    assert opened.asked_of == (None, "open", None, None)


def test_scales_and_levels_that_there_are_can_be_chosen(home: Path) -> None:
    """The index first; of levels those of models with a score."""
    view = view_of(home)
    assert [option.value for option in measures_to_choose(view, {})] == ["capability-index", "gpqa-diamond"]
    assert [option.value for option in names_to_choose(view, {"measure": "gpqa-diamond"})] == ["gpt-4"]
    assert [one.model for one in ladder_of(view, "gpqa-diamond", "maker")] == ["GPT-4"]


def test_what_is_no_longer_confirmed_of_makers_may_be_of_hosts(tmp_path: Path) -> None:
    """Each kind of seller has its own last day: 60 days after half of its prices were confirmed."""
    fill(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        steps = warehouse.frame("SELECT * FROM price_step")
        makers = steps.with_columns(last_confirmed_on=pl.lit(date(2026, 3, 1)))
        hosts = [
            steps.with_columns(
                provider=pl.lit(name), seller=pl.lit("host"), last_confirmed_on=pl.lit(CONFIRMED)
            )
            for name in ("groq", "cerebras")
        ]
        warehouse.replace("price_step", pl.concat([makers, *hosts]))
        publish(warehouse, tmp_path / "snapshots")
    view = view_of(tmp_path)
    assert all_priced(view, PriceBasis.MAKER).until == date(2026, 4, 30)
    assert all_priced(view, PriceBasis.CHEAPEST_HOST).until == TODAY


def test_the_footer_credits_the_prices_that_were_used(home: Path) -> None:
    """Counted by step, with the note that is given; whoever measured the scores is credited beside them."""
    view = view_of(home)
    way = cheapest_way(view, level(home, "maker"))
    footing = way.footing(view, "Noted")
    assert (footing.n, footing.counted, footing.note) == (way.used.height, "price steps", "Noted")
    assert all(source in " ".join(footing.sources) for source in (SCORES, PRICES))


def test_nothing_on_sale_rests_on_the_scores(home: Path) -> None:
    """Before the first price of what reaches the score."""
    view = view_of(home)
    never = replace(level(home, "maker"), threshold=2.0)
    way = cheapest_way(view, never)
    assert way.steps.window is None
    assert way.evidence(view) == of_scores(view, never.scores, view.as_of)


def test_a_launch_price_is_first_read_where_a_list_dates_its_reading(tmp_path: Path) -> None:
    """Else where the archive read it; what the archive came to hold later was not known before."""
    fill_growth(tmp_path)
    launched = hosted() | {"starts_on": date(2022, 1, 1), "basis": "launch"}
    read = {name: launched[name] for name in ("source_id", "payload_sha256", "model_name", "provider")}
    read |= {"input_usd_per_mtok": 0.0001, "output_usd_per_mtok": 0.0001, "tier": "standard", "gone": False}
    late = datetime(2026, 1, 1, tzinfo=UTC)
    readings = [
        read | {"observed_at": datetime(2023, 10, 1, tzinfo=UTC), "valid_on": None, "valid_precision": None},
        read | {"observed_at": late, "valid_on": date(2023, 7, 26), "valid_precision": "day"},
        read | {"observed_at": late, "valid_on": date(2022, 1, 1), "valid_precision": "month"},
    ]
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("price_step", pl.DataFrame([launched]))
        warehouse.insert("price", pl.DataFrame(readings))
        own = warehouse.frame("SELECT * FROM model_alias").filter(model_id=HOSTED).head(1)
        warehouse.insert("model_alias", own.with_columns(source_id=pl.lit(PRICES), model_name=pl.lit(HOSTED)))
        publish(warehouse, tmp_path / "snapshots")
    for as_of, first in (("", date(2023, 7, 26)), ("2025-12-31", date(2023, 10, 1))):
        way = cheapest_way(view_of(tmp_path, as_of), level(tmp_path, "cheapest-host"))
        assert way.steps.steps.filter(model_id=HOSTED)["first_read_on"].to_list() == [first]
