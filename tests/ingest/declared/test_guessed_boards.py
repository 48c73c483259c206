"""Boards as their makers keep them: footnotes, intervals, counts and times beside scores, several tables."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from ingest.declared.guess.drafts import About
from ingest.declared.guess.mapping import Choice, chosen, tables_of
from ingest.declared.guess.proposal import Proposal, proposals
from ingest.declared.parse import source_from_toml
from ingest.records import Kind, Records, check
from ingest.source import Payload

ABOUT = About("board", "https://example.org/board.md", title="A board")

FOOTNOTES = """
| Model | Effort[^1] | GPQA [^2] | MATH | Running Time (hours) |
|---|---|---:|---:|---:|
| **o3** | | | | | |
| o3-high [^3] | n/a | 83.4 | 98.1 [^4] | 24 |
| o3 [^3] [^5] | n/a | 82.8 | 97.8 | 24 |
| GPT-5 mini[^3] | n/a | 78.1 | 95.5[^4] | 12 |

[^1]: as the maker says
"""

LEVELS = """
| Agent | LLM used | Low == Lite (%) | Medium (%) | High (%) | All (%) | Hours | Date |
|---|---|---|---|---|---|---|---|
| One | Gemini-3-Flash | 77.27 ± 0.0[^3] | 63.15 ± 1.51 | 40.0 ± 0.00 | 62.66 ± 0.76 | 24 | 2026-02-09 |
| Two | GPT-5.2 | 80.30 ± 1.52 | 57.89 ± 1.52 | 42.22 ± 2.22 | 61.33 ± 1.33 | 12 | 2026-02-14 |
| Three | Claude Opus 4.5 | 81.00 ± 1.10 | 58.00 ± 0.88 | 41.11 ± 2.22 | 62.00 ± 0.44 | 24 | 2026-03-01 |
"""

QUANTILES = """model,score,rating_q025,rating_q975,CI,avg_tokens,date
gpt-4-turbo-2024-04-09,82.63,80.75,84.6,"(-1.88, +1.97)",662.0,2024-07-31
claude-3-5-sonnet-20240620,79.35,77.25,80.62,"(-2.10, +1.27)",567.0,2024-07-31
gpt-4o-2024-05-13,79.21,77.42,80.71,"(-1.79, +1.50)",696.0,2024-07-31
"""

LATER_TABLES = """
|Rank|Model|Score %|#Puzzles|
|---:|-----|------:|-------:|
|1|Gemini 3 Pro|98.4|940|
|2|GPT-5.5|97.5|940|
|3|Claude Opus 4.5|96.9|940|

Of before:

