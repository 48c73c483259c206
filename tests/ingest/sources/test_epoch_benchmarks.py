"""Epoch's archive: units, names, settings and both layouts."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records
from ingest.source import Payload
from ingest.sources.benchmarks._epoch_models import open_weights
from ingest.sources.benchmarks.epoch_benchmarks import index_scores
from ingest.sources.benchmarks.epoch_benchmarks import parse as parse_archive
from tests.ingest.sources.conftest import TakeIn

OLDEST, OLDER, TODAY = Path("oldest.zip"), Path("older.zip"), Path("today.zip")


def archive(**files: str) -> bytes:
    """A zip of CSV files by name without its ending."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{name}.csv", text)
    return buffer.getvalue()


def scores(records: Records, benchmark_id: str) -> pl.DataFrame:
    return records.frames[Kind.SCORE].filter(pl.col("benchmark_id") == benchmark_id)


@pytest.mark.parametrize(
    ("benchmark_id", "unit", "score"),
    [
        ("aider-polyglot", "fraction", 0.867),
        ("gpqa-diamond", "fraction", 0.85),
        ("metr-horizon-50-v1.0", "minutes", 137.3),
        ("vending-bench-2", "usd", 5478.16),
        ("epoch-eci", "points", 150.2),
    ],
)
def test_each_file_has_its_own_unit(take_in: TakeIn, benchmark_id: str, unit: str, score: float) -> None:
    """Percent files become fractions; minutes, dollars and index points stay what they are."""
    best = scores(take_in("epoch-benchmarks", OLDER), benchmark_id).row(0, named=True)
    assert (best["unit"], best["score"]) == (unit, pytest.approx(score))


def test_losses_in_dollars_are_scores(take_in: TakeIn) -> None:
    """A negative result of Vending-Bench is a result."""
    assert scores(take_in("epoch-benchmarks", OLDER), "vending-bench-2")["score"].min() == -31.18


def test_both_layouts_give_the_same_scores_for_the_same_file(take_in: TakeIn) -> None:
    """What GPQA's file says does not depend on the layout around it."""
    old = scores(take_in("epoch-benchmarks", OLDER), "gpqa-diamond")
    new = scores(take_in("epoch-benchmarks", TODAY), "gpqa-diamond")
    assert old.equals(new)


def test_before_december_2025_the_best_over_scorers_is_the_headline(take_in: TakeIn) -> None:
    """Without a mean_score column the best score is taken."""
    assert scores(take_in("epoch-benchmarks", OLDEST), "gpqa-diamond")["score"].max() == 0.86


def test_columns_are_matched_by_name(take_in: TakeIn) -> None:
    """The order of columns does not matter, and neither does padding around cells."""
    one = archive(gpqa_diamond="Model version,mean_score,stderr\n beta-70b ,0.41,0.03\n")
    two = archive(gpqa_diamond="stderr,Model version,mean_score\n0.03,beta-70b, 0.41\n")
    first, second = take_in("epoch-benchmarks", one), take_in("epoch-benchmarks", two)
    assert first.frames[Kind.SCORE].equals(second.frames[Kind.SCORE])


def test_effort_is_the_setting_and_the_name_stays_whole(take_in: TakeIn) -> None:
    """The suffix after the last underscore is the effort; a size such as 1_8B is none."""
    body = archive(
        gpqa_diamond="Model version,mean_score\n"
        "a-2025-08-07_medium,0.5\na_16K,0.6\nQwen-1_8B,0.3\na_unknown,0.4\n"
    )
    found = scores(take_in("epoch-benchmarks", body), "gpqa-diamond")
    assert dict(found.select("model_name", "setting").iter_rows()) == {
        "a-2025-08-07_medium": "medium",
        "a_16K": "16K",
        "Qwen-1_8B": "",
        "a_unknown": "unknown",
    }


def test_two_agents_of_one_model_are_two_scores(take_in: TakeIn) -> None:
    """An agent is part of the setting, so that none of several results is lost."""
    found = scores(take_in("epoch-benchmarks", OLDER), "osworld")
    assert set(found["setting"]) == {"medium, Alpha Operator (50 steps)", "medium, Other Agent"}


def test_a_row_without_a_model_is_refused(take_in: TakeIn) -> None:
    """A blank model version and no name: the row goes to quarantine and says so."""
    reasons = take_in("epoch-benchmarks", OLDER).refused["reason"]
    assert "aider_polyglot_external.csv: the row names no model" in reasons.to_list()


