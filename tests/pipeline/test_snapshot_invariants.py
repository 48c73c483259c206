"""What must hold of everything that is published, over the bundled data and on twelve past days.

Release against evidence stands in tests/ingest/identity/test_release_invariants.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from analysis.capability.pareto import CostBasis
from analysis.price.fall import price_fall
from charts.parts.figure import in_words
from config import Settings
from questions.answer import Answer, Drawn, Paragraph, Table, Tiles, every_block
from questions.capability.through_time import moments_of
from questions.controls import read
from questions.gains.question import QUESTION as GAINS
from questions.hypemap.question import QUESTION as HYPEMAP
from questions.models.question import QUESTION as MODELS
from questions.offers import last_priced_day, last_read_day
from questions.overview.question import QUESTION as OVERVIEW
from questions.price.cheapest import cheapest_way
from questions.price.question import QUESTION as PRICE
from questions.price.threshold import DEFAULT_NAME, INDEX_LABEL, capability_of, headline_level
from questions.question import Question
from questions.registry import all_questions
from questions.scores import DEFAULT_BENCHMARK, scores_of
from questions.series import series
from questions.trends.series import OWN_INDEX
from questions.view import View
from store.ledger import Ledger
from store.snapshot import Snapshot, end_of
from store.store import store_of
from tests.homes.bundled_home import bundled, bundled_whole

pytestmark = pytest.mark.long

TODAY = date(2026, 11, 29)
PAST = [date(year, month, 28) for year in (2024, 2025, 2026) for month in (1, 4, 7, 10)]
"""Twelve days on which pages are asked what had been known."""

CONFIRMED = timedelta(days=60)
LATE = date(2027, 2, 1)
"""More than sixty days after the last list that the bundle holds."""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The bundled observations, identified anew."""
    return bundled()


@pytest.fixture(scope="module")
def whole() -> Snapshot:
    """The bundle with all its results, the capability index among them."""
    return store_of(Settings(home=bundled_whole())).latest()


def view(snapshot: Snapshot, on: date = TODAY) -> View:
    """The snapshot as of a day."""
    return View(snapshot, on, TODAY, Ledger(snapshot.file.parent.parent / "ledger.sqlite"))


@pytest.fixture(scope="module")
def steps(snapshot: Snapshot) -> pl.DataFrame:
    """Every step of every price."""
    return snapshot.select("SELECT * FROM price_step")


def test_every_price_is_what_its_witness_said(snapshot: Snapshot, steps: pl.DataFrame) -> None:
    """The payload that a step cites holds a row with its price; whoever says so is a source of prices."""
    unsaid = snapshot.select(
        "SELECT model_id, provider, source_id, input_usd_per_mtok, output_usd_per_mtok FROM price_step s "
        "WHERE listed AND NOT EXISTS (FROM price p WHERE p.payload_sha256 = s.payload_sha256 "
        "AND p.source_id = s.source_id AND p.input_usd_per_mtok IS NOT DISTINCT FROM s.input_usd_per_mtok "
        "AND p.output_usd_per_mtok IS NOT DISTINCT FROM s.output_usd_per_mtok)"
    )
    assert unsaid.is_empty(), unsaid.rows()
    asked = steps.filter("listed")
    assert asked.filter(pl.col("for_sources").list.len() == 0).is_empty()
    sources = set(snapshot.select("SELECT DISTINCT source_id FROM price")["source_id"])
    assert set(asked["for_sources"].explode()) <= sources


def test_a_price_step_is_in_order(steps: pl.DataFrame) -> None:
    """It begins after its bound, ends after its beginning, and is confirmed on its first day or later."""
    day = pl.col("starts_on")
    assert steps.filter(pl.col("starts_after") > day).is_empty()
    assert steps.filter(pl.col("ends_on") < day).is_empty()
    assert steps.filter("listed", pl.col("last_confirmed_on") < day).is_empty()
    assert steps.filter("listed", pl.col("last_confirmed_on") > pl.col("ends_on")).is_empty()


@pytest.mark.parametrize("on", [*PAST, TODAY], ids=str)
def test_what_is_offered_on_a_day_was_confirmed_and_not_shut_down(snapshot: Snapshot, on: date) -> None:
    """In force is a price only within 60 days of its last confirmation, and before its seller's shut-down."""
    listed = view(snapshot, on).ask("price_steps").filter("is_list_price")
    assert listed.filter(pl.col("last_confirmed_on") + CONFIRMED < on).is_empty()
    assert listed.filter(pl.col("held_from") > on).is_empty()
    own = listed.filter(price_kind="list price").join(_shut_down(snapshot, on), on="model_id")
    makers = {"openai": "OpenAI", "anthropic": "Anthropic", "google": "Google"}
    assert [row for row in own.to_dicts() if makers.get(row["provider"]) == row["organization"]] == []


