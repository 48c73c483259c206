"""Boards of scores, field by field: what is a score, in which setting, at which cost, and what is refused."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records, check
from ingest.source import Payload, Source
from ingest.sources.benchmarks import (
    aider,
    arc_prize,
    arena_boards,
    arena_catalog,
    bfcl,
    helm,
    livebench,
    metr_time_horizons,
    swe_bench,
    tau2_bench,
)

AT = datetime(2026, 6, 1, tzinfo=UTC)


def payload(said: object, url: str = "https://board.example/data.json") -> Payload:
    body = (
        said
        if isinstance(said, bytes)
        else said.encode()
        if isinstance(said, str)
        else json.dumps(said).encode()
    )
    return Payload("s", url, AT, "0" * 64, body)


def scores(records: Records, *columns: str) -> list[tuple[Any, ...]]:
    chosen = columns or ("model_name", "benchmark_id", "setting", "score")
    return records.frames[Kind.SCORE].select(chosen).rows()


def reasons(records: Records) -> list[str]:
    return records.refused["reason"].to_list()


# --- Aider ------------------------------------------------------------------------------------------------

AIDER = {source.id: source for source in aider.SOURCES}
RUN = {"model": "m", "pass_rate_2": 50, "test_cases": 200, "total_cost": 10, "edit_format": "diff"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {"score": 0.5, "trials": 200, "cost_usd": 10.0, "cost_usd_per_task": 0.05, "setting": "diff"}),
        ({"pass_rate_2": "62.5"}, {"score": 0.625}),
        ({"test_cases": 0}, {"trials": None, "cost_usd_per_task": None, "cost_usd": 10.0}),
        ({"total_cost": -1}, {"cost_usd": None, "cost_usd_per_task": None}),
        ({"total_cost": "inf"}, {"cost_usd": None}),
        ({"total_cost": True}, {"cost_usd": None}),
        ({"seconds_per_case": 12.5}, {"seconds_per_task": 12.5}),
        (
            {"prompt_tokens": 400, "completion_tokens": 100},
            {"input_tokens_per_task": 2.0, "output_tokens_per_task": 0.5},
        ),
        ({"reasoning_effort": "high", "thinking_tokens": 0}, {"setting": "high, 0 thinking tokens, diff"}),
        ({"date": "2026-05-04"}, {"valid_on": date(2026, 5, 4), "valid_precision": "day"}),
        ({"date": "2026-05"}, {"valid_on": None, "valid_precision": None}),
        ({"editor_model": "m"}, {"score": 0.5}),
    ],
)
def test_a_run_of_aider_is_a_score_with_its_costs(
    more: dict[str, object], expected: dict[str, object]
) -> None:
    """Totals over its exercises; nought was not recorded."""
    records = AIDER["aider-polyglot"].parse([payload(json.dumps([{**RUN, **more}]))])
    row = records.frames[Kind.SCORE].row(0, named=True)
    assert {name: row[name] for name in expected} == expected


def test_pairs_and_runs_without_a_model_are_refused() -> None:
    """A plus between two names, or another editor, is a pair."""
    runs = [RUN, {**RUN, "model": "a + b"}, {**RUN, "editor_model": "n"}, {"pass_rate_2": 1}, 7]
    records = AIDER["aider-polyglot"].parse([payload(json.dumps(runs))])
    assert scores(records, "model_name") == [("m",)]
    assert sorted(reasons(records)) == [
        "the run names no model",
        "the run names no model",
        *["two models in one run (architect and editor): not the score of a single model"] * 2,
    ]


@pytest.mark.parametrize(
    ("source_id", "headline", "tasks"),
    [
        ("aider-polyglot", "pass_rate_2", 225),
        ("aider-edit", "pass_rate_2", 133),
        ("aider-refactor", "pass_rate_1", 89),
    ],
)
def test_each_board_of_aider_has_its_headline_and_its_exercises(
    source_id: str, headline: str, tasks: int
) -> None:
    """Release dates are of days only."""
    runs = [
        {"model": "m", headline: 50, "_released": "2026-05-04"},
        {"model": "n", headline: 50, "released": "2026-05"},
    ]
    records = AIDER[source_id].parse([payload(json.dumps(runs))])
    board = records.frames[Kind.BENCHMARK].row(0, named=True)
    assert (board["benchmark_id"], board["tasks"], board["random_baseline"], board["ceiling"]) == (
        source_id,
        tasks,
        0.0,
        1.0,
    )
    assert board["higher_is_better"] is True
    facts = records.frames[Kind.MODEL_FACT].select("model_name", "valid_on", "valid_precision").rows()
    assert facts == [("m", date(2026, 5, 4), "day")]


# --- ARC Prize --------------------------------------------------------------------------------------------


def addresses_of(source: Source) -> list[str]:
    assert not callable(source.urls)
    return list(source.urls)


def arc(*runs: object, models: object = None) -> Records:
    listed = models or [
        {"id": "m", "providerId": "Lab", "displayName": "M (High (16K))", "modelReleaseDate": "2026-05"},
        {"id": "n", "displayName": "N", "modelType": "Refinement"},
        {"id": "h", "providerId": "Human"},
    ]
    runs_url, models_url = addresses_of(arc_prize.SOURCE)
    return arc_prize.parse([payload(list(runs), str(runs_url)), payload(listed, str(models_url))])


def run(model: str = "m", dataset: str = "v2_Semi_Private", **more: object) -> dict[str, object]:
    return {"modelId": model, "datasetId": dataset, "score": 0.5, **more}


def test_a_set_of_arc_has_a_version_and_may_be_public() -> None:
    """The semi-private one is the headline; what stands in parentheses is the setting."""
    records = arc(run(cost=0, costPerTask=1.5, resultsUrl="https://r"), run(dataset="v1_Public_Eval", cost=7))
    columns = ("benchmark_id", "setting", "cost_usd", "cost_usd_per_task", "url", "organization")
    assert scores(records, *columns) == [
        ("arc-agi-2", "High (16K)", None, 1.5, "https://r", "Lab"),
        ("arc-agi-1-public", "High (16K)", 7.0, None, "https://arcprize.org/leaderboard", "Lab"),
    ]
    boards = records.frames[Kind.BENCHMARK].select("benchmark_id", "title", "valid_on").rows()
    assert boards == [
        ("arc-agi-1-public", "ARC-AGI-1, public set", date(2019, 11, 5)),
        ("arc-agi-2", "ARC-AGI-2", date(2025, 3, 24)),
    ]
    facts = records.frames[Kind.MODEL_FACT].select("model_name", "valid_on", "valid_precision").rows()
    assert facts == [("m", date(2026, 5, 1), "month")]


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (run("x"), "the model is not in ARC Prize's list of models"),
        (run(dataset="v2_Other"), "the data set 'v2_Other' is not known here"),
        (run(display=False), "hidden by ARC Prize"),
        (run("h"), "people, not a model"),
        (run("n"), "a system built around models, not the score of a single model"),
        (run(display=True), None),
    ],
)
def test_what_is_no_score_of_a_model_is_refused(one: dict[str, object], why: str | None) -> None:
    """With its reason; the others go on."""
    records = arc(one, run())
    assert reasons(records) == ([why] if why else [])
    assert records.frames[Kind.SCORE].height == (2 if why is None else 1)


def test_arc_needs_both_of_its_files() -> None:
    """For a moment only one is there, and then nothing is said; a file that is no list is refused."""
    url = addresses_of(arc_prize.SOURCE)[0]
    assert arc_prize.parse([payload([run()], url)]).frames == {}
    with pytest.raises(ParseError, match="is not a list"):
        arc(models={"id": "m"})


# --- Arena ------------------------------------------------------------------------------------------------


def arena(rows: list[dict[str, object]]) -> Records:
    held = io.BytesIO()
    pl.DataFrame(rows).write_parquet(held)
    return arena_boards.SOURCES[0].parse([payload(held.getvalue())])


VOTES: dict[str, object] = {
    "model_name": "m",
    "rating": 1400.0,
    "category": "overall",
    "leaderboard_publish_date": "2026-05-04T00:00",
}


def test_a_rating_has_its_interval_its_error_and_its_votes() -> None:
    """The error is the root of the variance, votes are rounded; an empty maker is not stated."""
    more = {
        "rating_lower": 1390,
        "rating_upper": 1410,
        "variance": 9.0,
        "vote_count": 99.6,
        "organization": "",
    }
    records = arena([{**VOTES, **more}, {**VOTES, **more, "category": "Hard Prompts", "variance": -1.0}])
    columns = ("benchmark_id", "score", "low", "high", "stderr", "trials", "organization", "valid_on")
    first, second = scores(records, *columns)
    assert first == ("arena-text", 1400.0, 1390.0, 1410.0, 3.0, 100, None, date(2026, 5, 4))
    assert (second[0], second[4]) == ("arena-text-hard-prompts", None)
    boards = dict(records.frames[Kind.BENCHMARK].select("benchmark_id", "title").iter_rows())
    assert boards == {
        "arena-text": "Arena text, raw votes",
        "arena-text-hard-prompts": "Arena text, raw votes: Hard Prompts",
    }
    bare = arena([VOTES, {**VOTES, "category": None}])
    assert scores(bare, *columns) == [("arena-text", 1400.0, None, None, None, None, None, date(2026, 5, 4))]
    assert reasons(bare) == ["the row names no category of the board"]


def test_a_licence_says_whether_weights_are_open() -> None:
    """That of the newest row which states one; a blank and a dash state none."""
    rows = [
        {
            **VOTES,
            "model_name": name,
            "license": licence,
            "organization": maker,
            "leaderboard_publish_date": day,
        }
        for name, licence, maker, day in (
            ("a", "MIT", "A", "2026-05-02"),
            ("a", "Proprietary", "", "2026-05-01"),
            ("a", "-", "B", "2026-05-03"),
            ("b", "", "C", "2026-05-01"),
            ("c", "proprietary", None, "2026-05-01"),
            ("d", None, "D", "2026-05-01"),
        )
    ]
    facts = arena(rows).frames[Kind.MODEL_FACT].select("model_name", "organization", "open_weights").rows()
    assert facts == [("a", "A", True), ("c", None, False)]


@pytest.mark.parametrize(
    ("category", "board"),
    [("overall", "x"), ("Overall", "x"), ("Hard Prompts", "x-hard-prompts"), ("gpt_5.2", "x-gpt-5.2")],
)
def test_a_category_is_a_board_of_its_own(category: str, board: str) -> None:
    """But for the whole."""
    assert arena_boards.board_id("x", category) == board


def test_the_whole_history_of_a_board_is_one_file_as_of_today() -> None:
    """Its rows carry their dates."""
    history = arena_boards.SOURCES[1].history
    assert history is not None
    (version,) = history(lambda _: b"", date(2020, 1, 1), date(2026, 6, 1))
    assert version.as_of == datetime(2026, 6, 1, tzinfo=UTC)
    assert version.url == version.address
    assert "/text_style_control/full-" in version.url


def test_the_catalogue_of_2025_holds_ratings_and_prices() -> None:
    """The whole under either of two names; a price of nought is not stated."""
    told = {
        "full": {"m": {"rating": 1400, "rating_q025": 1390, "rating_q975": 1410}},
        "coding": {"m": {"rating": 1}},
    }
    records = arena_catalog.parse([payload(told, "https://x/leaderboard-text-style-control.json")])
    assert scores(records, "benchmark_id", "score", "low", "high") == [
        ("arena-text-style-control", 1400.0, 1390.0, 1410.0),
        ("arena-text-style-control-coding", 1.0, None, None),
    ]
    listed = [
        {"name": "N", "model_api_key": "key", "input_token_price": "2", "output_token_price": 0},
        {
            "name": "M",
            "model_api_name": "m",
            "input_token_price": 0,
            "output_token_price": 8,
            "price_source": "https://p",
        },
        {"name": "O", "organization": "Lab", "input_token_price": 1, "output_token_price": 1},
    ]
    prices = arena_catalog.parse([payload(listed)]).frames[Kind.PRICE]
    columns = ("model_name", "organization", "input_usd_per_mtok", "output_usd_per_mtok", "url", "seller")
    assert prices.select(columns).rows() == [
        ("key", None, 2.0, None, None, "shown"),
        ("m", None, None, 8.0, "https://p", "shown"),
        ("O", "Lab", 1.0, 1.0, None, "shown"),
    ]
    with pytest.raises(ParseError, match="is neither a board nor a list of models"):
        arena_catalog.parse([payload("7")])


def test_a_rating_of_the_catalogue_that_cannot_be_read_is_told_by_its_model() -> None:
    """The others are taken."""
    told = {"full": {"good": {"rating": 1400}, "bad": {"rank": 1}}}
    records = arena_catalog.parse([payload(told, "https://x/leaderboard-text.json")])
    assert scores(records, "model_name", "score") == [("good", 1400.0)]
    (row,) = records.refused["row"]
    assert "bad" in row


# --- BFCL, HELM -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Model,Overall Acc", "m (FC),62.5%", ("m (FC)", "bfcl-v3", "FC", 0.625)),
        ("Model,Overall Acc,Memory Acc", "m,62.5 %,1", ("m", "bfcl-v4", "", 0.625)),
        ("Model,Overall Acc,Web Search", "m (a) (b),0%,1", ("m (a) (b)", "bfcl-v4", "b", 0.0)),
    ],
)
def test_a_board_of_calls_has_a_version_by_its_columns(
    header: str, row: str, expected: tuple[object, ...]
) -> None:
    """The way of calling is what stands in the last parentheses."""
    records = bfcl.parse([payload(f"{header}\n{row}\n")])
    assert scores(records) == [expected]
    board = records.frames[Kind.BENCHMARK].row(0, named=True)
    assert (board["random_baseline"], board["ceiling"], board["higher_is_better"]) == (0.0, 1.0, True)


def cell(value: object) -> dict[str, object]:
    return {"value": value}


def test_columns_of_helm_are_scores_from_none_to_one() -> None:
    """A column with anything else is none; what follows the name of a test is how it is counted."""
    header = ["Model", "Mean", "MMLU-Pro - COT correct", "GPQA", "n", "flag", "empty"]
    rows = [
        [cell("m"), cell(0.5), cell(0), cell(1), cell(7), cell(True), cell(None)],
        [cell("n"), cell(0.25), cell(None), cell(0.1), cell(0.5), cell(False), "x"],
        [cell("o")],
    ]
    told = [{"header": [cell(name) for name in header], "rows": rows}]
    records = helm.parse([payload(told)])
    assert scores(records, "model_name", "benchmark_id", "score") == [
        ("m", "helm-mean", 0.5),
        ("m", "helm-mmlu-pro", 0.0),
        ("m", "helm-gpqa", 1.0),
        ("n", "helm-mean", 0.25),
        ("n", "helm-gpqa", 0.1),
    ]
    assert reasons(records) == ["the row has not as many cells as the header"]
    titles = records.frames[Kind.BENCHMARK]["title"].to_list()
    assert titles[1] == "HELM Capabilities: MMLU-Pro - COT correct"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ([], "is no list of tables with `rows`"),
        ([{"header": []}], "is no list of tables with `rows`"),
        ([{"header": [cell("x")], "rows": []}], "has no column 'Model'; it has x"),
        (
            [{"header": [cell("Model"), cell("n")], "rows": [[cell("m"), cell(7)]]}],
            "has no column of scores among",
        ),
    ],
)
def test_a_table_of_helm_without_scores_is_refused(told: object, says: str) -> None:
    """What there is instead is named."""
    with pytest.raises(ParseError, match=says):
        helm.parse([payload(told)])


# --- LiveBench --------------------------------------------------------------------------------------------


def test_names_of_runs_may_end_with_an_effort() -> None:
    """A category is the mean of its tasks, the whole that of the categories."""
    files = {
        "table_2026_06_25.csv": "model,a,b,c\nm-thinking-16k,80,60,90\nn-max,10,20,30\n,1,2,3\nm2,1,x,3\n",
        "categories_2026_06_25.json": json.dumps({"One": ["a", "b", "gone"], "Two": ["c"], "None": ["gone"]}),
        "cost_2026_06_25.csv": "model,cost_per_question,avg_input_tokens\nm-thinking-16k,0.5,100\n"
        "n-max,0,0\n",
    }
    records = livebench.parse([payload(text, f"https://livebench.ai/{name}") for name, text in files.items()])
    columns = ("model_name", "benchmark_id", "setting", "score", "cost_usd_per_task", "input_tokens_per_task")
    rows = [
        tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row)
        for row in scores(records, *columns)
    ]
    assert rows == [
        ("m-thinking-16k", "livebench-2026-06-25", "thinking-16k", 0.8, 0.5, 100.0),
        ("n-max", "livebench-2026-06-25", "", 0.225, None, None),
        ("m-thinking-16k", "livebench-2026-06-25-one", "thinking-16k", 0.7, None, None),
        ("n-max", "livebench-2026-06-25-one", "", 0.15, None, None),
        ("m-thinking-16k", "livebench-2026-06-25-two", "thinking-16k", 0.9, None, None),
        ("n-max", "livebench-2026-06-25-two", "", 0.3, None, None),
        ("m2", "livebench-2026-06-25-two", "", 0.03, None, None),
    ]
    assert sorted(set(reasons(records))) == [
        "some tasks of this release are missing for the model, or are no numbers",
        "the row names no model",
    ]
    boards = records.frames[Kind.BENCHMARK].select("title", "valid_on").rows()
    assert boards[0] == ("LiveBench 2026-06-25", date(2026, 6, 25))
    assert boards[1] == ("LiveBench 2026-06-25: One", date(2026, 6, 25))
    assert (
        livebench.parse(
            [payload(files["table_2026_06_25.csv"], "https://livebench.ai/table_2026_06_25.csv")]
        ).frames
        == {}
    )


def test_releases_between_two_days_are_dated_versions() -> None:
    """Both days count; each has its table and its categories."""
    versions = list(livebench.history(lambda _: b"", date(2024, 7, 26), date(2024, 8, 31)))
    assert [version.url.rsplit("/", 1)[1] for version in versions] == [
        "table_2024_07_26.csv",
        "categories_2024_07_26.json",
        "table_2024_08_31.csv",
        "categories_2024_08_31.json",
    ]
    assert versions[0].as_of == datetime(2024, 7, 26, tzinfo=UTC)


# --- METR -------------------------------------------------------------------------------------------------


def metr(model: dict[str, Any], name: str = "METR-Horizon-v1.1") -> Records:
    told = {"benchmark_name": name, "results": {"m": {"release_date": "2026-05-04", **model}}}
    return metr_time_horizons.parse([payload(json.dumps(told))])


HORIZON = {"p50_horizon_length": {"estimate": 30, "ci_low": 10, "ci_high": 90}}


@pytest.mark.parametrize(
    ("name", "version"), [("METR-Horizon-v1", "1.0"), ("METR-Horizon-v1.1", "1.1"), ("x v12.3", "12.3")]
)
def test_a_horizon_is_of_a_version(name: str, version: str) -> None:
    """In minutes, with its bounds; scores are fractions and have a ceiling, horizons have none."""
    records = metr(
        {"metrics": {**HORIZON, "average_score": {"estimate": 0.4}, "p80_horizon_length": {}}}, name
    )
    assert scores(records, "benchmark_id", "score", "low", "high", "unit") == [
        (f"metr-horizon-50-v{version}", 30.0, 10.0, 90.0, "minutes"),
        (f"metr-average-score-v{version}", 0.4, None, None, "fraction"),
    ]
    boards = records.frames[Kind.BENCHMARK].select("unit", "random_baseline", "ceiling").rows()
    assert sorted(set(boards), key=str) == [("fraction", 0.0, 1.0), ("minutes", None, None)]
    facts = records.frames[Kind.MODEL_FACT].select("model_name", "valid_on", "valid_precision").rows()
    assert facts == [("m", date(2026, 5, 4), "day")]


@pytest.mark.parametrize(
    ("model", "setting", "cost"),
    [
        ({"metrics": {**HORIZON, "usage": {"usd": 5}}}, "", 5.0),
        ({"metrics": {**HORIZON, "usage": {"usd": 0}}, "scaffolds": ["a", "", "b"]}, "b", None),
        ({"metrics": HORIZON, "scaffolds": []}, "", None),
        ({"metrics": HORIZON, "scaffolds": "a"}, "", None),
        ({"agents": {"modular": HORIZON}}, "modular", None),
    ],
)
def test_the_setting_of_a_horizon_is_its_scaffold(
    model: dict[str, Any], setting: str, cost: float | None
) -> None:
    """The last that is named; a cost of nought was not recorded."""
    assert scores(metr(model), "setting", "cost_usd") == [(setting, cost)]


def test_a_file_of_horizons_says_its_version_and_some_horizon() -> None:
    """Versions are never mixed."""
    with pytest.raises(ParseError, match="does not name its version"):
        metr({"metrics": HORIZON}, "METR-Horizon")
    with pytest.raises(ParseError, match="states none of p50_horizon_length, p80_horizon_length"):
        metr({"metrics": {}})
    with pytest.raises(ParseError, match="has no `results` by model"):
        metr_time_horizons.parse([payload("a: 1")])


# --- SWE-bench --------------------------------------------------------------------------------------------


def board(*rows: object, name: str = "bash-only") -> dict[str, object]:
    return {"name": name, "results": list(rows)}


def swe(*boards: object) -> Records:
    return swe_bench.parse([payload({"leaderboards": list(boards)})])


ISSUES = {"name": "M (medium reasoning)", "resolved": 62.5, "tags": ["Model: m", "Org: Lab"]}


@pytest.mark.parametrize(
    ("more", "columns"),
    [
        ({}, {"model_name": "m", "organization": "Lab", "setting": "medium reasoning", "score": 0.625}),
        ({"name": "M (2025-08-07)"}, {"setting": ""}),
        ({"name": "M (xhigh)", "mini-swe-agent_version": "1.7"}, {"setting": "xhigh, mini-swe-agent 1.7"}),
        ({"tags": "x"}, {"model_name": "M (medium reasoning)", "organization": None}),
        ({"cost": 0.0, "instance_cost": 0.3}, {"cost_usd": None, "cost_usd_per_task": 0.3}),
        (
            {"cost": 150, "site": "https://s"},
            {"cost_usd": 150.0, "cost_usd_per_task": None, "url": "https://s"},
        ),
        ({"site": ["x"], "date": "2026-05"}, {"url": "https://www.swebench.com", "valid_precision": "month"}),
    ],
)
def test_a_run_on_issues_is_of_the_model_in_its_tags(
    more: dict[str, object], columns: dict[str, object]
) -> None:
    """The effort is what stands last in parentheses, where it is one."""
    row = swe(board({**ISSUES, **more})).frames[Kind.SCORE].row(0, named=True)
    assert {name: row[name] for name in columns} == columns


def test_without_a_board_of_its_own_the_runs_of_the_agent_count() -> None:
    """By its field, or by the beginning of the name; several models in one run are refused."""
    verified = [
        {**ISSUES, "agent": "mini-SWE-agent"},
        {**ISSUES, "name": "mini-SWE-agent + x", "tags": ["Model: n"]},
        {**ISSUES, "name": "other + mini-SWE-agent", "tags": ["Model: o"]},
        {**ISSUES, "agent": "mini-SWE-agent", "tags": ["Model: p", "Model: q"]},
    ]
    records = swe(board(*verified, name="Verified"), board(name="bash-only"), 7)
    assert scores(records, "model_name") == [("m",), ("n",)]
    assert reasons(records) == ["several models in one run: not the score of a single model"]
    own = swe(board(ISSUES), board(*verified, name="Verified"))
    assert scores(own, "model_name") == [("m",)]
    lost = swe(board(name="Lite"), {"name": "bash-only", "results": {}})
    assert "has no board bash-only or Verified with runs of mini-SWE-agent" in reasons(lost)[0]
    assert reasons(lost)[0].endswith("its boards are Lite, bash-only")
    wrong: object
    for wrong in ([], {"leaderboards": {}}):
        with pytest.raises(ParseError, match="has no list `leaderboards`"):
            swe_bench.parse([payload(wrong)])


# --- tau2 -------------------------------------------------------------------------------------------------

SUBMISSION: dict[str, Any] = {
    "model_name": "m",
    "model_organization": "Lab",
    "submitting_organization": "Other",
    "results": {"Tele com": {"pass_1": 62.5, "cost": 0}, "retail": {"pass_1": None}, "x": 7},
}


@pytest.mark.parametrize(
    ("more", "columns"),
    [
        (
            {},
            {
                "benchmark_id": "tau2-bench-tele-com",
                "score": 0.625,
                "reported_by": "independent",
                "setting": "",
            },
        ),
        ({"submitting_organization": "Lab"}, {"reported_by": "vendor"}),
        (
            {
                "methodology": {"user_simulator": "gpt", "evaluation_date": "2026-05-04"},
                "reasoning_effort": "high",
            },
            {"setting": "high, user gpt", "valid_on": date(2026, 5, 4)},
        ),
        ({"methodology": 7}, {"valid_on": None, "cost_usd_per_task": None}),
        (
            {"results": {"a": {"pass_1": 1, "cost": 0.5, "retrieval_config": "bm25"}}},
            {"cost_usd_per_task": 0.5, "setting": "bm25", "score": 0.01},
        ),
    ],
)
def test_a_submission_is_a_score_for_each_domain(more: dict[str, Any], columns: dict[str, object]) -> None:
    """A domain without a figure has none; who submits the own model is its vendor."""
    records = tau2_bench.parse([payload({**SUBMISSION, **more})])
    assert records.frames[Kind.SCORE].height == 1
    row = records.frames[Kind.SCORE].row(0, named=True)
    assert {name: row[name] for name in columns} == columns


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"submission_type": "custom"}, "a custom agent, not a model under the standard one"),
        (
            {"methodology": {"tau2_bench_version": "1.0 (original)"}},
            "measured on the first version of the test, which is not comparable",
        ),
    ],
)
def test_what_is_not_comparable_is_refused_by_domain(more: dict[str, Any], why: str) -> None:
    """Nothing of it is a score."""
    records = tau2_bench.parse([payload({**SUBMISSION, **more})])
    assert records.frames == {}
    assert reasons(records) == [why, why]


def test_a_submission_may_date_its_model() -> None:
    """By the release that it states."""
    released = {**SUBMISSION, "model_release": {"release_date": "2026-05-04"}, "model_organization": 7}
    facts = tau2_bench.parse([payload(released)]).frames[Kind.MODEL_FACT]
    assert facts.select("model_name", "organization", "valid_on", "valid_precision").rows() == [
        ("m", None, date(2026, 5, 4), "day")
    ]
    assert tau2_bench.parse([payload(SUBMISSION)]).frames[Kind.MODEL_FACT].is_empty()


MANIFEST = "https://x/manifest.json"


@pytest.mark.parametrize(
    ("told", "url", "says"),
    [
        ([1], "https://x/submission.json", "is not a submission"),
        ({"voice": []}, MANIFEST, "lists no submissions under submissions, legacy_submissions; it has voice"),
        ({"results": {"a": {"pass_1": 1}}}, "https://x/submission.json", "no entry has 'model_name'"),
        ({"model_name": 7, "results": {"a": {"pass_1": 1}}}, "https://x/submission.json", "names no model"),
        ({"model_name": "m", "results": {"a": 7}}, "https://x/submission.json", "has no results by domain"),
    ],
)
def test_what_is_no_submission_is_refused(told: object, url: str, says: str) -> None:
    """The list of submissions holds none itself, and leads to those by text."""
    with pytest.raises(ParseError, match=says):
        check(tau2_bench.parse([payload(told, url)]))
    listed = payload(
        {"submissions": ["a b", 7], "legacy_submissions": "x", "voice_submissions": ["v"]}, MANIFEST
    )
    assert tau2_bench.parse([listed]).frames == {}
    assert [found.rsplit("/", 2)[1] for found in tau2_bench.follow(listed)] == ["a%20b"]
    assert list(tau2_bench.follow(payload({"submissions": ["a"]}))) == []
