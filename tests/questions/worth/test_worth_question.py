"""The question of worth: its verdict, what the reader moves, the worked example, what it refuses in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from analysis.results import Interval
from analysis.worth.measured_rows import AS_WRITTEN, offer_of
from analysis.worth.value import TaskProfile
from questions.answer import Answer, Drawn, Folded, Heading, Later, Paragraph, Table, charts_of
from questions.controls import ControlError, must_read, written
from questions.wording import MOST_WORDS
from questions.worth import example, runs
from questions.worth import question as asking
from questions.worth.example import example_of, worked_example
from questions.worth.question import QUESTION, WorthControls, _profile, _wins
from questions.worth.runs import run_named, runs_with_prices, token_multipliers
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.judged_home import O1_PREVIEW, SONNET, fill_judged
from tests.homes.small_home import fill
from tests.questions.asked import ask, headings, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two measured runs on one board."""
    folder = tmp_path_factory.mktemp("judged")
    fill_judged(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer of one call of the default tokens."""
    return ask(QUESTION, home, cost_basis="tokens")


@pytest.fixture(scope="module")
def measured(home: Path) -> Answer:
    """The answer with the default controls: what the runs cost."""
    return ask(QUESTION, home)


def test_costs_are_those_of_the_tasks_that_were_solved(measured: Answer) -> None:
    """By default a try costs what the run cost per task: share and cost are of the same work."""
    rows = table(measured, "value")
    assert rows["quantity (90 % interval)"][0] == "cost per try"
    assert (rows["o1-preview"][0], rows["Claude 3.5 Sonnet (Jun 2024)"][0]) == ("$0.48", "$0.027")
    assert measured.first_line.startswith("On Aider code editing's 133 tasks ")
    assert " it cannot be told whether Claude 3.5 Sonnet (Jun 2024) or o1-preview was" in measured.first_line
    pays = "o1-preview pays from $20.09 per solved task on (90 % interval $4.28 to never; "
    assert pays in measured.rests_on
    assert measured.rests_on.startswith("o1-preview costs $0.45 more per task than Claude 3.5 Sonnet (Jun")
    assert measured.rests_on.endswith(
        "Cost and share solved are measured on Aider code editing, 133 tasks, up to 22 October 2024, at the "
        "prices of those days."
    )
    assert "fewer tokens" not in measured.would_change
    assert "the output tokens of" not in words(measured)
    assert next(charts_of(measured)).footing.note.startswith("Costs per task as the runs cost")


def test_tokens_mean_nothing_where_the_runs_cost_is_taken(home: Path) -> None:
    """What would be without effect is refused, with the basis that it belongs to."""
    with pytest.raises(ControlError, match=r"input_tokens = '100' has no meaning with .*cost_basis = board"):
        ask(QUESTION, home, input_tokens="100")


def test_costs_that_no_run_states_are_those_of_tokens(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cost of one run was not recorded the board's costs are not offered."""
    known = pl.when(pl.col("model_id") == SONNET).then(None).otherwise("cost_usd")
    unknown = runs_with_prices(view_of(home), "aider-edit").with_columns(cost_usd=known)
    for module in (asking, runs):
        monkeypatch.setattr(module, "runs_with_prices", lambda *_: unknown)
    chosen = {"board": "aider-edit", "first_model": O1_PREVIEW, "second_model": SONNET, "further": ()}
    offered = runs.cost_bases_to_choose(view_of(home), chosen)
    assert [option.value for option in offered] == ["tokens"]


def test_the_first_line_is_the_verdict_with_its_interval_and_day(answer: Answer) -> None:
    """On 106 against 103 of 133 tasks it cannot be told, and from what value on it would pay is said."""
    assert answer.first_line.startswith("By the share solved of Aider code editing's 133 tasks")
    assert " it cannot be told which model was the better buy at $20 per solved task" in answer.first_line


def test_what_it_rests_on_has_cost_and_share_with_their_intervals(answer: Answer) -> None:
    """Extra cost, extra share solved, how often the dearer never pays, how many tasks of which board."""
    assert answer.rests_on == (
        "o1-preview costs $0.24 (90 % interval $0.22 to $0.27) more per task than Claude 3.5 Sonnet (Jun "
        "2024) and solves 2.3 percentage points more of the tasks (90 % interval of the difference -6.1 to "
        "+10.6). In the middle estimate o1-preview pays from $10.86 per solved task on (90 % interval $2.29 "
        "to never; never in 34\u00a0% of draws). The share solved is measured on Aider code editing, 133 "
        "tasks, up to 22 October 2024, whose tasks cost $0.48 and $0.027 each; the cost is that of one call "
        "of 2,000 input and 1,000 output tokens at list prices."
    )
    assert answer.would_change.startswith("A task worth below $10.86, fewer tokens per call")


def test_evidence_that_is_old_is_told_as_old(answer: Answer, home: Path) -> None:
    """Runs older than a month are told in the first line or, by their day, in the caveat; never in both."""
    assert "(runs of October 2024)" in answer.first_line
    assert "runs is of" not in answer.caveat
    assert ask(QUESTION, home).caveat.startswith("The newer of the two runs is of 22 October 2024")
    assert "runs is of" not in ask(QUESTION, home, as_of="2024-11-20").caveat


def test_a_costly_wait_makes_the_slow_model_the_worse_buy(home: Path) -> None:
    """With 60 USD an hour for who waits, a task worth 1 USD goes to the faster and cheaper model."""
    said = ask(QUESTION, home, wage="60", task_value="1").first_line
    assert " Claude 3.5 Sonnet (Jun 2024) was a better buy than o1-preview at $1 per solved task:" in said


def test_a_task_of_great_value_with_costly_failures_is_told_by_the_same_threshold(home: Path) -> None:
    """A failure's cost lowers the value from which the dearer pays, down to nothing."""
    said = ask(QUESTION, home, failure_cost="30").rests_on
    assert "pays from $0 per solved task on (90 % interval $0 to never" in said


def test_the_readers_own_token_range_replaces_the_measured_one(home: Path, answer: Answer) -> None:
    """One's own range begins at the article's 2 to 10 times, and the extra cost widens."""
    assert "bills **3.5 to 4.4 times** the output tokens" in words(answer)
    own = ask(QUESTION, home, cost_basis="tokens", token_basis="own")
    assert "costs $0.28 (90 % interval $0.14 to $0.56) more per task" in own.rests_on
    assert "**3.5 to 4.4 times**" not in words(own)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"cost_basis": "tokens", "token_basis": "own"},
        {"cost_basis": "tokens", "token_basis": "shown"},
        {"wage": "60", "task_value": "1"},
    ],
)
def test_swapping_the_two_models_gives_the_same_answer(home: Path, given: dict[str, str]) -> None:
    """All that is said is the same, also which model bills more tokens; only the columns change places."""
    there = ask(QUESTION, home, first_model=O1_PREVIEW, second_model=SONNET, **given)
    back = ask(QUESTION, home, first_model=SONNET, second_model=O1_PREVIEW, **given)
    assert words(there) == words(back)
    columns = table(there, "value").columns
    assert table(back, "value").select(columns).equals(table(there, "value"))
    assert next(charts_of(there)).rows.equals(next(charts_of(back)).rows)