def _shut_down(snapshot: Snapshot, on: date) -> pl.DataFrame:
    """What makers had shut down by a day, by the notice that stands today, as far as it was known then."""
    notices = snapshot.ask("shutdown_notices", as_of=end_of(TODAY)).sort("announced_on", "shuts_down_on")
    newest = notices.unique(["model_id", "organization"], keep="last")
    known = newest.filter(pl.col("shuts_down_on") <= on, pl.col("observed_at") <= end_of(on))
    return known.select("model_id", "organization")


@pytest.mark.parametrize("on", [*PAST, TODAY], ids=str)
@pytest.mark.parametrize("seller", ["maker", "cheapest-host"])
def test_a_fall_is_told_of_prices_that_were_in_force(snapshot: Snapshot, on: date, seller: str) -> None:
    """No answer is newer than its evidence; intervals hold their estimate; no rate belies the last year."""
    seen = view(snapshot, on)
    level = capability_of(seen, DEFAULT_BENCHMARK, DEFAULT_NAME, seller)
    if level is None:
        return
    way = cheapest_way(seen, level)
    rests = way.evidence(seen)
    if way.steps.window is None or rests.newest_on is None:
        return
    assert rests.newest_on <= way.steps.window.end <= on
    assert not rests.is_dated or rests.newest_on == way.steps.window.end
    fall = price_fall(way.steps)
    if fall is None:
        return
    for part in (fall.whole, *fall.parts, *([fall.last_year] if fall.last_year else [])):
        assert part.between.low <= part.times_cheaper <= part.between.high
    if fall.rate is not None and fall.rate.interval is not None:
        assert fall.rate.interval.holds(fall.rate.value)
        if fall.last_year is not None:
            assert (fall.rate.value > 1) is (fall.last_year.between.high > 1)


@pytest.mark.parametrize("on", [PAST[3], PAST[8], TODAY], ids=str)
def test_all_faces_say_one_price(snapshot: Snapshot, on: date) -> None:
    """The overview, the question of prices and the page of the model name the same figure."""
    seen = view(snapshot, on)
    overview, price = _answer(OVERVIEW, seen), _answer(PRICE, seen)
    level = headline_level(seen)
    assert level is not None
    last = cheapest_way(seen, level).steps.steps.row(-1, named=True)
    told = [_sentence(answer, "at the cheapest maker") for answer in (overview, price)]
    assert told[0] == told[1]
    if last["price_usd_per_mtok"] is not None:
        own = _answer(MODELS, seen, find=last["model_id"])
        assert last["provider"].split(",")[0] in json.dumps([str(block) for block in every_block(own.blocks)])


@pytest.mark.parametrize("on", [PAST[6], PAST[8], TODAY], ids=str)
def test_a_fall_of_one_level_names_its_scale_and_is_one_figure_of_it(whole: Snapshot, on: date) -> None:
    """On every page: whoever reads "429 times" here and "273 times" there sees that these are two scales."""
    seen = view(whole, on)
    asked = [(OVERVIEW, {}), (PRICE, {}), (PRICE, {"measure": OWN_INDEX}), (HYPEMAP, {}), (GAINS, {})]
    told = [fall for question, given in asked for fall in _falls(_answer(question, seen, **given))]
    scales = {scale for scale, _ in told}
    assert scales == {"GPQA", INDEX_LABEL} and len(told) >= 6
    for scale in scales:
        assert len({times for named, times in told if named == scale}) == 1, told


def _falls(answer: Answer) -> list[tuple[str, str]]:
    """How many times cheaper GPT-4's level became, with the scale that the same sentence names."""
    said = re.split(r"(?<=\.) |\n", "\n".join(_texts(answer)))
    found = []
    for sentence in said:
        if times := re.search(r"GPT-4's.*?([\d,.]+) times (?:less|since)", sentence):
            scale = re.search(rf"GPQA|{INDEX_LABEL}", sentence.replace("-index", " index"))
            assert scale, sentence
            found.append((scale[0], times[1]))
    return found


