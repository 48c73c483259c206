"""The question on the dot-com years: it works without the daily NASDAQ; no score over the signals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from questions.answer import (
    Answer,
    Drawn,
    Notice,
    Paragraph,
    Placed,
    Table,
    chart_named,
    charts_of,
    every_block,
)
from questions.controls import ControlError, must_read, written
from questions.dotcom.controls import DotcomControls
from questions.dotcom.history import base_rate_of, of_base_rate, of_splits
from questions.dotcom.laid_over import laid_over, of_booms
from questions.dotcom.markets import available, points_of_booms
from questions.dotcom.question import QUESTION
from tests.homes.series_home import fill_series
from tests.homes.small_home import fill
from tests.questions.asked import ask, headings, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with monthly figures of markets only."""
    folder = tmp_path_factory.mktemp("markets")
    fill_series(folder)
    return folder


@pytest.fixture(scope="module")
def home_with_nasdaq(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with daily closes of the NASDAQ, which end in August 2025."""
    folder = tmp_path_factory.mktemp("daily")
    fill_series(folder, with_nasdaq=True)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls."""
    return ask(QUESTION, home)


def test_without_daily_closes_it_works_from_months_and_says_so(answer: Answer) -> None:
    """The S&P 500 stands in, and the reader learns why and what brings the NASDAQ, before the first chart."""
    first = next(iter(every_block(answer.blocks)))
    assert isinstance(first, Notice)
    assert "are not part of the bundled data" in first.text
    assert answer.first_line.startswith("In June 2026 the AI boom stood at")
    assert "times its start (S&P 500, monthly mean)," in answer.first_line
    chart = chart_named(answer, "booms")
    assert chart is not None
    assert chart.title.startswith("In June 2026, after ")
    assert chart.alt.endswith(" to June 2026.")
    assert chart.footing.note == "The later series ends in June 2026"


def test_with_daily_closes_the_first_line_says_where_they_end(home_with_nasdaq: Path) -> None:
    """Its last day is named, and nothing is said to be missing. The index that reaches further leads."""
    answer = ask(QUESTION, home_with_nasdaq, market="nasdaq-composite")
    assert answer.first_line.startswith("On 13 August 2025 the AI boom stood at")
    assert "times its start (NASDAQ Composite)," in answer.first_line
    assert "**By other indexes.** S&P 500, monthly mean, in June 2026: AI boom " in words(answer)
    newest = ask(QUESTION, home_with_nasdaq)
    assert newest.first_line.startswith("In June 2026 the AI boom stood at")
    assert "**By other indexes.** NASDAQ Composite, on 13 August 2025: AI boom " in words(newest)
    assert "not part of the bundled data" not in words(answer)


def test_the_parts_stand_in_the_order_of_the_question(answer: Answer) -> None:
    """Likeness first, then history, earnings, use, survivors and money; all charts are there."""
    assert headings(answer) == [
        "What followed when markets were expensive and had risen fast?",
        "Earned, or only paid for?",
        "Use went on through the crash",
        "Survivors and failures",
        "Money",
    ]
    assert [chart.name for chart in charts_of(answer)] == list(QUESTION.charts)


def test_likeness_and_difference_stand_side_by_side_without_a_score(answer: Answer) -> None:
    """Every quantity has its own verdict; the table has no row that sums them up."""
    rows = table(answer, "likeness")
    assert rows["quantity"].to_list()[:2] == ["run-up since the start", "deepest fall on the way"]
    assert rows.height == 4
    assert rows["verdict"].null_count() == 0
    assert not any("score" in quantity for quantity in rows["quantity"])
    assert "there is no score over the signals" in answer.rests_on


def test_too_few_episodes_are_no_base_rate(answer: Answer) -> None:
    """With one episode it is said beside the answer that what follows cannot be told, and n."""
    assert answer.caveat == "What followed markets like it cannot be told: n = 1 episode, three are needed."


def test_thresholds_that_no_month_reaches_are_said_in_words(home: Path) -> None:
    """Where no month was as dear there is a sentence in place of the chart, beside the thresholds."""
    controls = DotcomControls(market="sp500")
    months = pl.DataFrame({"valid_on": [date(1900, 1, 1)], "real_price": [1.0], "cape": [10.0]})
    blocks = of_base_rate(view_of(home), months, base_rate_of(months, controls))
    assert [block.control for block in blocks if isinstance(block, Placed)] == ["cape", "rise"]
    assert Notice("No month since 1881 passes both thresholds: lower one.") in blocks


def test_money_that_cannot_be_made_constant_is_said_to_be_nominal(home: Path) -> None:
    """Without consumer prices the switch is not ignored in silence."""
    view = view_of(home)
    points, months = points_of_booms(view), view.ask("sp500_months").clear()
    controls = DotcomControls(market="cisco-nvidia", real=True)
    found = laid_over(points, months, controls)
    assert found is not None
    said = [
        block.text
        for block in of_booms(view, points, months, found, controls)
        if isinstance(block, Paragraph)
    ]
    assert said[0].endswith("these are nominal.")


def test_months_without_earnings_are_split_into_nothing(home: Path) -> None:
    """A record of prices alone gives no split of the index, and no exception."""
    view = view_of(home)
    months = view.ask("sp500_months").with_columns(earnings=pl.lit(None, pl.Float64))
    blocks = of_splits(view, months, points_of_booms(view), DotcomControls(market="sp500"))
    drawn = [block.chart for block in blocks if isinstance(block, Drawn)]
    assert not any("S&P 500" in what for chart in drawn for what in chart.rows["what"])


def test_only_one_definition_is_set_against_itself(answer: Answer) -> None:
    """Software has both sides; railways have one, and are named as without a counterpart."""
    assert (
        "**Software**: 4.6 percent of GDP in the fourth quarter of 2000, 4.4 in the second quarter of 2025"
        in words(answer)
    )
    assert "have no counterpart: railways" in words(answer)
    assert table(answer, "capital-spending").height == 3


def test_failures_stand_beside_the_survivors(answer: Answer) -> None:
    """Who failed left no series, and is listed as a dated fact."""
    assert "Shop without customers closes" in table(answer, "dotcom-facts")["title"]


def test_a_dated_fact_is_told_whole_and_leads_to_its_page(answer: Answer) -> None:
    """The table wraps, the day stands first, and the words of what happened are the link."""
    facts = next(
        block
        for block in every_block(answer.blocks)
        if isinstance(block, Table) and block.name == "dotcom-facts"
    )
    assert facts.wraps
    assert list(facts.columns) == ["valid_on", "title", "note"]
    assert facts.columns["title"].leads_to == "url"
    assert facts.rows["url"].null_count() == 0


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"market": "cisco-nvidia", "real": "true"}, "Cisco then, Nvidia now"),
        ({"then": "exuberance", "now": "gpt-4", "log_boom": "false"}, "S&P 500"),
        ({"cape": "35", "rise": "100"}, "S&P 500"),
    ],
)
def test_every_control_has_an_answer(home: Path, given: dict[str, str], word: str) -> None:
    """Other markets, starts or thresholds answer first, and have all charts."""
    answer = ask(QUESTION, home, **given)
    assert "the AI boom stood at" in answer.first_line
    assert word in answer.first_line
    assert {"booms", "anchor-sensitivity", "episodes"} <= {chart.name for chart in charts_of(answer)}


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"market": "Cisco then, Nvidia now"}, "cisco-nvidia"),
        ({"then": "NASDAQ first closes above 1,000"}, "nasdaq-1000"),
        ({"now": "Nvidia's forecast of data-centre sales"}, "nvidia-forecast"),
    ],
)
def test_names_of_older_links_are_understood(home: Path, given: dict[str, str], value: str) -> None:
    """Addresses held the names that readers see; they ask for the same as the ids that stand there now."""
    controls = must_read(QUESTION.controls, view_of(home), {name: [word] for name, word in given.items()})
    assert value in dict(written(controls)).values()


