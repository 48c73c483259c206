"""The `hypecurve analyse` commands on a small home: a table for people, the result as JSON for scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import commands
from tests.homes.judged_home import fill_judged

ANSWERED = ("frontier", "trend", "price", "value", "datawall", "claims", "backtest")
NOT_HELD = ("capability", "hype", "dotcom")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with scores, prices, two measured runs, training sets and claims."""
    folder = tmp_path_factory.mktemp("judged")
    fill_judged(folder)
    return folder


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run `hypecurve analyse` with arguments; gives the result of the runner."""
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    return lambda *arguments: CliRunner().invoke(commands, ["analyse", *arguments])


@pytest.mark.parametrize("command", ANSWERED)
def test_each_answer_is_a_table_and_valid_json(run: Any, command: str) -> None:
    """Every command that has data prints something, and strict JSON when asked."""
    assert run(command).exit_code == 0
    printed = run(command, "--json")
    assert printed.exit_code == 0

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    assert json.loads(printed.stdout, parse_constant=refuse)


@pytest.mark.parametrize("command", NOT_HELD)
def test_without_data_a_command_says_so_and_fails(run: Any, command: str) -> None:
    """Exit code 1 and one sentence, never an empty table or a traceback."""
    result = run(command)
    assert result.exit_code == 1
    assert "There is no data on" in result.output
    assert isinstance(result.exception, SystemExit)


def test_the_json_is_the_whole_result(run: Any) -> None:
    """The crossing year carries its interval, growth, window, paths, verdict and method."""
    wall = json.loads(run("datawall", "--json").stdout)
    assert wall["estimate"]["value"] == pytest.approx(2028.0, abs=0.1)
    assert wall["estimate"]["interval"]["level"] == 0.8
    assert wall["growth"]["n"] == 12
    assert {"stock_tokens", "paths", "verdict", "method", "window"} <= set(wall)


def test_value_gives_both_offers_and_the_verdict(run: Any) -> None:
    """The worked example: cannot be told, pays from about 11 USD on, perhaps never."""
    found = json.loads(run("value", "--json").stdout)
    assert [offer["model_id"] for offer in found["offers"]] == [
        "o1-preview-2024-09-12",
        "claude-3-5-sonnet-20240620",
    ]
    assert found["worth"]["verdict"] == "cannot be told"
    assert found["worth"]["pays_from_usd"]["value"] == pytest.approx(10.86, abs=0.01)
    assert found["worth"]["pays_from_usd"]["interval"]["high"] == "infinite"


def test_a_model_without_a_run_is_named(run: Any) -> None:
    """Exit code 2 and the name of the model and of the board."""
    result = run("value", "gpt-5")
    assert result.exit_code == 2
    assert "gpt-5 has no run on aider-edit" in " ".join(result.output.split())


def test_an_earlier_day_sees_less(run: Any) -> None:
    """As of the end of 2024 the leader is the one released by then."""
    later = json.loads(run("frontier", "--json").stdout)
    earlier = json.loads(run("frontier", "--json", "--as-of", "2024-12-31").stdout)
    assert later["leaders"][0]["model_id"] == "gpt-5"
    assert earlier["leaders"][0]["model_id"] == "o1"
    assert earlier["on"] == "2024-12-31"


def test_the_window_of_a_trend_ends_with_its_newest_model(run: Any) -> None:
    """Months without any model would count as months without progress."""
    found = json.loads(run("trend", "--series", "epoch-eci", "--json", "--as-of", "2026-11-01").stdout)
    assert found["window"]["end"] == "2026-02-01"
    rows = json.loads(run("backtest", "--json").stdout)["rows"]
    assert rows[-1]["as_of"] <= "2026-02-01"


def test_an_index_that_is_not_there_is_said(run: Any) -> None:
    """Without our own fit the published index answers, and the error stream says so; others are refused."""
    result = run("trend", "--json")
    assert "which Epoch publishes" in result.stderr
    assert (
        json.loads(result.stdout)["best"]
        == json.loads(run("trend", "--series", "epoch-eci", "--json").stdout)["best"]
    )
    assert run("trend", "--series", "arena").exit_code == 2


def test_claims_before_the_article_are_refused(run: Any) -> None:
    """Nothing can be said of the claims before they were made."""
    result = run("claims", "--as-of", "2024-06-01")
    assert result.exit_code == 2
    assert "2024-12-20" in result.output


def test_a_table_in_a_pipe_hides_nothing(run: Any) -> None:
    """Each claim stands whole on one line, as every other command prints its rows."""
    statements = [claim["statement"] for claim in json.loads(run("claims", "--json").stdout)]
    printed = run("claims").stdout
    assert statements
    assert all(statement in printed for statement in statements)