def test_metr_versions_are_never_one_benchmark(take_in: TakeIn) -> None:
    """A blank METR version is 1.0; both have ids of their own."""
    found = take_in("epoch-benchmarks", OLDER).frames[Kind.SCORE]
    ids = set(found.filter(pl.col("unit") == "minutes")["benchmark_id"])
    assert ids == {"metr-horizon-50-v1.0", "metr-horizon-50-v1.1", "metr-horizon-80-v1.1"}


def test_the_published_index_comes_with_its_interval(take_in: TakeIn) -> None:
    """Today's layout states the 90 % interval per model."""
    row = scores(take_in("epoch-benchmarks", TODAY), "epoch-eci").row(0, named=True)
    assert (row["model_name"], row["low"], row["high"]) == ("Alpha 2", 149.8, 153.1)


def test_what_the_archive_says_of_a_benchmark_wins(take_in: TakeIn) -> None:
    """Ceiling, release date and successor come from benchmark_metadata.csv where it is there."""
    found = take_in("epoch-benchmarks", TODAY).frames[Kind.BENCHMARK]
    told = {row["benchmark_id"]: row for row in found.to_dicts()}
    assert told["gpqa-diamond"]["ceiling"] == 0.95
    assert str(told["gpqa-diamond"]["valid_on"]) == "2023-11-20"
    assert told["osworld"]["superseded_by"] == "fresh-bench-2"


def test_a_file_nobody_described_is_read_as_the_archive_says(take_in: TakeIn) -> None:
    """Score column and scale of a new file come from the metadata."""
    row = scores(take_in("epoch-benchmarks", TODAY), "fresh-bench-2").row(0, named=True)
    assert (row["unit"], row["score"]) == ("fraction", pytest.approx(0.555))


def test_a_file_without_a_known_score_column_is_refused(take_in: TakeIn) -> None:
    """Nothing is guessed from a position: the rows are refused with the columns in words."""
    reasons = (
        take_in("epoch-benchmarks", OLDER).refused["reason"].str.starts_with("odd_external.csv: no known")
    )
    assert reasons.sum() == 1


def test_a_renamed_column_is_found_through_the_metadata(take_in: TakeIn) -> None:
    """A known file whose score column was renamed keeps its id where the archive names the new column."""
    body = archive(
        arc_agi_external="Model version,Solved,Organization\nbeta-70b,31.0,BetaLab\n",
        benchmark_metadata="benchmark,source_file,score_column,scale\n"
        "ARC-AGI,arc_agi_external.csv,Solved,0.01\n",
    )
    assert scores(take_in("epoch-benchmarks", body), "arc-agi-1")["score"].to_list() == [pytest.approx(0.31)]


def test_cost_of_the_aider_file_is_not_taken(take_in: TakeIn) -> None:
    """Its Cost is per exercise in some rows and for the whole run in others."""
    found = scores(take_in("epoch-benchmarks", OLDER), "aider-polyglot")
    assert found.select(pl.col("cost_usd", "cost_usd_per_task").is_null().all()).row(0) == (True, True)


def test_an_error_page_is_not_an_archive(take_in: TakeIn) -> None:
    """A page of HTML with status 200 raises ParseError instead of emptying the tables."""
    with pytest.raises(ParseError, match="a web page, not a ZIP archive"):
        take_in("epoch-benchmarks", "<!DOCTYPE html><html></html>")


@pytest.mark.parametrize("layout", [OLDER, TODAY])
def test_facts_of_models_say_who_made_them_and_whether_weights_are_open(
    take_in: TakeIn, layout: Path
) -> None:
    """Open, closed, and null where the archive does not say; so too the compute of training."""
    facts = take_in("epoch-benchmarks", layout).frames[Kind.MODEL_FACT]
    told = {row["model_name"]: row for row in facts.iter_rows(named=True)}
    weights = {name: row["open_weights"] for name, row in told.items() if name != "Alpha 2"}
    assert weights == {
        "alpha-2-2025-08-07_medium": False,
        "alpha-2-2025-08-07_16K": None,
        "beta-70b": True,
    }
    assert told["beta-70b"]["organization"] == "BetaLab"
    assert told["beta-70b"]["training_compute_flop"] is None
    assert told["alpha-2-2025-08-07_medium"]["training_compute_flop"] == 5e25


