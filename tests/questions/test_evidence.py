"""Data end where they end: what an answer rests on, and what it may say of the day that it is asked for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Answer
from questions.capability.question import QUESTION as CAPABILITY
from questions.capability.words import of_publication
from questions.evidence import OLD_AFTER, Evidence, earlier, of_prices, of_scores
from questions.overview.question import QUESTION as OVERVIEW
from questions.price.question import QUESTION as PRICE
from questions.question import Question
from questions.scores import benchmarks, published_scores_of
from questions.trends.question import QUESTION as TRENDS
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import LAST, fill_growth, released
from tests.questions.asked import ask, view_of

ASKED = date(2026, 9, 15)
DATED = (OVERVIEW, CAPABILITY, TRENDS, PRICE)
NEWEST = released()[-1]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose newest model is of June 2026."""
    folder = tmp_path_factory.mktemp("grown")
    fill_growth(folder)
    return folder


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with three newer models that nobody has measured, and one moving name."""
    folder = tmp_path_factory.mktemp("ahead")
    fill_growth(folder)
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        newer = [_model("late-1", "change log"), _model("late-2", "price listing first seen")]
        newer += [_model("late-3", "dated name"), _model("late-latest", "models.dev") | {"kind": "alias"}]
        warehouse.insert("model", pl.DataFrame(newer))
        publish(warehouse, folder / "snapshots")
    return folder


def _model(model_id: str, basis: str) -> dict[str, object]:
    return {
        "model_id": model_id,
        "organization": "OpenAI",
        "kind": "undated",
        "released_on": NEWEST + timedelta(days=3),
        "released_precision": "day",
        "released_basis": basis,
    }


def rows(*days: date, observed_on: date | None = None) -> pl.DataFrame:
    """Scores of models released on these days, all first seen on one day."""
    frame = pl.DataFrame({"model_id": [str(day) for day in days], "released_on": days})
    if observed_on is None:
        return frame
    seen = datetime.combine(observed_on, datetime.min.time(), tzinfo=UTC)
    return frame.with_columns(observed_at=pl.lit(seen))


@pytest.mark.parametrize(("days", "is_dated"), [(0, False), (31, False), (32, True), (400, True)])
def test_evidence_older_than_31_days_is_told_with_its_own_day(days: int, is_dated: bool) -> None:
    """To 31 days an answer speaks of the day that it is asked for, after that up to its newest evidence."""
    rests = Evidence(ASKED, ASKED - timedelta(days=days))
    assert OLD_AFTER.days == 31
    assert (rests.is_dated, rests.is_old) == (is_dated, is_dated)
    assert rests.when.startswith("Up to " if is_dated else "On 15 September 2026")
    assert rests.ends_on == (ASKED - timedelta(days=days) if is_dated else ASKED)


def test_newer_models_without_a_score_make_fresh_evidence_old() -> None:
    """Who leads cannot be told of a day by which unmeasured models are known."""
    rests = Evidence(ASKED, ASKED - timedelta(days=1), newer=2, unscored=2)
    assert rests.is_old
    assert not rests.is_dated
    assert rests.when == "Up to 14 September 2026"


@pytest.mark.parametrize(
    ("newer", "unscored", "said"),
    [
        (0, 0, ""),
        (1, 1, "1 language model released or first seen since then has no score yet."),
        (135, 135, "135 language models released or first seen since then have no score yet."),
        (9, 4, "4 language models released or first seen since then have no score yet."),
        (2, 0, "2 language models released or first seen since then have no score here yet."),
    ],
)
def test_the_caveat_counts_what_is_known_and_not_measured(newer: int, unscored: int, said: str) -> None:
    """In the singular and plural; a model with a score elsewhere lacks one here alone."""
    assert Evidence(ASKED, ASKED, newer, unscored).caveat == said


def test_no_evidence_claims_no_day() -> None:
    """Where nothing is used nothing is called old."""
    rests = Evidence(ASKED, None)
    assert not rests.is_old
    assert rests.ends_on == ASKED


def test_scores_are_as_new_as_model_and_sighting(grown: Path) -> None:
    """The later of release day and day of the score; one that was first held after the day tells none."""
    view = view_of(grown)
    model = date(2026, 6, 1)
    assert of_scores(view, rows(model), ASKED).newest_on == model
    assert of_scores(view, rows(model, observed_on=date(2026, 8, 1)), ASKED).newest_on == date(2026, 8, 1)
    assert of_scores(view, rows(model, observed_on=date(2026, 10, 1)), ASKED).newest_on == model
    assert of_scores(view, rows(), ASKED).newest_on is None


def test_newer_models_are_counted_by_the_day_and_kind(ahead: Path) -> None:
    """Only versions that were known by the day asked for; a moving name is no model of its own."""
    view = view_of(ahead)
    assert of_scores(view, rows(NEWEST), ASKED).newer == 3
    assert of_scores(view, rows(NEWEST), NEWEST + timedelta(days=2)).newer == 0
    assert of_scores(view, rows(NEWEST + timedelta(days=3)), ASKED).newer == 0


def test_a_price_is_as_new_as_its_confirmation() -> None:
    """Not as the day on which it began; never later than the day asked for."""
    steps = pl.DataFrame(
        {
            "held_from": [date(2024, 1, 1), date(2026, 9, 1)],
            "last_confirmed_on": [date(2026, 7, 1), date(2026, 9, 1)],
            "input_usd_per_mtok": [1.0, None],
        }
    )
    assert of_prices(Evidence(ASKED, ASKED, 3, 2), steps) == Evidence(ASKED, date(2026, 7, 1), 3, 2)
    assert of_prices(Evidence(date(2026, 6, 1), None), steps).newest_on == date(2026, 6, 1)


def test_an_answer_of_two_kinds_reaches_as_far_as_the_lesser() -> None:
    """A fresh price does not make old scores new."""
    scores, prices = Evidence(ASKED, date(2026, 7, 1), 2, 1), Evidence(ASKED, date(2026, 9, 1))
    assert earlier(scores, prices) == earlier(prices, scores) == Evidence(ASKED, date(2026, 7, 1), 2, 1)


@pytest.mark.parametrize("question", DATED[:3], ids=lambda question: question.name)
def test_no_first_line_speaks_of_a_day_beyond_its_evidence(grown: Path, question: Question) -> None:
    """Asked for September of scores that end in June, the line begins with a day of June.

    A price beside it has a day of its own, up to which it was confirmed.
    """
    line = ask(question, grown).first_line
    assert line.startswith(("Up to ", "On "))
    assert "June 2026" in line
    assert "September 2026" not in line.partition("; GPT-4's GPQA level")[0]
    assert "still climbs" not in line


def test_prices_answer_for_the_last_day_on_which_enough_were_confirmed(tmp_path: Path) -> None:
    """A list last read in June is confirmed for 60 days; asked in September it is a price of June."""
    fill_growth(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        steps = warehouse.frame("SELECT * FROM price_step")
        warehouse.replace("price_step", steps.with_columns(last_confirmed_on=pl.lit(LAST)))
        publish(warehouse, tmp_path / "snapshots")
    answer = ask(PRICE, tmp_path)
    assert re.match(
        r"On 20 June 2026 GPT-4's GPQA diamond score cost \$0\.\d+ per million", answer.first_line
    )
    assert "on sale" not in answer.first_line
    assert "GPT-4's GPQA level: $" in ask(OVERVIEW, tmp_path).first_line


@pytest.mark.parametrize("question", (CAPABILITY, PRICE), ids=lambda question: question.name)
def test_fresh_evidence_speaks_of_the_day(grown: Path, question: Question) -> None:
    """Nine days after the newest model nothing is old."""
    assert ask(question, grown, str(LAST + timedelta(days=9))).first_line.startswith("On 29 June 2026 ")


@pytest.mark.parametrize("question", DATED, ids=lambda question: question.name)
def test_the_caveat_of_every_dated_answer_counts_newer_models(ahead: Path, question: Question) -> None:
    """However fresh the evidence: models known and not measured are counted, the day is named."""
    answer: Answer = ask(question, ahead, str(LAST + timedelta(days=9)))
    assert answer.first_line.startswith(("Up to ", "On "))
    assert "3 language models released or first seen after 19 June 2026 have no score yet." in answer.caveat


def test_a_table_that_the_answer_does_not_use_makes_it_no_newer(grown: Path) -> None:
    """Freshness is the answer's own newest score and price, not the newest row of any table."""
    assert "Newest data" not in ask(OVERVIEW, grown).rests_on
    assert "Newest model measured" in ask(OVERVIEW, grown).rests_on