@pytest.mark.parametrize("given", [{"wage": "60", "task_value": "1"}, {"task_value": "100000"}, {}])
def test_no_model_is_said_to_cost_more_than_itself(home: Path, given: dict[str, str]) -> None:
    """Whoever wins, what it rests on sets the dearer against the other."""
    said = ask(QUESTION, home, **given).rests_on
    dearer, cheaper = re.match(r"(.+?) costs .+ more per task than (.+?) and solves", said).groups()  # type: ignore[union-attr] # the assertion is that it matches
    assert dearer != cheaper


def test_tokens_of_an_old_run_follow_from_the_prices_of_its_day(tmp_path: Path, answer: Answer) -> None:
    """After a cut to a third the same run implies the same tokens, and a call of now costs a third."""
    fill_judged(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("price_step", pl.DataFrame([_cut_to_a_third()], infer_schema_length=None))
        publish(warehouse, tmp_path / "snapshots")
    said = ask(QUESTION, tmp_path, cost_basis="tokens")
    assert "bills **3.5 to 4.4 times** the output tokens" in words(said)
    assert table(said, "value")["o1-preview"][0].startswith("$0.089 (")
    behind = next(block for block in said.blocks if isinstance(block, Folded)).blocks[0]
    assert isinstance(behind, Table)
    of_o1 = behind.rows.filter(pl.col("model_id") == O1_PREVIEW)
    assert of_o1.select("input_usd_per_mtok", "run_input_usd_per_mtok").row(0) == (5.0, 15.0)


def test_a_range_of_reasoning_is_for_models_that_reason() -> None:
    """One's own range multiplies the tokens of a model that reasons, and of no other."""
    reasons, answers = {"reasoning": True}, {"reasoning": False}
    own = Interval(2.0, 10.0, level=1.0)
    assert token_multipliers([reasons, answers], "own", (2.0, 10.0)) == (own, AS_WRITTEN)
    assert token_multipliers([answers, reasons], "own", (2.0, 10.0)) == (AS_WRITTEN, own)
    assert token_multipliers([answers, {"reasoning": None}], "own", (2.0, 10.0)) == (AS_WRITTEN, AS_WRITTEN)


def test_the_default_is_a_choice_of_today(tmp_path: Path) -> None:
    """Models that are still sold come first, the newest at the top; those withdrawn stay to be chosen."""
    fill_judged(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        gone = _cut_to_a_third() | {"listed": False, "input_usd_per_mtok": None, "output_usd_per_mtok": None}
        warehouse.insert("price_step", pl.DataFrame([gone], infer_schema_length=None))
        publish(warehouse, tmp_path / "snapshots")
    controls = must_read(WorthControls, view_of(tmp_path), {})
    assert (controls.first_model, controls.second_model) == (SONNET, O1_PREVIEW)


def test_the_table_has_a_row_for_each_quantity_and_a_column_for_each_model(
    answer: Answer, home: Path
) -> None:
    """The first model stands first; costs of the call are those of its list price and tokens."""
    rows = table(answer, "value")
    assert rows.columns == ["quantity (90 % interval)", "o1-preview", "Claude 3.5 Sonnet (Jun 2024)"]
    assert rows.height == 6
    # A failure that costs makes a task break even later than at what it costs solved.
    assert table(ask(QUESTION, home, failure_cost="3"), "value").height == 7
    assert rows["Claude 3.5 Sonnet (Jun 2024)"][0] == "$0.021"
    assert rows["o1-preview"][0].startswith("$0.27 (")


def test_the_runs_and_prices_behind_it_are_there(answer: Answer) -> None:
    """Both runs with their list prices stand folded below the chart."""
    folded = next(block for block in answer.blocks if isinstance(block, Folded))
    assert folded.title == "The runs and list prices behind it"
    (inside,) = folded.blocks
    assert isinstance(inside, Table)
    assert set(inside.rows["model_id"]) == {O1_PREVIEW, SONNET}
    assert {"input_usd_per_mtok", "price_source_id", "payload_sha256"} <= set(inside.rows.columns)


def test_its_charts_are_those_that_it_announces(answer: Answer) -> None:
    """The curve comes first and is computed when it is looked at; the example's two charts follow."""
    assert [chart.name for chart in charts_of(answer)] == list(QUESTION.charts)
    later = next(block for block in answer.blocks if isinstance(block, Later))
    assert later.charts == ("worth-by-task-value",)
    curve = next(charts_of(answer))
    assert curve.rows.height == 41
    assert (
        curve.title == "At $20 per solved task it cannot be told whether o1-preview was worth its extra cost"
    )
    assert (
        "o1-preview: list price $15 in, $60 out per million tokens since 12 September 2024"
        in curve.footing.note
    )


def test_the_worked_example_gives_the_articles_figures(answer: Answer) -> None:
    """18 times the cost, 3.5 to 4.4 times the tokens, 4.6 times the time, scores not told apart."""
    said = words(answer)
    assert headings(answer) == ["The worked example: o1-preview against Claude 3.5 Sonnet"]
    assert "18 times as much per run as Claude 3.5 Sonnet of June 2024" in said
    assert "which implies 3.5 to 4.4 times the tokens, and took 4.6 times as long" in said
    assert "Score: not distinguishable" in said
    assert "That lies within the claimed range" in said


def test_a_model_is_not_compared_with_itself(home: Path) -> None:
    """The second is another than the first: the sentence names what can be chosen."""
    with pytest.raises(
        ControlError, match=rf"second_model = '{O1_PREVIEW}' cannot be used; it takes {SONNET}"
    ):
        ask(QUESTION, home, second_model=O1_PREVIEW)
    swapped = ask(QUESTION, home, first_model=SONNET)
    assert swapped.known
    assert table(swapped, "value").columns[1:] == ["Claude 3.5 Sonnet (Jun 2024)", "o1-preview"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("retries", "-1"),
        ("retries", "21"),
        ("retries", "1.5"),
        ("input_tokens", "-1"),
        ("output_tokens", "0"),
        ("task_value", "-1"),
        ("failure_cost", "nan"),
        ("wage", "1e9"),
        ("first_model", "gpt-5"),
        ("board", "gpqa-diamond"),
        ("token_basis", "guess"),
        ("token_range", "3"),
    ],
)
def test_an_impossible_task_is_refused_in_words(home: Path, name: str, word: str) -> None:
    """What no task can be is named with what is allowed, never taken in silence."""
    with pytest.raises(ControlError, match=name):
        ask(QUESTION, home, **{name: word})


def test_large_bounds_are_said_in_plain_digits(home: Path) -> None:
    """Nobody reads 1e+07 as ten million."""
    with pytest.raises(ControlError, match="it takes a number from 0 to 10,000,000"):
        ask(QUESTION, home, cost_basis="tokens", input_tokens="99999999")


def test_more_cached_than_sent_is_told_with_what_is_allowed(home: Path) -> None:
    """Cached tokens are part of the input; the example stands all the same."""
    said = ask(QUESTION, home, cost_basis="tokens", input_tokens="1000", cached_tokens="1001")
    assert not said.known
    assert said.first_line == "Cached tokens are part of the input: set cached_tokens from 0 to 1,000."
    assert [chart.name for chart in charts_of(said)] == ["two-models-measured", "two-models-solved"]
    assert ask(QUESTION, home, cost_basis="tokens", input_tokens="1000", cached_tokens="1000").known


def test_labels_of_old_links_are_understood(home: Path) -> None:
    """Links of before say labels where addresses say ids now: both ask for the same."""
    view = view_of(home)
    old = {
        "board": ["Aider code editing"],
        "first_model": ["o1-preview"],
        "second_model": ["Claude 3.5 Sonnet (Jun 2024)"],
        "task_value": ["20.0"],
        "cost_basis": ["my own tokens at list prices"],
        "token_basis": ["my own range"],
        "token_range": ["4.0", "15.0"],
    }
    controls = must_read(WorthControls, view, old)
    assert (controls.board, controls.first_model, controls.token_range) == (
        "aider-edit",
        O1_PREVIEW,
        (4.0, 15.0),
    )
    assert must_read(WorthControls, view, _words(controls)) == controls


def test_waiting_has_no_price_where_the_seconds_of_one_were_not_recorded(tmp_path: Path) -> None:
    """The model without seconds is named; without a wage the two are compared all the same."""
    fill_judged(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        again = pl.DataFrame([_run_without_seconds()], infer_schema_length=None)
        warehouse.insert("score", again)
        publish(warehouse, tmp_path / "snapshots")
    said = ask(QUESTION, tmp_path, wage="60")
    assert not said.known
    assert said.first_line == (
        "No data yet: the seconds of o1-preview were not recorded on Aider code editing: set the wage to 0."
    )
    assert ask(QUESTION, tmp_path).known


def test_without_boards_there_is_nothing_to_compare(tmp_path: Path) -> None:
    """No board with a measured cost: said in the first line, and no control has a value to write out."""
    fill(tmp_path)
    said = ask(QUESTION, tmp_path)
    assert not said.known
    assert said.first_line.startswith("No data yet: no board whose runs have a measured cost")
    assert not list(charts_of(said))
    assert "board" not in dict(written(must_read(WorthControls, view_of(tmp_path), {})))


@pytest.mark.parametrize("given", [{}, {"task_value": "1"}, {"retries": "20"}, {"failure_cost": "1000000"}])
def test_first_line_and_caveat_are_short(home: Path, given: dict[str, str]) -> None:
    """Whatever the reader sets, both hold thirty words at most."""
    said = ask(QUESTION, home, **given)
    assert len(said.first_line.split()) <= MOST_WORDS
    assert len(said.caveat.split()) <= MOST_WORDS


def _words(controls: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, word in written(controls):
        found.setdefault(name, []).append(word)
    return found


def _cut_to_a_third() -> dict[str, object]:
    """A later price of o1-preview."""
    return {
        "model_id": O1_PREVIEW,
        "source_id": "litellm-prices",
        "model_name": O1_PREVIEW,
        "provider": "maker",
        "seller": "maker",
        "starts_on": date(2025, 2, 1),
        "basis": "stated",
        "input_usd_per_mtok": 5.0,
        "output_usd_per_mtok": 20.0,
        "listed": True,
        "preference": 0,
        "n_agreeing": 0,
        "observed_at": datetime(2025, 2, 1, tzinfo=UTC),
        "payload_sha256": "d" * 64,
    }


def _run_without_seconds() -> dict[str, object]:
    """A later and better run of o1-preview whose board recorded its cost and no time."""
    return {
        "source_id": "aider-edit",
        "payload_sha256": "c" * 64,
        "observed_at": datetime(2024, 11, 22, tzinfo=UTC),
        "gone": False,
        "model_name": O1_PREVIEW,
        "benchmark_id": "aider-edit",
        "setting": "diff",
        "score": 0.8,
        "unit": "fraction",
        "trials": 133,
        "cost_usd": 60.0,
        "seconds_per_task": None,
        "reported_by": "independent",
    }


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same home with a third model, as good as the first and as cheap as the second."""
    folder = tmp_path_factory.mktemp("three")
    fill_judged(folder)
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        for table, key in (("model", "model_id"), ("model_alias", "model_id"), ("price_step", "model_id")):
            rows = warehouse.frame(f"SELECT * FROM {table} WHERE {key} = '{SONNET}'")
            named = {"model_id": pl.lit("third")}
            if "model_name" in rows.columns:
                named["model_name"] = pl.lit("third")
            if "title" in rows.columns:
                named["title"] = pl.lit("Third")
            warehouse.insert(table, rows.with_columns(**named))
        run = warehouse.frame(f"SELECT * FROM score WHERE model_name = '{SONNET}'")
        warehouse.insert("score", run.with_columns(model_name=pl.lit("third"), score=pl.lit(0.99)))
        publish(warehouse, folder / "snapshots")
    return folder


CHOSEN = {"first_model": O1_PREVIEW, "second_model": SONNET}


def test_of_several_models_the_best_buy_is_told(three: Path) -> None:
    """A model that solves most and is as cheap as any is the best buy of three, in all draws."""
    said = ask(QUESTION, three, further="third", **CHOSEN)
    assert said.first_line == (
        "On Aider code editing's 133 tasks (runs of October 2024) Third was the best buy of 3 models at $20 "
        "per solved task: best in all draws."
    )
    assert table(said, "value").columns[1:] == ["o1-preview", "Claude 3.5 Sonnet (Jun 2024)", "Third"]
    assert "Third" in said.rests_on
    assert "runs is of" not in said.caveat


def test_where_models_are_alike_none_is_called_the_best(three: Path) -> None:
    """At a value of nothing the two cheap models cost the same: the best is an estimate."""
    said = ask(QUESTION, three, further="third", task_value="0", **CHOSEN)
    assert "t cannot be told which of 3 models was the best buy at $0 " in said.first_line
    assert " at least as good in " in said.first_line


def test_a_model_is_compared_once(three: Path) -> None:
    """Neither of the first two can be chosen again, and more than three more cannot either."""
    with pytest.raises(ControlError):
        must_read(WorthControls, view_of(three), CHOSEN | {"further": SONNET})


def test_the_example_needs_both_models_on_a_board(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the prices of their days; without any board that is said in a sentence."""
    view = view_of(home)
    (board,), (rows,) = example_of(view)
    assert (board.board, board.compared.first, board.compared.second) == (
        "Aider code editing",
        O1_PREVIEW,
        SONNET,
    )
    assert set(rows["model_id"]) == {O1_PREVIEW, SONNET}
    on_board = runs_with_prices(view, "aider-edit")
    unknown = pl.when(pl.col("model_id") == SONNET).then(None).otherwise("run_input_usd_per_mtok")
    for fewer in (on_board.head(1), on_board.with_columns(run_input_usd_per_mtok=unknown)):
        monkeypatch.setattr(example, "runs_with_prices", lambda *_, fewer=fewer: fewer)
        assert example_of(view) == ([], [])
        assert worked_example(view) == (
            Heading("The worked example: o1-preview against Claude 3.5 Sonnet"),
            Paragraph("Neither of Aider's boards of 2024 is known as of this date."),
        )


def test_both_boards_of_the_example_are_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with the Sonnet that it ran; the claim is set against both."""
    on_board = runs_with_prices(view_of(home), "aider-edit")
    october = pl.col("model_id").replace({SONNET: "claude-3-5-sonnet-20241022"})
    boards = {"aider-edit": on_board, "aider-refactor": on_board.with_columns(model_id=october)}
    monkeypatch.setattr(example, "runs_with_prices", lambda _view, board: boards[board])
    _, claim, each, measured, solved = worked_example(view_of(home))
    assert isinstance(claim, Paragraph)
    assert "measured: 18 and 18 times. Both lie within the claimed range." in claim.text
    assert isinstance(each, Paragraph)
    first, second = each.text.split("\n")
    assert first.startswith(
        "- **Aider code editing**: o1-preview cost 18 times as much per run as Claude 3.5"
    )
    assert "Sonnet of June 2024" in first
    assert second.startswith("- **Aider refactoring**: o1-preview cost")
    assert "Sonnet of October 2024" in second
    assert isinstance(measured, Drawn)
    assert isinstance(solved, Drawn)
    assert (measured.chart.footing.n, measured.chart.footing.counted) == (4, "runs")
    assert measured.chart.title == ("o1-preview cost 18 and 18 times as much per run as Claude 3.5 Sonnet")


def test_a_wage_needs_the_seconds_of_all_or_of_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no run has its seconds waiting has no price for any, so nothing is unfair."""
    none = runs_with_prices(view_of(home), "aider-edit").with_columns(
        seconds_per_task=pl.lit(None, pl.Float64)
    )
    monkeypatch.setattr(asking, "runs_with_prices", lambda *_: none)
    said = ask(QUESTION, home, wage="60")
    assert said.known
    assert set(table(said, "value").row(3)[1:]) == {"not recorded"}


def test_fewer_than_two_models_are_no_comparison(home: Path) -> None:
    """The board is named, and the example stands all the same."""
    controls = WorthControls(board="aider-edit", first_model=O1_PREVIEW, second_model=None)
    said = QUESTION.answer(view_of(home), controls)
    assert not said.known
    assert said.first_line == "No data yet: fewer than two models on Aider code editing have a list price."
    assert [chart.name for chart in charts_of(said)] == ["two-models-measured", "two-models-solved"]


def test_all_that_a_reader_sets_shapes_the_task() -> None:
    """Each control in its own place of the profile."""
    controls = WorthControls(
        input_tokens=3,
        cached_tokens=2,
        output_tokens=5,
        retries=7,
        task_value=11.0,
        failure_cost=13.0,
        wage=17.0,
    )
    assert _profile(controls) == TaskProfile(
        input_tokens=3,
        output_tokens=5,
        value_of_solved_usd=11.0,
        cached_tokens=2,
        retries=7,
        cost_of_failure_usd=13.0,
        wage_usd_per_hour=17.0,
    )


def test_of_several_models_all_must_be_beaten(three: Path) -> None:
    """The best wins surely against each, whichever of the two is dearer."""
    view = view_of(three)
    on_board = runs_with_prices(view, "aider-edit")
    best, cheap, dear = (offer_of(run_named(on_board, name)) for name in ("third", SONNET, O1_PREVIEW))
    profile = TaskProfile(2000, 1000, 20.0)
    assert _wins(best, cheap, profile)
    assert _wins(best, dear, profile)
    assert not _wins(cheap, best, profile)
    assert not _wins(dear, cheap, profile)
    costly = TaskProfile(2000, 1000, 0.0)
    assert _wins(cheap, dear, costly)
    assert not _wins(dear, cheap, costly)