@pytest.mark.parametrize(
    ("access", "is_open"),
    [
        ("Open weights (unrestricted)", True),
        ("Open weights (non-commercial)", True),
        ("API access", False),
        ("Hosted access (no API)", False),
        ("Unreleased", False),
        ("closed", False),
        ("open WEIGHTS and API access", True),
        ("", None),
        (None, None),
        ("to be seen", None),
    ],
)
def test_words_on_access_are_read(access: str | None, is_open: bool | None) -> None:
    """Weights that can be downloaded are open whatever else there is; unknown words say nothing."""
    frame = pl.DataFrame({"access": [access]}, schema={"access": pl.String})
    assert frame.select(open_weights(pl.col("access")))[:, 0].to_list() == [is_open]


def test_a_benchmark_that_only_the_archive_describes_is_as_it_says(take_in: TakeIn) -> None:
    """Its own name, bounds, day and successor; more is better where nobody knows it to be otherwise."""
    body = archive(
        tower_test="Model version,Result\nbeta-70b,31.0\n",
        gpqa_diamond="Model version,mean_score\nbeta-70b,0.41\n",
        benchmark_metadata=(
            "benchmark,source_file,score_column,scale,random_baseline,score_ceiling,release_date,superseded_by\n"
            "Tower Test,tower_test.csv,Result,0.01,0.1,0.9,2025-03-04,GPQA diamond\n"
            "Bridge Test,bridge_test.csv,Result,1,,,2024-01-02,\n"
        ),
    )
    rows = {
        row["benchmark_id"]: row
        for row in take_in("epoch-benchmarks", body).frames[Kind.BENCHMARK].iter_rows(named=True)
    }
    assert set(rows) == {"tower-test", "gpqa-diamond"}
    tower = rows["tower-test"]
    assert (tower["title"], tower["random_baseline"], tower["ceiling"]) == ("Tower Test", 0.1, 0.9)
    assert tower["higher_is_better"] is True
    assert (str(tower["valid_on"]), tower["superseded_by"]) == ("2025-03-04", "gpqa-diamond")
    assert (rows["gpqa-diamond"]["random_baseline"], rows["gpqa-diamond"]["ceiling"]) == (0.25, 1.0)
    assert rows["gpqa-diamond"]["valid_on"] is None


@pytest.mark.parametrize(
    ("file", "benchmark_id", "column", "reporters"),
    [
        ("gsm8k_external", "gsm8k", "EM", ["vendor", "vendor", "independent", "vendor"]),
        (
            "gpqa_diamond",
            "gpqa-diamond",
            "mean_score",
            ["vendor", "independent", "independent", "independent"],
        ),
    ],
)
def test_who_reports_a_score_follows_from_its_source(
    take_in: TakeIn, file: str, benchmark_id: str, column: str, reporters: list[str]
) -> None:
    """Figures from papers are the maker's unless a board says them; of other files those of its own card."""
    sources = ("GPT-9 System Card", "a paper", "HELM leaderboard", "")
    rows = "".join(f"m{at},0.{9 - at},{source}\n" for at, source in enumerate(sources))
    body = archive(**{file: f"Model version,{column},Source\n{rows}"})
    found = scores(take_in("epoch-benchmarks", body), benchmark_id).sort("model_name")
    assert found["reported_by"].to_list() == reporters


def files(**tables: str) -> Records:
    """What an archive of these files says."""
    at = datetime(2026, 6, 1, tzinfo=UTC)
    body = archive(**tables)
    return parse_archive([Payload("epoch-benchmarks", "https://e.example/x.zip", at, "0" * 64, body)])


def rows(text: str, file: str = "my_bench") -> list[tuple[object, ...]]:
    """Model, benchmark, unit, score and setting of the rows of one file that nobody has described."""
    return (
        files(**{file: text})
        .frames[Kind.SCORE]
        .select("model_name", "benchmark_id", "unit", "score", "setting")
        .rows()
    )


@pytest.mark.parametrize(
    ("header", "cells", "unit", "score"),
    [
        ("Score", ["0.5", "1"], "fraction", [1.0, 0.5]),
        ("Score", ["0", "0.5"], "fraction", [0.5, 0.0]),
        ("Score", ["50", "1.5"], "points", [50.0, 1.5]),
        ("Score", ["-0.5", "0.5"], "points", [0.5, -0.5]),
        ("Percent correct", ["50", "100"], "fraction", [1.0, 0.5]),
        ("Percent correct", ["50", "101"], "points", [101.0, 50.0]),
        ("% Resolved", ["50", "0"], "fraction", [0.5, 0.0]),
    ],
)
def test_the_unit_of_a_new_file_is_told_by_its_figures(
    header: str, cells: list[str], unit: str, score: list[float]
) -> None:
    """From nought to one they are fractions, else points, unless the name says percent; the best first."""
    text = f"Model version,{header}\n" + "".join(f"m{at}_high,{cell}\n" for at, cell in enumerate(cells))
    found = rows(text)
    assert [row[1:4] for row in found] == [("my-bench", unit, one) for one in score]
    assert {row[4] for row in found} == {"high"}


