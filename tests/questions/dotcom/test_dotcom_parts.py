"""Parts of the question on the dot-com years on tiny frames: markets, money, use, and what is split."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Block, Drawn, Folded, Heading, Notice, Paragraph, Table, every_block
from questions.controls import specs
from questions.dotcom import history, words
from questions.dotcom import money as of_money_module
from questions.dotcom.controls import DotcomControls
from questions.dotcom.history import PEAK, _of_company, _of_market, base_rate_of, of_base_rate, of_splits
from questions.dotcom.laid_over import laid_over
from questions.dotcom.markets import (
    CRASH,
    MARKETS,
    NOW,
    SURVIVORS,
    THEN,
    available,
    closes_of,
    has,
    is_by_month,
    market_named,
    points_of_booms,
)
from questions.dotcom.money import _of_cash, _of_chips, _spending, _ventures
from questions.dotcom.question import _series_ends
from questions.dotcom.use import (
    _GROUPED,
    _early,
    _first_and_newest,
    _through_the_crash,
    _use,
    _use_of_ai,
    of_use,
)
from questions.view import View
from tests.homes.series_home import fill_series
from tests.questions.asked import view_of

COLUMNS = {
    "series_id": pl.String,
    "title": pl.String,
    "valid_on": pl.Date,
    "value": pl.Float64,
    "note": pl.String,
    "unit": pl.String,
    "source_id": pl.String,
    "url": pl.String,
}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """A home with monthly figures of markets."""
    folder: Path = tmp_path_factory.mktemp("parts")
    fill_series(folder)
    return view_of(folder)


def points(*rows: tuple[str, date, float], title: str = "", note: str = "", unit: str = "") -> pl.DataFrame:
    """Points of series by id, day and value."""
    return pl.DataFrame(
        [
            (name, title, day, value, note, unit, "facts", f"https://{name}.example")
            for name, day, value in rows
        ],
        schema=COLUMNS,
        orient="row",
    ).with_columns(valid_precision=pl.lit("day"))


def named(blocks: tuple[Block, ...], name: str) -> pl.DataFrame:
    """The rows of one table among blocks."""
    return next(
        block.rows for block in every_block(blocks) if isinstance(block, Table) and block.name == name
    )


def test_the_day_of_a_month_end_close_stands_in_its_note() -> None:
    """Else it is the day of the point; closes come in the order of days, of one series alone."""
    rows = pl.concat(
        [
            points(("a", date(2020, 3, 1), 2.0)),
            points(("a", date(2020, 1, 1), 1.0), note="2020-01-31"),
            points(("b", date(2020, 1, 1), 9.0)),
        ]
    )
    of_months = rows.with_columns(valid_precision=pl.lit("month"))
    assert not is_by_month(of_months, "a"), "the note on one of them has its day"
    assert is_by_month(of_months, "b")
    assert not is_by_month(rows.with_columns(valid_precision=pl.lit("day")), "b")
    assert not is_by_month(of_months, "none")
    found = closes_of(rows, "a")
    assert found.select("valid_on", "value").rows() == [(date(2020, 1, 31), 1.0), (date(2020, 3, 1), 2.0)]
    assert (has(rows, "b"), has(rows, "c")) == (True, False)


@pytest.mark.parametrize(
    ("last", "first"), [(date(2022, 11, 30), "microsoft"), (date(2022, 12, 1), "nasdaq-composite")]
)
def test_a_market_reaches_into_the_boom_after_its_start(last: date, first: str) -> None:
    """One that ends on the day itself does not; of two companies both are needed."""
    rows = points(
        ("nasdaq-composite", last, 1.0),
        ("monthly-close-msft", date(2026, 1, 1), 1.0),
        ("monthly-close-csco", last, 1.0),
    )
    found = available(rows)
    assert found[0].name == first
    assert {market.name for market in found} == {"nasdaq-composite", "microsoft"}
    assert market_named("sp500").title == "S&P 500, monthly mean"
    assert all(market.then == market.now for market in MARKETS if market.name != "cisco-nvidia")


def test_venture_money_ends_with_the_dotcom_years_and_has_three_digits() -> None:
    """Both eras are needed; each row says what is counted, by which tracker, without a zero behind."""
    then = points(
        ("venture-capital-year-a", date(2000, 1, 1), 48.346e9), title="Venture capital a year, A", note="2000"
    )
    late = points(
        ("venture-capital-year-a", date(2020, 1, 1), 9e9), title="Venture capital a year, A", note="2020"
    )
    now = points(
        ("ai-funding-year-b", date(2025, 1, 1), 212e9), title="AI funding, world, B, by year", note="2025"
    )
    rows = named(_ventures(pl.concat([then, late, now])), "venture-money")
    assert rows.rows() == [
        ("2000", "Then: all sectors, United States", "A", "48.3"),
        ("2025", "Now: AI companies only, the world", "B", "212"),
    ]
    assert _ventures(then) == _ventures(now) == _ventures(pl.concat([late, now])) == ()


def test_capital_spending_is_listed_with_its_sources() -> None:
    """All figures are folded; without any there is nothing."""
    rows = points(
        ("capital-spending-software", date(2000, 10, 1), 4.6), title="software", note="2000Q4", unit="%"
    )
    blocks = _spending(rows)
    assert named(blocks, "capital-spending").row(0, named=True) == {
        "measure": "software",
        "unit": "%",
        "period": "2000Q4",
        "value": 4.6,
        "url": "https://capital-spending-software.example",
        "page_is": "copy or retelling, not checked against the original",
    }
    first_hand = _spending(rows.with_columns(url=pl.lit("https://apps.bea.gov/table?x=1")))
    assert named(first_hand, "capital-spending")["page_is"].item() == "by those who counted"
    assert blocks[0] == Paragraph(words.SPENDING)
    assert _spending(points(("other", date(2000, 10, 1), 4.6))) == ()


def test_figures_that_a_page_only_repeats_are_said_to_be_second_hand() -> None:
    """As many as are not cited from those who count; of the national accounts themselves none is."""
    repeated = points(("capital-spending-software", date(2000, 10, 1), 4.6), title="software", note="2000Q4")
    counted = repeated.with_columns(url=pl.lit("https://apps.bea.gov/table?x=1"))

    def said(*rows: pl.DataFrame) -> str:
        return " ".join(block.text for block in _spending(pl.concat(rows)) if isinstance(block, Paragraph))

    assert "The figure is second-hand: cited from pages that repeat what others counted" in said(repeated)
    assert "1 of the 2 figures is second-hand" in said(repeated, counted)
    assert "All 2 figures are second-hand" in said(repeated, repeated)
    assert "second-hand" not in said(counted)


def test_cash_and_spending_are_told_apart_by_the_series(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """The company is what stands before the colon; without a share nothing is told."""
    starts = [date(2024 + at // 4, 1 + 3 * (at % 4), 1) for at in range(8)]
    reports = pl.concat(
        [
            points(*((name, day, value) for day in starts), title="Quokka: of a quarter")
            for name, value in (("sec-capex-quokka", 3.0), ("sec-operating-cash-quokka", 10.0))
        ]
    )
    monkeypatch.setattr(of_money_module, "series", lambda *_: reports)
    blocks = _of_cash(view)
    assert isinstance(blocks[0], Paragraph)
    assert "Quokka put 30\u00a0% of their cash" in blocks[0].text
    quarters = named(blocks, "capital-and-cash")
    assert quarters["starts_on"].to_list() == starts[::-1]
    assert quarters["spent_usd"].to_list() == [3.0] * 8
    monkeypatch.setattr(of_money_module, "series", lambda *_: reports.head(8))
    assert _of_cash(view) == ()


def test_chips_are_summed_over_as_many_designers(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of fewer designers is no quarter to compare with; one quarter tells no growth."""
    days = [date(2025, month, 1) for month in (1, 4, 7)]
    two = points(
        *(("chips-a", day, 1e6) for day in days), *(("chips-b", day, 2e6 * day.month) for day in days[1:])
    )
    monkeypatch.setattr(of_money_module, "series", lambda *_: two)
    (block,) = _of_chips(view)
    assert isinstance(block, Paragraph)
    assert "by 1 July 2025 the 2 designers" in block.text
    assert "worth 15 million H100s" in block.text
    assert "since 1 April 2025" in block.text
    monkeypatch.setattr(of_money_module, "series", lambda *_: two.filter(pl.col("valid_on") != days[1]))
    assert _of_chips(view) == ()