def test_the_chosen_start_is_the_one_that_is_drawn(home: Path) -> None:
    """Both starts stand below the title of the chart, and move what is compared."""
    netscape, later = ask(QUESTION, home), ask(QUESTION, home, then="october-1998", now="gpt-4")
    assert netscape.first_line != later.first_line
    assert "the low of October 1998" in later.rests_on
    assert "(GPT-4)" in later.rests_on


def test_constant_money_divides_by_consumer_prices(home: Path) -> None:
    """With prices that never moved the levels stay; the chart says which they are."""
    nominal, real = (chart_named(ask(QUESTION, home, real=real), "booms") for real in ("false", "true"))
    assert nominal is not None
    assert real is not None
    assert real.rows["index"].round(6).equals(nominal.rows["index"].round(6))


def test_an_unknown_market_is_told_which_there_are(home: Path) -> None:
    """Microsoft has no prices in this home; the sentence names those that have."""
    with pytest.raises(
        ControlError, match="market = 'microsoft' cannot be used; it takes sp500, cisco-nvidia"
    ):
        ask(QUESTION, home, market="microsoft")


@pytest.mark.parametrize("given", [{"cape": "14"}, {"cape": "36"}, {"rise": "10"}, {"rise": "110"}])
def test_thresholds_have_their_ends(home: Path, given: dict[str, str]) -> None:
    """Below and above the ends a threshold is refused."""
    with pytest.raises(ControlError, match="a number from"):
        ask(QUESTION, home, **given)


def test_a_date_before_the_boom_is_said_in_words(home: Path) -> None:
    """As of 2021 there is no boom to compare with: the first line says so, and what to do stands below."""
    answer = ask(QUESTION, home, as_of="2021-06-01")
    assert answer.first_line == (
        "As of 1 June 2021 how far the AI boom has risen cannot be told: S&P 500, monthly mean has no value "
        "at one of the starts."
    )
    assert "choose another market or start" in words(answer)
    assert "as they are known now" in answer.caveat


def test_without_prices_and_figures_the_question_says_so(tmp_path: Path) -> None:
    """A home without series has no answer, and an address without a market."""
    fill(tmp_path)
    answer = ask(QUESTION, tmp_path)
    assert not answer.known
    assert answer.first_line.startswith("No data yet: no prices and no figures of the two booms")
    assert "market" not in dict(written(must_read(QUESTION.controls, view_of(tmp_path), {})))


def test_a_market_that_was_not_known_into_the_boom_does_not_come_first() -> None:
    """As of a day on which only another market reaches past the start, that one is offered first."""
    points = pl.DataFrame(
        {
            "series_id": ["nasdaq-composite", "shiller-sp500"],
            "valid_on": [date(2021, 12, 23), date(2024, 12, 1)],
        }
    )
    assert [market.name for market in available(points)] == ["sp500", "nasdaq-composite"]


def test_the_question_is_asked_in_words_that_a_native_uses() -> None:
    """It is the first line of its page, of the list of addresses and of the command's help."""
    assert QUESTION.asks.startswith("How are the two booms alike, how do they differ")