def test_what_is_no_number_or_names_no_model_is_refused() -> None:
    """A blank score is none; the file is named."""
    found = files(my_bench_external="Model version,Score\nm,0.5\n,0.6\nn,x\no,\n")
    assert found.frames[Kind.SCORE].select("model_name", "benchmark_id").rows() == [("m", "my-bench")]
    assert sorted(found.refused["reason"]) == [
        "my_bench_external.csv: Score is not a number",
        "my_bench_external.csv: the row names no model",
    ]


def test_rows_of_one_setting_are_told_apart_by_name_then_by_source() -> None:
    """What tells nothing apart is left out."""
    text = "Model version,Name,Source,Score\nm_low,A,x,0.1\nm_low,B,y,0.2\nm_low,B,z,0.3\nn,C,x,0.4\n"
    assert [(row[0], row[4]) for row in rows(text)] == [
        ("n", ""),
        ("m_low", "low, B, z"),
        ("m_low", "low, B, y"),
        ("m_low", "low, A"),
    ]


def test_a_rounding_above_one_is_one_and_links_are_addresses() -> None:
    """Epoch's own 100.00000000000001; a vendor's own report is told by its source."""
    text = (
        "Model version,Score,Source,Source link\nm,1.00000000000001,GPT system card,https://a b\n"
        "n,0.5,a leaderboard,https://ok\n"
    )
    found = files(gpqa_diamond="Model version,mean_score,stderr\nx,1.0000000000001,0.01\n", my_bench=text)
    exact = {row["model_name"]: row for row in found.frames[Kind.SCORE].to_dicts()}
    assert exact["x"]["score"] == 1.0
    assert exact["x"]["stderr"] == 0.01
    assert (exact["m"]["reported_by"], exact["n"]["reported_by"]) == ("vendor", "independent")
    assert (exact["m"]["url"], exact["n"]["url"]) == (None, "https://ok")


@pytest.mark.parametrize(
    ("columns", "likeliest"),
    [
        ("Model version,Grade,Pass rate", "Pass rate"),
        ("Model version,Grade,Cost", "Grade"),
        ("Model version,Cost,Runs", None),
    ],
)
def test_a_file_without_a_score_waits_with_a_proposal(columns: str, likeliest: str | None) -> None:
    """The column of figures that sounds most like one."""
    whole = files(my_bench=f"{columns}\nm,1,2\n", gpqa_diamond="Model version,mean_score\nm,0.5\n")
    (reason,) = whole.refused["reason"].to_list()
    proposal = f"; the likeliest is {likeliest!r}" if likeliest else ""
    assert reason == f"my_bench.csv: no known score column among {columns.replace(',', ', ')}{proposal}"
    assert "m" in whole.refused["row"][0]


def test_the_index_has_its_interval_and_is_under_the_models_name() -> None:
    """Rows without either are left out; a table that has lost its column waits."""
    table = pl.DataFrame(
        {"Model": ["m_high", None, "n"], "eci": ["150", "140", "x"], "eci_ci_low": ["145", None, None]}
    )
    found = index_scores(table).frames[Kind.SCORE]
    assert found.select("model_name", "benchmark_id", "setting", "score", "unit", "low", "high").rows() == [
        ("m_high", "epoch-eci", "high", 150.0, "points", 145.0, None)
    ]
    lost = index_scores(pl.DataFrame({"Model": ["m"], "x": ["1"]})).refused
    assert lost.height == 2  # the row, and a complaint of the whole, since it was read before


def test_an_archive_in_a_folder_of_its_own_is_the_same() -> None:
    """A common top folder is cut off, an empty file left out; without any score it is refused."""
    text = "Model version,mean_score\nm,0.5\n"
    inner = files(**{"top/gpqa_diamond": text, "top/empty": " "})
    assert inner.frames[Kind.SCORE]["benchmark_id"].to_list() == ["gpqa-diamond"]
    with pytest.raises(ParseError, match=r"holds no score; its files are notes\.csv"):
        files(notes="a,b\n1,2\n")
    with pytest.raises(ParseError, match="holds no CSV file"):
        files()