def test_use_is_looked_at_from_1995_to_2006() -> None:
    """Of one series, and in the unit in which it is drawn."""
    days = [date(year, 1, 1) for year in (1994, 1995, 2006, 2007)]
    rows = points(*(("us-ecommerce-sales", day, 2e9) for day in days), ("b", days[1], 1.0))
    assert _early(rows, "us-ecommerce-sales")["valid_on"].to_list() == days[1:3]
    use = _use(rows, "us-ecommerce-sales")
    assert (use.points["value"].to_list(), use.tickformat) == ([2.0, 2.0], "$,~r")
    assert use.title == "US online sales, billion $ a quarter"


def test_the_starts_that_are_chosen_first_fit_their_fields() -> None:
    """In a third of a small window there is room for some twenty letters, and for some more above."""
    chosen, labels = DotcomControls(), [specs(DotcomControls)[name].label for name in ("then", "now")]
    assert max(len(start.name) for start in (THEN[chosen.then], NOW[chosen.now])) <= 20
    assert max(map(len, labels)) <= 24


def test_use_of_ai_is_told_by_its_first_and_newest_figure() -> None:
    """With the page of the newest; of unknown measures nothing is listed."""
    rows = points(
        ("users-chatgpt-weekly", date(2023, 11, 1), 1e8), ("users-chatgpt-weekly", date(2025, 8, 1), 7e8)
    )
    assert _first_and_newest(rows, "users-chatgpt-weekly") == {
        "measure": "Weekly users of ChatGPT, as OpenAI or the press says",
        "first": "100 million, 1 November 2023",
        "newest": "700 million, 1 August 2025",
        "figures": 2,
        "url": "https://users-chatgpt-weekly.example",
    }
    assert named(_use_of_ai(rows), "ai-use").height == 1
    assert _use_of_ai(points(("other", date(2025, 1, 1), 1.0))) == ()


