"""`hypecurve prices`: the history of a model's prices with its witnesses, for a person and for programs."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from cli import commands
from store.snapshot import publish
from store.warehouse import Warehouse

READ = datetime(2026, 8, 1, tzinfo=UTC)
KEYS = {
    "starts_after",
    "starts_on",
    "ends_on",
    "input_usd_per_mtok",
    "output_usd_per_mtok",
    "cached_input_usd_per_mtok",
    "last_confirmed_on",
    "for",
    "against",
    "reason",
}


def step(starts_on: date, usd: float, confirmed: date, **more: object) -> dict[str, Any]:
    return {
        "model_id": "gpt-5.6-luna",
        "provider": "openai",
        "tier": "standard",
        "seller": "maker",
        "is_own": True,
        "preference": 0,
        "starts_after": None,
        "starts_on": starts_on,
        "basis": "stated",
        "ends_on": None,
        "reason": None,
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": 6 * usd,
        "cached_input_usd_per_mtok": usd / 10,
        "listed": True,
        "last_confirmed_on": confirmed,
        "for_sources": ["list-a", "list-b"],
        "against_sources": ["list-b"],
        "still_said_by": [],
        "n_agreeing": 1,
        "observed_at": READ,
        "source_id": "list-a",
        "model_name": "gpt-5.6-luna",
        "payload_sha256": "a" * 64,
    } | more


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot with one model, its maker's two prices and a router's."""
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    cut = date(2026, 7, 30)
    rows = [
        step(date(2026, 7, 9), 1.0, date(2026, 7, 29), ends_on=cut, reason="changed"),
        step(cut, 0.2, date(2026, 10, 26), observed_at=datetime(2026, 10, 26, tzinfo=UTC)),
        step(
            cut, 0.1, date(2026, 8, 1), provider="openrouter", seller="router", is_own=False, preference=300
        ),
    ]
    payloads = [
        {"source_id": by, "url": by, "as_of": at, "sha256": "a" * 64, "origin": "archive"}
        for by, at in (("list-a", READ), ("list-b", datetime(2026, 9, 1, tzinfo=UTC)))
    ]
    warehouse = Warehouse.in_memory()
    warehouse.replace("price_step", pl.DataFrame(rows, infer_schema_length=None))
    warehouse.replace("model", pl.DataFrame([{"model_id": "gpt-5.6-luna"}, {"model_id": "unpriced-1"}]))
    warehouse.insert("payload", pl.DataFrame(payloads))
    publish(warehouse, tmp_path / "snapshots")


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["prices", *words])


