"""LiveBench, ARC Prize, METR, SWE-bench, BFCL, τ²-bench, WeirdML: settings, costs, what is not comparable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ingest.records import Kind, Records, check
from ingest.source import Payload
from ingest.sources.benchmarks import arc_prize, bfcl, livebench, tau2_bench
from tests.ingest.sources.conftest import MakePayload, TakeIn


def livebench_files(make_payload: MakePayload, *names: str) -> list[Payload]:
    files = {
        "table.csv": "table_2026_06_25.csv",
        "categories.json": "categories_2026_06_25.json",
        "cost.csv": "cost_2026_06_25.csv",
        "older.csv": "table_2024_06_24.csv",
        "older.json": "categories_2024_06_24.json",
    }
    return [make_payload("livebench", Path(name), f"https://livebench.ai/{files[name]}") for name in names]


def by_model(records: Records, benchmark_id: str) -> dict[str, dict[str, object]]:
    rows = records.frames[Kind.SCORE].filter(pl.col("benchmark_id") == benchmark_id)
    return {row["model_name"]: row for row in rows.to_dicts()}


def test_each_release_of_livebench_is_its_own_benchmark(make_payload: MakePayload) -> None:
    """Releases have other tasks, so no id spans two of them."""
    files = livebench_files(make_payload, "table.csv", "categories.json", "older.csv", "older.json")
    ids = set(check(livebench.parse(files)).frames[Kind.SCORE]["benchmark_id"])
    assert {"livebench-2026-06-25", "livebench-2024-06-24"} <= ids
    assert {"livebench-2026-06-25-coding", "livebench-2026-06-25-reasoning"} <= ids


def test_livebench_averages_categories_not_tasks(make_payload: MakePayload) -> None:
    """Two coding tasks of 80 and 70 and one of reasoning of 95 make (75 + 95) / 2."""
    records = check(
        livebench.parse(livebench_files(make_payload, "table.csv", "categories.json", "cost.csv"))
    )
    row = by_model(records, "livebench-2026-06-25")["alpha-2-high-effort"]
    assert row["score"] == pytest.approx(0.85)
    assert (row["cost_usd_per_task"], row["output_tokens_per_task"]) == (0.25, 8000)
    assert row["setting"] == "high-effort"


def test_livebench_cost_of_zero_was_not_recorded(make_payload: MakePayload) -> None:
    """Zero cost and zero tokens are null; a bare -max may be part of a name and is no setting."""
    records = check(
        livebench.parse(livebench_files(make_payload, "table.csv", "categories.json", "cost.csv"))
    )
    row = by_model(records, "livebench-2026-06-25")["qwen-like-max"]
    assert (row["cost_usd_per_task"], row["output_tokens_per_task"], row["setting"]) == (None, None, "")


def test_a_cut_off_line_of_livebench_has_no_average(make_payload: MakePayload) -> None:
    """A model that lacks tasks is refused, not averaged over what is there."""
    records = check(livebench.parse(livebench_files(make_payload, "table.csv", "categories.json")))
    assert "broken-1" not in by_model(records, "livebench-2026-06-25")
    assert set(records.refused["reason"]) == {
        "some tasks of this release are missing for the model, or are no numbers"
    }


def test_arc_prize_takes_models_only(make_payload: MakePayload) -> None:
    """People, systems, hidden rows and unknown models are refused, each with its reason."""
    files = [make_payload("arc-prize", Path(url.rsplit("/", 1)[-1]), url) for url in arc_prize.SOURCE.urls]
    records = check(arc_prize.parse(files))
    assert sorted(records.refused["reason"]) == [
        "a system built around models, not the score of a single model",
        "hidden by ARC Prize",
        "people, not a model",
        "the model is not in ARC Prize's list of models",
    ]
    second = by_model(records, "arc-agi-2")["alpha-2-2025-08-07-high"]
    assert (second["cost_usd_per_task"], second["cost_usd"], second["setting"]) == (1.87, None, "High")
    third = by_model(records, "arc-agi-3")["alpha-2-2025-08-07-high"]
    assert (third["cost_usd_per_task"], third["cost_usd"]) == (None, 8866.2)


def test_metr_reads_both_shapes_and_keeps_bounds(take_in: TakeIn) -> None:
    """Files of 2025 group by agent, later ones by model; the scaffold is the setting, minutes the unit."""
    old = take_in("metr-time-horizons-1-0", Path("old_shape.yaml"))
    new = take_in("metr-time-horizons-1-0", Path("new_shape.yaml"))
    for records, model, low in ((old, "alpha_1", 9.3), (new, "alpha_2_inspect", 74.2)):
        row = by_model(records, "metr-horizon-50-v1.0")[model]
        assert (row["setting"], row["unit"], row["low"]) == ("modular-public", "minutes", low)
    assert by_model(new, "metr-horizon-50-v1.0")["alpha_2_inspect"]["cost_usd"] == 196.5


def test_metr_usage_of_zero_was_not_recorded(take_in: TakeIn) -> None:
    """usd 0.0 is null, and version 1.1 has ids of its own."""
    records = take_in("metr-time-horizons", Path("benchmark_results_1_1.yaml"))
    assert by_model(records, "metr-horizon-80-v1.1")["alpha_2_inspect"]["cost_usd"] is None
    assert set(records.frames[Kind.SCORE]["benchmark_id"].str.extract(r"v([\d.]+)$")) == {"1.1"}


def test_swe_bench_takes_the_bash_only_board(take_in: TakeIn) -> None:
    """The model comes from the tags, the effort from the name; several models in one run are refused."""
    records = take_in("swe-bench", Path("leaderboards.json"))
    rows = by_model(records, "swe-bench-bash-only")
    assert set(rows) == {"alpha-2-2025-08-07", "Beta 70B"}
    assert rows["alpha-2-2025-08-07"]["setting"] == "medium reasoning, mini-swe-agent 1.7.0"
    assert rows["alpha-2-2025-08-07"]["cost_usd_per_task"] == 0.28
    assert rows["Beta 70B"]["cost_usd"] is None
    assert records.refused.height == 1


def test_the_cost_column_of_bfcl_changed_its_meaning(take_in: TakeIn) -> None:
    """USD per 1,000 calls in version 3, USD for the whole run in version 4, which is another benchmark."""
    old = by_model(take_in("bfcl", Path("v3.csv")), "bfcl-v3")
    new = by_model(take_in("bfcl", Path("v4.csv")), "bfcl-v4")
    assert old["Alpha-2-2024-08-06 (FC)"]["cost_usd_per_task"] == pytest.approx(0.00475)
    assert old["Alpha-2-2024-08-06 (FC)"]["cost_usd"] is None
    assert (new["Alpha-3 (FC)"]["cost_usd"], new["Alpha-3 (FC)"]["cost_usd_per_task"]) == (6.69, None)
    assert old["Beta-70B (Prompt)"]["setting"] == "Prompt"
    assert old["Beta-70B (Prompt)"]["seconds_per_task"] is None


def test_zero_in_bfcl_was_not_recorded(make_payload: MakePayload) -> None:
    """No call is free or takes no time; an accuracy of zero is a result, one without its sign is none."""
    text = (
        "Overall Acc,Model,Model Link,Total Cost ($),Latency Mean (s),Memory Acc\n"
        "0.00%,Null (FC),ftp://x,0,0.0,1%\n0.62,Bare,https://x.example/,0.01,-1,1%\n"
    )
    found = check(bfcl.parse([make_payload("bfcl", text)]))
    row = by_model(found, "bfcl-v4")["Null (FC)"]
    assert (row["score"], row["cost_usd"], row["seconds_per_task"]) == (0.0, None, None)
    assert row["url"] == bfcl.SOURCE.homepage
    assert "Bare" not in by_model(found, "bfcl-v4")
    assert found.refused.height == 1


def test_no_address_of_a_person_is_taken_in(take_in: TakeIn) -> None:
    """Contact names and e-mail addresses of submissions reach neither records nor quarantine."""
    for name in ("standard.json", "legacy.json", "custom.json"):
        records = take_in("tau2-bench", Path(name))
        said = " ".join(str(frame.rows()) for frame in (*records.frames.values(), records.refused))
        assert "@" not in said
        assert "Some Body" not in said


def test_tau2_refuses_what_is_not_comparable(take_in: TakeIn) -> None:
    """The first version of the test and custom agents are refused; others say how they were run."""
    assert "first version" in take_in("tau2-bench", Path("legacy.json")).refused["reason"][0]
    assert "custom agent" in take_in("tau2-bench", Path("custom.json")).refused["reason"][0]
    row = by_model(take_in("tau2-bench", Path("standard.json")), "tau2-bench-retail")["Alpha 2"]
    assert (row["setting"], row["reported_by"]) == ("high, user gpt-4.1-2025-04-14", "independent")


def test_tau2_manifest_leads_to_text_submissions(make_payload: MakePayload) -> None:
    """Voice submissions are another test and are not fetched."""
    manifest = make_payload("tau2-bench", Path("manifest.json"))
    assert [url.split("/")[-2] for url in tau2_bench.follow(manifest)] == [
        "alpha-2_sierra_2026-02-26",
        "alpha-1_alphalab_2025-01-15",
    ]


def test_weirdml_effort_and_unrecorded_cost(take_in: TakeIn) -> None:
    """The parenthesis of the display name is the setting; a cost of zero is null."""
    rows = by_model(take_in("weirdml", Path("old.csv")), "weirdml")
    assert (rows["alpha-2 (high)"]["setting"], rows["beta-70b"]["setting"]) == ("high", "")
    assert (rows["alpha-2 (high)"]["cost_usd_per_task"], rows["beta-70b"]["cost_usd_per_task"]) == (
        5.23,
        None,
    )


def test_the_two_data_sets_of_vectara_are_two_benchmarks(take_in: TakeIn) -> None:
    """Old and new rates are not comparable, and lower is better."""
    old, new = (take_in("vectara", Path(name)) for name in ("old.md", "new.md"))
    assert set(old.frames[Kind.SCORE]["benchmark_id"]) == {"vectara-hallucination-1"}
    assert set(new.frames[Kind.SCORE]["benchmark_id"]) == {"vectara-hallucination-2"}
    assert new.frames[Kind.BENCHMARK]["higher_is_better"].to_list() == [False]


def test_versions_of_arc_are_dated_by_their_publication() -> None:
    """The list dates no set: what was looked up stands in a table, what was not stays without a day."""
    found = {(name, name) for name in ("arc-agi-1", "arc-agi-2-public", "arc-agi-9")}
    rows = arc_prize._benchmarks(found)
    assert dict(rows.select("benchmark_id", "valid_on").iter_rows()) == {
        "arc-agi-1": date(2019, 11, 5),
        "arc-agi-2-public": date(2025, 3, 24),
        "arc-agi-9": None,
    }