def test_a_benchmark_is_not_shown_before_its_publication(grown: Path) -> None:
    """One that no source dates begins with its first score."""
    before, after = (
        set(benchmarks(view_of(grown, day))["benchmark_id"]) for day in ("2021-12-31", "2022-01-01")
    )
    assert "gpqa-diamond" not in before
    assert "gpqa-diamond" in after
    assert published_scores_of(view_of(grown, "2021-12-31"), "gpqa-diamond").rows.is_empty()
    assert not published_scores_of(view_of(grown), "gpqa-diamond").rows.is_empty()


def test_a_publication_that_is_derived_is_said_to_be(grown: Path) -> None:
    """The reader learns that no source dates the benchmark, and since when it is shown."""
    said = "No source dates this benchmark: it is shown from its first score on, 1 January 2022."
    assert said in ask(CAPABILITY, grown).rests_on
    stated = {"published_on": date(2022, 1, 1), "publication_is_stated": True}
    assert of_publication(stated) == ""


@pytest.mark.parametrize("no_price", [[None, 1.0], [None, None]], ids=["an older one", "none at all"])
def test_a_step_without_a_price_dates_nothing(no_price: list[float | None]) -> None:
    """What was withdrawn is no price; one that was never confirmed is as old as its beginning."""
    steps = pl.DataFrame(
        {
            "held_from": [date(2026, 8, 1), date(2026, 7, 1)],
            "last_confirmed_on": [date(2026, 9, 1), None],
            "input_usd_per_mtok": no_price,
        },
        schema={"held_from": pl.Date, "last_confirmed_on": pl.Date, "input_usd_per_mtok": pl.Float64},
    )
    found = of_prices(Evidence(ASKED, ASKED, 3, 2), steps)
    told = Evidence(ASKED, date(2026, 7, 1), 3, 2)
    assert found == (told if any(no_price) else Evidence(ASKED, None))


