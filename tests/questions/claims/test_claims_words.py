"""Values and intervals in the units of claims, as people say them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from analysis.claims import CLAIMS
from analysis.claims.counted_again import CountedAgain
from questions.claims import words
from questions.claims.one_claim import models_named
from questions.claims.words import (
    OF_WHAT,
    amount,
    basis,
    caveat,
    counts,
    divided_by,
    first_line,
    interval_text,
    of_second_runs,
    one_sentence,
    rests_on,
    side_by_side,
    source,
    value_text,
)


def side(
    value: float | None, unit: str, low: float | None, high: float | None, level: float
) -> dict[str, Any]:
    """One side of a claim."""
    return {"then_value": value, "then_low": low, "then_high": high, "then_level": level, "unit": unit}


def judged(*tenses: str) -> pl.DataFrame:
    """Claims of these tenses that held."""
    return pl.DataFrame({"tense": tenses}).with_columns(
        place=pl.int_range(pl.len()),
        statement=pl.lit("It is so."),
        verdict=pl.lit("held"),
        then_verdict=pl.lit("held"),
        now_verdict=pl.lit("held"),
        claim_id=pl.format("c{}", pl.int_range(pl.len())),
        then_value=pl.lit(None, pl.Float64),
        now_value=pl.lit(2.6),
        then_n=pl.lit(7),
        now_n=pl.lit(7),
        unit=pl.lit("points"),
        then_observed_on=pl.lit(None, pl.Date),
        now_observed_on=pl.lit(None, pl.Date),
        **{
            f"{side}_{name}": pl.lit(None, pl.Float64)
            for side in ("then", "now")
            for name in ("low", "high", "level")
        },
    )


@pytest.mark.parametrize(
    ("row", "value", "interval"),
    [
        (side(0.153, "fraction", 0.121, 0.182, 0.9), "15.3 %", "90\u00a0% interval 12.1 % to 18.2 %"),
        (side(3.56, "times", 2.86, 4.4, 1), "3.6x", "Range 2.9x to 4.4x"),
        (
            side(2028.26, "year", 2027.4, 2031.2, 0.8),
            "early 2028",
            "80\u00a0% interval mid-2027 to early 2031",
        ),
        (
            side(11.0, "points a year", 8.17, 16.4, 0.9),
            "11 points a year",
            "90\u00a0% interval 8.2 to 16 points a year",
        ),
        (side(3e8, "users", 2e8, 4e8, 1), "300 million", "Range 200 million to 400 million"),
        (side(9000.0, "views", None, None, 1), "9,000", "No interval can be given"),
        (side(107.0, "billion USD", 100.0, 114.0, 1), "$107 billion", "Range $100 billion to $114 billion"),
        (side(None, "times", None, None, 1), "–", "No value can be given"),
    ],
)
def test_value_and_interval_have_their_unit_once(row: dict[str, Any], value: str, interval: str) -> None:
    """A level of 1 is a range of figures, not an interval of error; a unit in words ends the whole."""
    assert value_text(row, "then") == value
    assert interval_text(row, "then") == interval


def test_only_addresses_of_the_web_are_links() -> None:
    """What is computed from many payloads has no hash, and a source without an address no link."""
    assert source("now", "board", "https://board.example/", "c" * 64) == (
        f"- now: [board](https://board.example/), payload `{'c' * 12}`"
    )
    assert source("then", "facts", "file:facts.csv", None) == "- then: facts, computed from many payloads"


@pytest.mark.parametrize(
    ("statement", "models"),
    [
        ("QwQ, an open model, follows close behind o1.", ("qwq-32b-preview", "o1-2024-12-17")),
        ("o1 costs 4x more per token than Claude Sonnet.", ("o1-2024-12-17", "claude-3-5-sonnet-20241022")),
        ("Claude's computer use succeeds on 15 % of real tasks.", ()),
    ],
)
def test_a_claim_leads_to_the_models_that_it_names(statement: str, models: tuple[str, ...]) -> None:
    """In the order in which it names them; Claude alone is no model."""
    assert models_named(statement) == models


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("held",), "1 held"),
        (("did not hold", "held", "held"), "2 held and 1 did not hold"),
        (("cannot be told", "partly", "held"), "1 held, 1 held partly and 1 cannot be told"),
    ],
)
def test_verdicts_are_counted_the_decided_ones_first(verdicts: tuple[str, ...], said: str) -> None:
    """Only those that some claim has."""
    assert counts(pl.DataFrame({"verdict": verdicts})) == said


@pytest.mark.parametrize(
    ("tenses", "then", "now", "said"),
    [
        ("state", date(2024, 11, 3), date(2026, 9, 1), "of November 2024"),
        ("fact", date(2024, 11, 3), date(2026, 1, 1), "of January 2026"),
        ("course", date(2024, 11, 3), date(2026, 9, 1), "of August 2026"),
        ("state course", date(2023, 11, 3), date(2026, 1, 1), "from November 2023 to January 2026"),
        ("fact", date(2024, 11, 3), None, "up to 1 August 2026"),
    ],
)
def test_the_figures_that_decide_are_dated(tenses: str, then: date, now: date | None, said: str) -> None:
    """Those of the side by which a claim is judged, and none after the day asked for."""
    claims = judged(*tenses.split()).with_columns(
        then_observed_on=pl.lit(then), now_observed_on=pl.lit(now, pl.Date)
    )
    checks = "1 check of" if len(tenses.split()) == 1 else "2 checks of"
    assert first_line(claims, date(2026, 8, 1)) == (
        f"{checks} one claim of the article: {claims.height} held, judged by figures {said}."
    )


@pytest.mark.parametrize(
    ("tense", "now", "rests"),
    [
        ("fact", date(2026, 7, 9), "each claim, those that decide up to 9 July 2026. A claim"),
        ("fact", date(2026, 9, 1), "each claim, those that decide up to 1 August 2026. A claim"),
        ("state", date(2026, 7, 9), "each claim, those that decide up to 3 November 2024. A claim"),
        ("fact", None, "each claim. A claim"),
    ],
)
def test_figures_reach_as_far_as_in_the_first_line(tense: str, now: date | None, rests: str) -> None:
    """One day for both: that of the newest figure that decides."""
    claims = judged(tense).with_columns(
        then_observed_on=pl.lit(date(2024, 11, 3)), now_observed_on=pl.lit(now, pl.Date)
    )
    assert rests in rests_on(claims, date(2026, 8, 1))


def test_the_table_gives_each_verdict_and_marks_the_side_by_which_it_is_judged() -> None:
    """The counts of the first line can be counted in it; the verdict is one short word."""
    rows = side_by_side(judged("state", "fact", "course"), {"c1": "3", "c2": "2"})
    assert rows["verdict"].to_list() == ["held"] * 3
    assert rows.columns == ["claim", "verdict", "in_December_2024", "now"]
    assert rows["in_December_2024"].to_list() == ["▸ held", "held", "held"]
    assert rows["now"].to_list() == [
        f"{mark}held: 2.6 points (day not stated)" for mark in ("", words.MARKED, words.MARKED)
    ]
    assert rows["claim"].to_list() == [
        "0. It is so.",
        "1. It is so. (Same data as 3.)",
        "2. It is so. (Same data as 2.)",
    ]


@pytest.mark.parametrize(
    ("tense", "verdict", "n", "said", "rests"),
    [
        (
            "fact",
            "held",
            2,
            "held on 2 figures",
            "1 verdict rests on fewer than 5 figures and says on how many.",
        ),
        ("fact", "partly", 4, "partly on 4 figures", "1 verdict rests"),
        ("fact", "held", 5, "held", ""),
        ("state", "held", 2, "held", ""),
        ("fact", "cannot be told", 2, "cannot be told", ""),
    ],
    ids=["two", "four", "a handful", "the other side's", "none told"],
)
def test_a_verdict_on_few_figures_says_on_how_many(
    tense: str, verdict: str, n: int, said: str, rests: str
) -> None:
    """Those of the side that decides; an open verdict rests on none."""
    claims = judged(tense).with_columns(
        verdict=pl.lit(verdict),
        measure=pl.lit("Some ratio"),
        now_n=pl.lit(n),
        then_observed_on=pl.lit(date(2024, 11, 3)),
        now_observed_on=pl.lit(date(2024, 11, 3)),
    )
    short = f"{said.replace(' on ', ' (')})" if " on " in said else said
    assert side_by_side(claims, {})["verdict"].item() == short
    assert words.verdict(claims.row(0, named=True)).startswith(f"**Verdict: {said}.** Some ratio.")
    told = rests_on(claims, date(2026, 8, 1))
    assert rests in told
    assert ("fewer than" in told) == bool(rests)


def test_a_cell_says_interval_and_day() -> None:
    """Where they are known; of a side whose data are no newer than then, that."""
    days = {"then_observed_on": date(2023, 11, 3), "now_observed_on": date(2023, 11, 3)}
    ends = {"now_low": 2.2, "now_high": 3.4, "now_level": 0.9, "then_value": 2.0}
    row = judged("fact").with_columns(**{name: pl.lit(value) for name, value in (days | ends).items()})
    told = side_by_side(row, {}).row(0, named=True)
    assert told["in_December_2024"] == "held: 2 points (data to 3 November 2023)"
    assert (
        told["now"] == f"{words.MARKED}held: 2.6 points (90\u00a0% interval 2.2 to 3.4 points; no newer data)"
    )
    newer = row.with_columns(now_observed_on=pl.lit(date(2026, 7, 16)))
    assert side_by_side(newer, {})["now"].item().endswith("; data to 16 July 2026)")


def test_a_verdict_on_one_board_says_so() -> None:
    """And that a run decides, where one lies within the claimed range and the other does not."""
    board = pl.DataFrame({"benchmark": ["WeirdML", "WeirdML"]})
    run = CountedAgain("o1", "WeirdML", 1.9, 2.7, date(2026, 4, 27), date(2026, 6, 19))
    assert words.on_boards(board, ()) == "on one board"
    said = words.on_boards(board, [run])
    assert said == "on one board, and which of its runs counts decides"
    assert words.on_boards(pl.DataFrame({"benchmark": ["WeirdML", "Aider"]}), [run]) == ""
    rows = judged("fact").with_columns(measure=pl.lit("Some ratio"))
    assert side_by_side(rows, {}, {"c0": said})["verdict"].item() == f"held {said}"
    assert words.verdict(rows.row(0, named=True), {"c0": said}).startswith(f"**Verdict: held {said}.**")
    untold = rows.with_columns(verdict=pl.lit("cannot be told"))
    assert side_by_side(untold, {}, {"c0": said})["verdict"].item() == "cannot be told"


def test_the_claim_on_the_pace_is_named() -> None:
    """By its place, with its verdict."""
    assert words.of_pace(judged("fact", "course"), "c1") == "The pace by the same index is claim 1: held."
    assert words.of_pace(judged("fact"), "c1") == ""


def test_each_figure_of_the_table_says_what_it_is_of() -> None:
    """Every claim has its words, and a figure stands in them once."""
    assert set(OF_WHAT) == {one.claim_id for one in CLAIMS}
    assert all(words.count("{}") == 1 for words in OF_WHAT.values())
    rows = judged("fact").with_columns(
        claim_id=pl.lit("o1-tokens-per-answer"), unit=pl.lit("times"), then_value=pl.lit(3.5)
    )
    told = side_by_side(rows, {}).row(0, named=True)
    assert (told["in_December_2024"], told["now"]) == (
        "held: 3.5x the tokens (day not stated)",
        "▸ held: 2.6x the tokens (day not stated)",
    )


def test_a_share_of_few_is_told_as_counts() -> None:
    """9 of 14 comparisons: a percentage with a decimal would look more exact than it is."""
    rows = judged("course").with_columns(
        claim_id=pl.lit("o1-only-sometimes-better"),
        unit=pl.lit("fraction"),
        then_value=pl.lit(0.0),
        then_n=pl.lit(2),
        now_value=pl.lit(9 / 14),
        now_n=pl.lit(14),
    )
    told = side_by_side(rows, {}).row(0, named=True)
    assert (told["in_December_2024"], told["now"]) == (
        "held: surely better in 0 of 2 comparisons (day not stated)",
        "▸ held: surely better in 9 of 14 comparisons (day not stated)",
    )


def test_figures_are_counted_in_what_they_are() -> None:
    """List prices, models, tasks; figures where nothing more can be said. Every name is that of a claim."""
    assert set(words.FIGURES) <= {one.claim_id for one in CLAIMS}
    rows = judged("fact").with_columns(claim_id=pl.lit("o1-price-per-token"), now_n=pl.lit(2))
    assert side_by_side(rows, {})["verdict"].item() == "held (2 list prices)"


def test_claims_of_one_sentence_are_not_independent() -> None:
    """Each is named by how it reads the sentence; those on the same data are named; nothing of others."""
    claims = judged("course", "course", "course", "fact").with_columns(
        statement=pl.Series(["Steps: the pace.", "Steps: the time.", "Steps: the size.", "Other."])
    )
    assert one_sentence(claims, {"c0": "3", "c2": "1", "c3": "9"}) == (
        '**One sentence, 3 checks.** "Steps" is checked in 3 ways: claim 0 by the pace (held); claim 1 by '
        "the time (held); claim 2 by the size (held). Claims 0 and 2 rest on the same models of one index. "
        "They are not independent: smaller steps that come more often make the same pace."
    )
    assert "rest on the same" not in one_sentence(claims, {"c0": "3"})
    assert one_sentence(claims.tail(2), {}) == ""


def test_a_second_run_across_the_threshold_is_told() -> None:
    """One that stays on its side is not."""
    days = (date(2026, 4, 27), date(2026, 6, 19))
    across = CountedAgain("o1", "WeirdML", 1.94, 2.72, *days)
    assert of_second_runs([across, CountedAgain("o3", "Board", 3.0, 4.0, *days)]) == (
        "WeirdML ran o1 anew: up to 27 April 2026 its ratio there was 1.9x, since 19 June 2026 it is 2.7x. "
        "The one lies outside of 2 to 10x and the other within, so the verdict rests on which run counts."
    )
    assert of_second_runs([]) == ""


def test_ratios_name_the_model_below_the_line() -> None:
    """Of two of one name, each with its boards, the older one first; a board is named once."""
    ratios = pl.DataFrame(
        {
            "title_sonnet": ["Sonnet (Oct)", "Sonnet (Jun)", "Sonnet (Oct)", "Sonnet (Oct)"],
            "released_on_sonnet": [date(2024, 10, 22), date(2024, 6, 20), *[date(2024, 10, 22)] * 2],
            "benchmark": ["WeirdML", "Edit", "WeirdML", "Polyglot"],
        }
    )
    assert divided_by(ratios) == (
        "The ratios divide by Sonnet (Jun) on Edit; by Sonnet (Oct) on Polyglot and WeirdML."
    )
    assert divided_by(ratios.clear()) == ""


def test_only_claims_read_from_later_figures_are_in_the_caveat() -> None:
    """Nothing is said where there are none."""
    claims = pl.DataFrame({"then_reading": ["released", "known"]})
    assert caveat(claims).startswith(
        "For 1 of them December 2024 is told from models and figures dated by then"
    )
    assert caveat(claims.tail(1)) == ""


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1.2e9, "users", "1.2 billion"),
        (1e6, "users", "1 million"),
        (999_999.0, "views", "999,999"),
        (0.5, "fraction", "50 %"),
    ],
)
def test_amounts_are_millions_from_a_million_on(value: float, unit: str, said: str) -> None:
    """Below they are written out."""
    assert amount(value, unit) == said


@pytest.mark.parametrize(
    ("side_of", "reading", "observed", "said"),
    [
        (
            "then",
            "released",
            date(2024, 10, 22),
            "1,200 figures, newest figure of 22 October 2024, by what had been "
            "released or dated by then, observed later",
        ),
        ("then", "known", None, "1,200 figures"),
        ("now", "released", date(2024, 10, 22), "1,200 figures, newest figure of 22 October 2024"),
    ],
)
def test_a_side_says_on_how_many_figures_it_stands(
    side_of: str, reading: str, observed: date | None, said: str
) -> None:
    """Their day where it is known; how it was read only of the past."""
    row = {f"{name}_n": 1200 for name in ("then", "now")} | {f"{side_of}_observed_on": observed}
    assert basis(row | {"claim_id": "c1"} | {"then_reading": reading}, side_of) == said


@pytest.mark.parametrize(("low", "high"), [(None, 2.0), (1.0, None)])
def test_half_an_interval_is_none(low: float | None, high: float | None) -> None:
    """It is said that none can be given."""
    assert interval_text(side(1.5, "times", low, high, 0.9), "then") == "No interval can be given"


def test_a_source_without_any_address_is_no_link() -> None:
    """Its title stands there."""
    assert source("then", "facts", None, None) == "- then: facts, computed from many payloads"
