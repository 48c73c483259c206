"""Tables that must be turned, or have columns reckoned, to be records: proposed with the key for it."""

from __future__ import annotations

import pytest

from ingest.declared.guess.mapping import Choice, chosen, fields_of
from ingest.declared.guess.proposal import Proposal
from ingest.declared.parse import source_from_toml
from ingest.records import Kind, Records, check
from tests.ingest.declared.test_guessed_forms import payload_of, proposed


def best_of(text: str) -> tuple[Proposal, Records]:
    """The first proposal for a table in CSV, and what it takes in."""
    best = proposed(text, "text/csv")[0]
    records = check(source_from_toml(best.text, "board").parse((payload_of(text, "text/csv"),)))
    assert (best.refused, records.refused.height) == (0, 0)
    return best, records


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "model,score,ci\ngpt-5.2,1470,+5/-4\ngemini-3,1450,+6/-6\n",
            [(1470.0, 1466.0, 1475.0), (1450.0, 1444.0, 1456.0)],
        ),
        (
            "Model,Score,95% CI\ngpt-5.2,81.5%,+1.5/-1.4\ngemini-3,79%,-2 / +2\n",
            [(0.815, 0.801, 0.83), (0.79, 0.77, 0.81)],
        ),
        (
            "Modell;Punkte;KI\ngpt-5.2;81,5;+1,5/−1,4\ngemini-3;79,25;-2/+2\n",
            [(81.5, 80.1, 83.0), (79.25, 77.25, 81.25)],
        ),
        ("model,elo,ci\ngpt-5.2,1470,+5/-4\ngemini-3,1450,+5/-4\n", [(1470, 1466, 1475), (1450, 1446, 1455)]),
    ],
)
def test_margins_become_an_interval(text: str, rows: list[tuple[float, float, float]]) -> None:
    """In the unit and with the decimal sign of the score, whichever of the two stands first."""
    best, records = best_of(text)
    assert "derive = " in best.text
    scores = records.frames[Kind.SCORE].select("score", "low", "high").rows()
    assert scores == [pytest.approx(row) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "model,gpqa,mmlu,ci\ngpt-5.2,81,90,+5/-4\ngemini-3,80,91,+6/-6\n",
        "model,score,change\ngpt-5.2,81,+5\ngemini-3,80,-4\n",
    ],
)
def test_what_may_be_no_margin_of_the_score_is_left_out(text: str) -> None:
    """Of two scores nobody knows whose it is; a change is none."""
    _, records = best_of(text)
    assert records.frames[Kind.SCORE]["low"].null_count() == records.frames[Kind.SCORE].height


def test_what_is_reckoned_stays_when_a_person_maps_columns() -> None:
    """The page shows columns only: an interval that is made up of two is not lost by saving."""
    best, _ = best_of("model,score,ci,votes\ngpt-5.2,1470,+5/-4,10\ngemini-3,1450,+6/-6,20\n")
    fields = fields_of(best.draft)
    choices = {field.name: Choice(field.column, field.unit, field.constant) for field in fields}
    kept = chosen(best.draft, choices).records[0].fields
    assert kept["low"] == {"formula": "{score} - {below}"}
    assert "low" not in chosen(best.draft, {**choices, "low": Choice(constant="1")}).records[0].fields


WIDE = "month,note,DE (GW),FR (GW),US (GW)\n2026-01,a,1,2,3\n2026-02,b,2,3,\n"


def test_several_columns_beside_one_of_dates_are_turned() -> None:
    """One short form for all; a blank cell is no point, and words beside the figures are no series."""
    best, records = best_of(WIDE)
    assert 'unpivot = { keep = ["month", "note"]' in best.text
    assert 'unit = "GW"' in best.text
    points = records.frames[Kind.SERIES_POINT]
    assert points.group_by("series_id").len().sort("series_id").rows() == [
        ("board-de-gw", 2),
        ("board-fr-gw", 2),
        ("board-us-gw", 1),
    ]


def test_a_column_that_comes_later_is_a_series_too() -> None:
    """A new country needs no new form, and of more than twenty columns none is lost."""
    best, _ = best_of(WIDE)
    later = WIDE.replace("US (GW)", "US (GW),IT (GW)").replace(",3\n", ",3,4\n").replace(",3,\n", ",3,,5\n")
    records = check(source_from_toml(best.text, "board").parse((payload_of(later, "text/csv"),)))
    assert records.frames[Kind.SERIES_POINT].filter(series_id="board-it-gw")["value"].to_list() == [4.0, 5.0]
    names = [f"C{at}" for at in range(25)]
    many = f"month,{','.join(names)}\n2026-01,{','.join(map(str, range(25)))}\n"
    assert best_of(many)[1].frames[Kind.SERIES_POINT].height == 25


@pytest.mark.parametrize(
    "text",
    [
        "date,revenue,users\n2026-01,1,2\n2026-02,3,4\n",
        "date,a (%),b (USD),c (users)\n2026-01,1,2,3\n2026-02,3,4,4\n",
    ],
)
def test_few_columns_or_such_of_different_units_have_a_table_each(text: str) -> None:
    """Turned, they would all have the same unit."""
    assert "unpivot" not in best_of(text)[0].text


def test_three_columns_called_like_models_are_turned_and_two_are_not() -> None:
    """A table with a benchmark a row; of two columns nobody knows that no other one is meant."""
    three = "benchmark,gpt-5.2,claude-opus-5,gemini-3-pro\nGPQA,81,82,83\nAIME,91,92,93\n"
    best, records = best_of(three)
    assert 'unpivot = { keep = ["benchmark"]' in best.text
    assert records.frames[Kind.SCORE].height == 6
    two = "\n".join(line.rpartition(",")[0] for line in three.splitlines())
    assert all("unpivot" not in other.text for other in proposed(two, "text/csv"))