@pytest.mark.parametrize(
    ("precision", "note", "said"),
    [
        ("day", "company", "40 billion, 1 August 2026"),
        ("month", "", "40 billion, August 2026"),
        ("quarter", None, "40 billion, Q3 2026"),
        ("month", "above 40; quotes a newspaper", "more than 40 billion, August 2026"),
    ],
)
def test_a_figure_of_a_month_names_no_day(precision: str, note: str | None, said: str) -> None:
    """And one that its source only says was passed is told as such."""
    rows = points(("annualised-revenue-openai", date(2026, 8, 1), 4e10)).with_columns(
        valid_precision=pl.lit(precision), note=pl.lit(note, pl.String)
    )
    assert _first_and_newest(rows, "annualised-revenue-openai")["newest"] == said


def test_figures_of_dated_facts_have_their_commas() -> None:
    """From a thousand on; a year has none."""
    written = ["1005.89 index points", "0.22 USD per share", "above its peak of 2000", "12345.6 points"]
    notes = pl.DataFrame({"note": written}).select(_GROUPED)["note"].to_list()
    assert notes == ["1,005.89 index points", *written[1:3], "12,345.6 points"]


def test_use_through_the_crash_needs_a_market_and_a_measure(view: View) -> None:
    """The NASDAQ before the S&P 500; use of AI stands there without either."""
    days = [date(2000, 3, 1), date(2002, 10, 1)]
    use = points(*(("us-ecommerce-sales", day, 2e9) for day in days))
    nasdaq = points(*(("nasdaq-composite", day, 1.0) for day in days))
    shiller = points(*(("shiller-sp500", day, 1.0) for day in days))
    both = pl.concat([shiller, nasdaq])
    for market, name in (
        (nasdaq, "nasdaq-composite"),
        (shiller, "shiller-sp500"),
        (both, "nasdaq-composite"),
    ):
        (block,) = _through_the_crash(view, pl.concat([market, use]))
        assert isinstance(block, Drawn)
        assert set(block.chart.rows["series_id"]) == {name, "us-ecommerce-sales"}
        assert (block.chart.footing.n, block.chart.footing.counted) == (4, "points")
    assert _through_the_crash(view, use) == _through_the_crash(view, nasdaq) == ()
    ai = points(("users-chatgpt-weekly", date(2023, 11, 1), 1e8))
    assert of_use(view, nasdaq) == ()
    assert of_use(view, ai)[0] == Heading("Use went on through the crash")