def told(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_is_a_list_of_histories() -> None:
    """One object a model, seller and tier; each step with its days, its prices and its witnesses."""
    (found,) = told("gpt-5.6-luna")
    assert {key: found[key] for key in ("model_id", "seller", "provider", "tier")} == {
        "model_id": "gpt-5.6-luna",
        "seller": "maker",
        "provider": "openai",
        "tier": "standard",
    }
    assert [set(each) for each in found["steps"]] == [KEYS, KEYS]
    first = found["steps"][0]
    assert (first["starts_on"], first["ends_on"], first["reason"]) == ("2026-07-09", "2026-07-30", "changed")
    assert (first["for"], first["against"]) == (["list-a", "list-b"], ["list-b"])


@pytest.mark.parametrize(
    ("seller", "providers"), [("router", ["openrouter"]), ("all", ["openai", "openrouter"])]
)
def test_the_seller_is_chosen(seller: str, providers: list[str]) -> None:
    """The maker's own unless another is asked for."""
    assert [each["provider"] for each in told("gpt-5.6-luna", "--seller", seller)] == providers


@pytest.mark.parametrize(("on", "usd"), [("2026-07-09", 1.0), ("2026-07-29", 1.0), ("2026-07-30", 0.2)])
def test_on_a_day_only_what_was_in_force_is_shown(on: str, usd: float) -> None:
    """With the end that is known now."""
    (found,) = told("gpt-5.6-luna", "--on", on)
    assert [each["input_usd_per_mtok"] for each in found["steps"]] == [usd]


@pytest.mark.parametrize("on", ["2026-07-08", "2026-12-26"])
def test_a_day_without_a_price_in_force_says_so(on: str) -> None:
    """Before the first, and 60 days after the last confirmation."""
    result = run("gpt-5.6-luna", "--on", on)
    assert result.exit_code == 1
    assert f"in force on {on}" in result.stderr


def _said(by: str, read: datetime, valid_on: date | None, usd: float) -> dict[str, Any]:
    return {
        "source_id": by,
        "payload_sha256": "a" * 64,
        "observed_at": read,
        "gone": False,
        "model_name": "gpt-5.6-luna",
        "provider": "openai",
        "organization": "OpenAI",
        "tier": "standard",
        "seller": "maker",
        "valid_on": valid_on,
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": 4 * usd,
        "url": None if valid_on is None else "https://openai.com/pricing",
    }


@pytest.fixture
def late(tmp_path: Path) -> None:
    """One list said $1 in July; two that came in October date another price to the launch."""
    july, october = READ.replace(month=7, day=15), READ.replace(month=10, day=1)
    launch = date(2026, 7, 9)
    rows = [
        _said("list-a", july, None, 1.0),
        _said("list-b", october, launch, 0.5),
        _said("list-c", october, launch, 0.5),
    ]
    payloads = [
        {"source_id": row["source_id"], "url": row["source_id"], "as_of": row["observed_at"]}
        | {"sha256": "a" * 64, "origin": "archive", "rows_read": 1}
        for row in rows
    ]
    model = {"model_id": "gpt-5.6-luna", "organization": "OpenAI", "kind": "undated"}
    dated = {"released_on": launch, "released_precision": "day", "released_basis": "change log"}
    warehouse = Warehouse.in_memory()
    warehouse.insert("price", pl.DataFrame(rows, infer_schema_length=None))
    warehouse.insert("payload", pl.DataFrame(payloads))
    warehouse.replace("model", pl.DataFrame([model | dated]))
    aliases = [
        {"source_id": each["source_id"], "model_name": "gpt-5.6-luna", "model_id": "gpt-5.6-luna"}
        | {"rule": "exact", "kind": "undated"}
        for each in rows
    ]
    warehouse.insert("model_alias", pl.DataFrame(aliases))
    publish(warehouse, tmp_path / "snapshots")


@pytest.mark.usefixtures("late")
def test_as_of_a_day_the_history_is_found_from_what_was_known_then() -> None:
    """The one list that had spoken is believed, though later ones outvote it; a later day hears all three."""
    (then,) = told("gpt-5.6-luna", "--as-of", "2026-08-15")
    (since,) = told("gpt-5.6-luna", "--as-of", "2026-10-15")
    assert [(each["starts_on"], each["input_usd_per_mtok"], each["for"]) for each in then["steps"]] == [
        ("2026-07-09", 1.0, ["list-a"])
    ]
    assert [(each["starts_on"], each["input_usd_per_mtok"], each["for"]) for each in since["steps"]] == [
        ("2026-07-09", 0.5, ["list-b", "list-c"])
    ]
    assert since["steps"][0]["against"] == ["list-a"]


@pytest.mark.usefixtures("late")
def test_as_of_a_day_on_which_nobody_had_confirmed_it_for_long_it_is_not_confirmed() -> None:
    """Sixty days after the only reading the price is told as last seen."""
    (found,) = told("gpt-5.6-luna", "--as-of", "2026-09-20")
    assert (found["steps"][0]["reason"], found["steps"][0]["last_confirmed_on"]) == (
        "not confirmed",
        "2026-07-15",
    )


def test_models_come_in_the_order_asked_and_once() -> None:
    """Two spellings of one model are one."""
    assert [each["model_id"] for each in told("GPT-5.6 Luna", "gpt-5.6-luna")] == ["gpt-5.6-luna"]


def test_a_model_without_a_price_is_named_and_the_others_are_shown() -> None:
    """Exit code 0 as long as one is known."""
    result = run("unpriced-1", "gpt-5.6-luna")
    assert (result.exit_code, "unpriced-1" in result.stderr) == (0, True)
    assert run("unpriced-1").exit_code == 1


def test_a_person_reads_a_line_a_step() -> None:
    """With who says so and who says otherwise."""
    result = run("gpt-5.6-luna")
    assert result.exit_code == 0
    assert "list-a, list-b" in result.stdout
    assert "2026-07-30" in result.stdout