def _texts(answer: Answer) -> list[str]:
    blocks = list(every_block(answer.blocks))
    charts = [block.chart.title for block in blocks if isinstance(block, Drawn)]
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    tiles = [
        f"{tile.label}: {tile.value}, {tile.note}" for b in blocks if isinstance(b, Tiles) for tile in b.tiles
    ]
    rows = [str(row) for block in blocks if isinstance(block, Table) for row in block.rows.rows()]
    return [answer.first_line, answer.rests_on, *charts, *paragraphs, *tiles, *rows]


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda question: question.name)
def test_long_after_the_last_reading_no_page_speaks_of_today(snapshot: Snapshot, question: Question) -> None:
    """The bundle without a network, two months on: answers are of the last day that can be told."""
    late = View(snapshot, LATE, LATE, Ledger(snapshot.file.parent.parent / "ledger.sqlite"))
    controls, problems = read(question.controls, late, {})
    assert problems == ()
    answer = question.answer(late, controls)
    if not answer.known:
        on_time = view(snapshot)
        assert not question.answer(on_time, read(question.controls, on_time, {})[0]).known
        return
    said = " ".join((answer.badge, answer.first_line, answer.caveat))
    assert not re.search(rf"\b(today|now|currently|{re.escape(in_words(LATE))})\b", said, re.IGNORECASE)


@pytest.mark.parametrize(("name", "day_of"), [("capability", last_read_day), ("modellist", last_priced_day)])
def test_long_after_the_last_reading_list_prices_are_of_the_last_day_confirmed(
    snapshot: Snapshot, name: str, day_of: Callable[[View, date], date]
) -> None:
    """As many as then, and the page names the day: of a front the last reading, before any price expires."""
    late = View(snapshot, LATE, LATE, Ledger(snapshot.file.parent.parent / "ledger.sqlite"))
    on = day_of(late, LATE)
    assert on < LATE
    question = all_questions()[name]
    answer = question.answer(late, read(question.controls, late, {})[0])
    said = f"List prices are those of {in_words(on)}"
    assert said in " ".join((answer.caveat, answer.rests_on))


def test_no_front_of_a_month_holds_a_moving_name(snapshot: Snapshot) -> None:
    """Its score may be a later version's, and its day is that of the first: walked month by month."""
    seen = view(snapshot)
    scores = scores_of(seen, DEFAULT_BENCHMARK)
    moving = set(
        snapshot.select(
            "SELECT model_id FROM model WHERE kind = 'alias' AND released_basis = 'first version'"
        )["model_id"]
    )
    assert moving & set(scores.rows["model_id"])
    row = moments_of(seen, scores, TODAY, CostBasis.BLENDED_LIST_PRICE, lambda models: models)
    assert len(row) > 30
    assert [one.on for one in row if moving & set(one.models["model_id"])] == []


@pytest.mark.parametrize("on", PAST, ids=str)
def test_nothing_counted_over_a_period_is_shown_before_its_end(snapshot: Snapshot, on: date) -> None:
    """A month's mean, a quarter's sum, a year's: known when it is over."""
    points = series(view(snapshot, on), "shiller-%", "ai-funding-%", "monthly-close-%", "capex-quarter-%")
    ends = points.select(
        "series_id",
        end=pl.when(pl.col("valid_precision") == "year")
        .then(pl.date(pl.col("valid_on").dt.year(), 12, 31))
        .when(pl.col("series_id").str.contains("quarter"))
        .then(pl.col("valid_on").dt.offset_by("2mo").dt.month_end())
        .otherwise(pl.col("valid_on").dt.month_end()),
    )
    assert points.height > 100
    assert ends.filter(pl.col("end") > on).is_empty()


@pytest.mark.parametrize("on", PAST, ids=str)
def test_no_test_of_agents_is_shown_before_it_was_published(snapshot: Snapshot, on: date) -> None:
    """A score on it could not be known."""
    seen = view(snapshot, on)
    stated = snapshot.select(
        "SELECT title, max(valid_on) AS on_day FROM benchmark GROUP BY title"
    ).drop_nulls()
    later = set(stated.filter(pl.col("on_day") > on)["title"])
    agents = all_questions()["agents"]
    controls, _ = read(agents.controls, seen, {})
    for block in every_block(agents.answer(seen, controls).blocks):
        if isinstance(block, Table) and "Test" in block.rows.columns:
            assert not later & set(block.rows["Test"])


def _answer(question: Any, seen: View, **given: str) -> Answer:
    answer: Answer = question.answer(seen, question.controls(**given))
    return answer


def _sentence(answer: Answer, words: str) -> str:
    charts = [getattr(getattr(block, "chart", None), "title", "") for block in every_block(answer.blocks)]
    return next(title for title in charts if words in title)