def test_episodes_say_where_consumer_prices_are_estimated(view: View) -> None:
    """Of a record of some length; without months there is no base rate."""
    months = view.ask("sp500_months", view.known_now)
    controls = DotcomControls(market="sp500")
    base = base_rate_of(months, controls)
    assert base is not None
    assert (base.rule.cape_at_least, base.rule.real_rise_at_least) == (25.0, 0.5)
    (drawn,) = (block for block in of_base_rate(view, months, base) if isinstance(block, Drawn))
    assert drawn.chart.footing.note == "Consumer prices of the last months are estimated"
    assert drawn.chart.footing.counted == "months"
    assert base_rate_of(months.clear(), controls) is None
    assert of_base_rate(view, months.clear(), None) == ()


def test_where_nothing_can_be_split_the_answer_says_what_is_needed(view: View) -> None:
    """In place of the chart."""
    months = view.ask("sp500_months", view.known_now).with_columns(earnings=pl.lit(None, pl.Float64))
    controls = DotcomControls(market="sp500")
    assert of_splits(view, months, points(), controls)[1:] == (Notice(words.NO_SPLIT),)


def test_without_a_market_nothing_is_laid_over(view: View) -> None:
    """And a level begins half a year before its start."""
    months = view.ask("sp500_months", view.known_now)
    assert laid_over(points(), months, DotcomControls(market=None)) is None
    days = [date(2022, 5, 30), date(2022, 5, 31), date(2022, 11, 30), date(2026, 9, 1)]
    rows = points(*(("nasdaq-100", day, 1.0) for day in days))
    found = laid_over(rows, months, DotcomControls(market="nasdaq-100"))
    assert found is not None
    assert found.alike is None
    assert found.now.levels["days"].min() == -183


def test_each_series_is_told_with_its_ends() -> None:
    """First and last day, and how many points there are; in the order of their ids."""
    first, last = date(2020, 1, 1), date(2020, 3, 1)
    folded = _series_ends(points(("b", first, 3.0), ("a", last, 2.0), ("a", first, 1.0)))
    assert isinstance(folded, Folded)
    rows = named((folded,), "series-ends").select("series_id", "first", "last", "points").rows()
    assert rows == [("a", first, last, 2), ("b", first, first, 1)]


MONTHS = [date(year, month, 1) for year in range(1995, 2027) for month in range(1, 13)]
SP500 = pl.DataFrame(
    {
        "valid_on": MONTHS,
        "real_price": [100.0 + place for place in range(len(MONTHS))],
        "price": [100.0 + place for place in range(len(MONTHS))],
        "earnings": [5.0] * (len(MONTHS) - 6) + [None] * 6,
    },
    schema_overrides={"earnings": pl.Float64},
)