|Rank|Model|Score %|#Puzzles|Total Coverage|
|---:|-----|------:|---:|---:|
|1|GPT-4o|52.7|194|194/940|
|2|GPT-5|51.5|759|759/940|
|3|Grok 4|51.8|759|759/940|
|4|Claude 3 Opus|27.3|759|759/940|
"""

RATES = """
|Model|Hallucination Rate|Answer Rate|Average Summary Length (Words)|
|----|----:|----:|----:|
|GPT-5|1.8 %|99.1 %|84.1|
|Gemini 3 Pro|2.0 %|98.7 %|102.5|
|Claude Opus 4.5|2.2 %|99.6 %|75.9|
"""


def payload_of(text: str, content_type: str) -> Payload:
    body = text.encode()
    as_of = datetime(2026, 11, 1, tzinfo=UTC)
    return Payload("board", ABOUT.url, as_of, sha256(body).hexdigest(), body, content_type)


def best(text: str, content_type: str = "text/markdown") -> Proposal:
    return proposals(payload_of(text, content_type), ABOUT)[0]


def taken(text: str, content_type: str = "text/markdown") -> Records:
    source = source_from_toml(best(text, content_type).text, "board")
    return check(source.parse((payload_of(text, content_type),)))


def boards(records: Records) -> dict[str, list[float]]:
    scores = records.frames[Kind.SCORE]
    return {
        name[0]: frame["score"].round(4).to_list()
        for name, frame in scores.partition_by("benchmark_id", as_dict=True, maintain_order=True).items()
    }


def test_footnotes_are_no_part_of_names_and_figures() -> None:
    """Nor is a line that only names a family, whose cells are blank, an error."""
    records = taken(FOOTNOTES)
    assert boards(records) == {"board-gpqa": [0.834, 0.828, 0.781], "board-math": [0.981, 0.978, 0.955]}
    assert set(records.frames[Kind.SCORE]["model_name"]) == {"o3-high", "o3", "GPT-5 mini"}
    assert records.refused.is_empty()


def test_levels_of_difficulty_are_scores_and_hours_are_none() -> None:
    """Low and high beside medium are levels, each with its margin cut off; the agent tells rows apart."""
    records = taken(LEVELS)
    assert boards(records) == {
        "board-low-lite": [0.7727, 0.803, 0.81],
        "board-medium": [0.6315, 0.5789, 0.58],
        "board-high": [0.4, 0.4222, 0.4111],
        "board-all": [0.6266, 0.6133, 0.62],
    }
    assert set(records.frames[Kind.SCORE]["setting"]) == {"One", "Two", "Three"}


def test_columns_that_enclose_a_score_are_its_interval() -> None:
    """And the tokens of an answer on average are neither a score nor what was used in a day."""
    found = best(QUANTILES, "text/csv")
    assert found.kind is Kind.SCORE
    scores = taken(QUANTILES, "text/csv").frames[Kind.SCORE]
    assert scores["score"].round(4).to_list() == [0.8263, 0.7935, 0.7921]
    assert scores["low"].round(4).to_list() == [0.8075, 0.7725, 0.7742]
    assert scores["high"].round(4).to_list() == [0.846, 0.8062, 0.8071]


@pytest.mark.parametrize("names", [("ci_low", "ci_high"), ("lower", "upper"), ("score 2.5%", "score 97.5%")])
def test_ends_of_an_interval_have_many_names(names: tuple[str, str]) -> None:
    """What lies around every score is told by the figures, and which end by the name."""
    text = (
        f"model,score,{names[0]},{names[1]}\ngpt-5,71.0,70.1,72.3\no3,65.2,63.9,66.0\ngrok-4,60.1,58.8,61.9\n"
    )
    scores = taken(text, "text/csv").frames[Kind.SCORE]
    assert scores["score"].round(4).to_list() == [0.71, 0.652, 0.601]
    assert scores["low"].round(4).to_list() == [0.701, 0.639, 0.588]
    assert scores["high"].round(4).to_list() == [0.723, 0.66, 0.619]


def test_a_point_in_the_name_of_a_benchmark_stays() -> None:
    """Versions of a benchmark are no numbers beside it."""
    text = "model,Terminal Task 2.1,Logic-Grid v3.0\ngpt-5,71.0,70.1\no3,65.2,63.9\n"
    assert boards(taken(text, "text/csv")).keys() == {"board-terminal-task-2.1", "board-logic-grid-v3.0"}


def test_an_end_may_be_the_score_itself() -> None:
    """As where every task was solved, or none."""
    text = "model,score,lower,upper\ngpt-5,100,97.1,100\no3,98.5,95,100\ngrok-4,0,0,2.9\n"
    scores = taken(text, "text/csv").frames[Kind.SCORE]
    assert scores.select("score", "low", "high").rows() == [
        pytest.approx(row) for row in ((1.0, 0.971, 1.0), (0.985, 0.95, 1.0), (0.0, 0.0, 0.029))
    ]


def test_columns_that_do_not_enclose_the_score_are_no_interval() -> None:
    """The lowest and the highest of other rounds are no interval of this one."""
    text = "model,score,lower,upper\ngpt-5,71.0,30.1,60.3\no3,65.2,63.9,66.0\ngrok-4,60.1,12.8,31.9\n"
    scores = taken(text, "text/csv").frames[Kind.SCORE]
    assert scores["low"].null_count() == scores.height == 3


def test_the_first_of_tables_that_are_alike_is_read() -> None:
    """A longer one of before stands below it; how many of how many is no score."""
    found = best(LATER_TABLES)
    assert found.table == "1"
    assert boards(taken(LATER_TABLES)) == {"board": [0.984, 0.975, 0.969]}


def test_rates_in_percent_are_no_prices_and_a_length_is_no_score() -> None:
    """Though "rate" is a word of prices, and "average" one of scores."""
    assert boards(taken(RATES)) == {
        "board-hallucination-rate": [0.018, 0.02, 0.022],
        "board-answer-rate": [0.991, 0.987, 0.996],
    }


ERRORS = """model,WER ↓,Error rate (%),Errors
whisper-large-v3,0.074,7.4,12
gpt-4o-transcribe,0.061,6.1,10
voxtral-small,0.069,6.9,11
"""


def test_where_lower_is_better_the_benchmark_says_so() -> None:
    """Rates of errors are scores whose fewest lead; numbers of errors are none."""
    errors, rates = taken(ERRORS, "text/csv"), taken(RATES)
    assert dict(errors.frames[Kind.BENCHMARK].select("benchmark_id", "higher_is_better").iter_rows()) == {
        "board-wer": False,
        "board-error-rate": False,
    }
    assert set(errors.frames[Kind.SCORE]["benchmark_id"]) == {"board-wer", "board-error-rate"}
    assert rates.frames[Kind.BENCHMARK]["benchmark_id"].to_list() == ["board-hallucination-rate"]
    assert set(rates.frames[Kind.SCORE]["benchmark_id"]) == {"board-hallucination-rate", "board-answer-rate"}


def test_what_describes_a_benchmark_follows_what_is_chosen_for_its_scores() -> None:
    """Another name and another unit hold for both, and without the scores nothing is described."""
    draft = best(ERRORS, "text/csv").draft
    wer, error_rate = tables_of(draft)
    renamed = chosen(
        draft, {"benchmark_id": Choice(constant="wer"), "unit": Choice(constant="points")}, [wer]
    )
    described, scores = renamed.records
    assert (described.kind, scores.kind) == (Kind.BENCHMARK, Kind.SCORE)
    for record in (described, scores):
        assert (record.constants["benchmark_id"], record.constants["unit"]) == ("wer", "points")
    kept = chosen(draft, {}, [error_rate])
    assert {record.constants["benchmark_id"] for record in kept.records} == {"board-error-rate"}