def test_of_two_kinds_the_one_that_is_used_is_dated() -> None:
    """Without a day on either side there is none; newer models of either count."""
    none, some = Evidence(ASKED, None, 1, 4), Evidence(ASKED, date(2026, 7, 1), 2, 3)
    assert earlier(none, some) == Evidence(ASKED, date(2026, 7, 1), 2, 4)
    assert earlier(none, Evidence(ASKED, None)) == Evidence(ASKED, None, 1, 4)


def test_evidence_that_is_not_old_ends_on_the_day_asked_for() -> None:
    """Newer models age what is dated only; without evidence nothing is old."""
    assert not Evidence(ASKED, None, newer=2).is_old
    assert Evidence(ASKED, None, newer=2).ends_on == ASKED
    assert Evidence(ASKED, ASKED - timedelta(days=1)).ends_on == ASKED


def test_models_are_counted_by_whether_they_have_any_score(ahead: Path) -> None:
    """The newer ones of the home have none."""
    assert of_scores(view_of(ahead), rows(NEWEST), ASKED).unscored == 3
    earlier_models = of_scores(view_of(ahead), rows(released()[-3]), ASKED)
    assert (earlier_models.newer, earlier_models.unscored) == (5, 3)


@pytest.mark.parametrize(
    ("model_id", "is_counted"),
    [
        ("late-embed-2", False),
        ("late/router", False),
        ("late-mt-flash", False),
        ("late-safeguard-20b", False),
        ("late-1-fast", False),
        ("late-1-highspeed-us", False),
        ("other-fast", True),
        ("grok-9-fast", True),
        ("mt5-xl", True),
    ],
)
def test_only_what_a_benchmark_could_score_is_counted(
    tmp_path: Path, model_id: str, is_counted: bool
) -> None:
    """Neither what is no language model by its name nor a model that is only served in another way.

    A name whose rest is no model, and xAI's fast models, which are of their own, count.
    """
    fill_growth(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        known = [_model(name, "change log") for name in ("late-1", "grok-9", model_id)]
        warehouse.insert("model", pl.DataFrame(known))
        publish(warehouse, tmp_path / "snapshots")
    assert of_scores(view_of(tmp_path), rows(NEWEST), ASKED).unscored == 2 + is_counted


def test_a_score_of_a_model_of_tomorrow_is_of_today(grown: Path) -> None:
    """No evidence is later than the day asked for."""
    assert of_scores(view_of(grown), rows(date(2026, 9, 20)), ASKED).newest_on == ASKED
    assert of_scores(view_of(grown), rows(ASKED, observed_on=ASKED), ASKED).newest_on == ASKED