def test_the_market_is_split_from_both_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the month of each start to that of the peak then, and to the last one with earnings now."""
    spans: list[tuple[date, date]] = []
    monkeypatch.setattr(history, "price_split", lambda _months, start, end: spans.append((start, end)))
    found = _of_market(SP500, THEN["netscape"], NOW["chatgpt"])
    assert [one.of for one in found] == ["S&P 500", "S&P 500"]
    assert spans == [(date(1995, 8, 1), date(2000, 3, 1)), (date(2022, 11, 1), date(2026, 6, 1))]
    early = SP500.filter(pl.col("valid_on") <= date(2022, 11, 1))
    assert len(_of_market(early, THEN["netscape"], NOW["chatgpt"])) == 1
    assert _of_market(SP500.with_columns(earnings=None), THEN["netscape"], NOW["chatgpt"]) == []


def test_a_company_is_split_by_its_closes_and_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fiscal period begins the note, and what follows it is the note of the figure."""
    seen: list[pl.DataFrame] = []
    monkeypatch.setattr(history, "company_price_split", lambda _closes, reports, *_: seen.append(reports))
    close = points(("monthly-close-csco", date(1995, 8, 1), 1.0))
    year = points(("earnings-per-share-year-csco", date(1995, 7, 30), 0.1), note="FY1995; diluted")
    quarter = points(("earnings-per-share-quarter-csco", date(1995, 7, 30), 0.03), note="FY1995Q4")
    other = points(("earnings-per-share-year-nvda", date(1995, 7, 30), 9.0), note="FY1995")
    rows = pl.concat([close, year, quarter, other])
    (found,) = _of_company(rows, "csco", "Cisco", date(1995, 8, 9), PEAK)
    assert found.of == "Cisco"
    assert seen[0].rows(named=True) == [
        {"fiscal_period": "FY1995", "period_end_on": date(1995, 7, 30), "eps": 0.1, "note": "diluted"},
        {"fiscal_period": "FY1995Q4", "period_end_on": date(1995, 7, 30), "eps": 0.03, "note": None},
    ]
    for missing in (close, pl.concat([year, quarter])):
        assert _of_company(missing, "csco", "Cisco", date(1995, 8, 9), PEAK) == []
    assert _of_company(rows, "csco", "Cisco", PEAK, PEAK) == []


def test_what_was_not_split_is_named_below_the_chart(view: View) -> None:
    """Cisco has earnings at both ends, Nvidia has none in this home."""
    months = view.ask("sp500_months", view.known_now)
    rows = points_of_booms(view)
    heading, drawn, *said = of_splits(view, months, rows, DotcomControls(market="sp500"))
    assert heading == Heading("Earned, or only paid for?")
    assert isinstance(drawn, Drawn)
    used = rows.filter(pl.col("series_id").str.ends_with("csco") | pl.col("series_id").str.ends_with("nvda"))
    assert drawn.chart.footing.n == months.height + used.height
    assert said[-1] == Paragraph(words.OF_QUARTERS)


def test_both_booms_start_on_days_that_the_record_states() -> None:
    """Each start that can be chosen by its day; peak and trough of the NASDAQ at the close."""
    assert {name: start.starts_on for name, start in THEN.items()} == {
        "netscape": date(1995, 8, 9),
        "nasdaq-1000": date(1995, 7, 17),
        "exuberance": date(1996, 12, 5),
        "october-1998": date(1998, 10, 8),
    }
    assert {name: start.starts_on for name, start in NOW.items()} == {
        "chatgpt": date(2022, 11, 30),
        "gpt-4": date(2023, 3, 14),
        "nvidia-forecast": date(2023, 5, 25),
    }
    assert (CRASH.start, CRASH.end) == (date(2000, 3, 10), date(2002, 10, 9))


def test_an_index_is_no_survivor() -> None:
    """Its members come and go: only companies are told to have come through."""
    assert all(name.startswith("monthly-close-") for name in SURVIVORS)
    assert not {market.title for market in MARKETS if "NASDAQ" in market.title} & set(SURVIVORS.values())
