"""Controls: one definition for addresses, widgets, commands and routes; one sentence for what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.controls import (
    Choice,
    Chosen,
    ControlError,
    Day,
    Number,
    Option,
    Several,
    Span,
    Switch,
    allowed,
    applying,
    control,
    must_read,
    read,
    specs,
    written,
)
from questions.view import View
from store.ledger import Ledger
from store.snapshot import Snapshot

TREES = (Option("oak", "Oak"), Option("elm", "Elm (field)"), Option("yew", "Yew"))


def leaves(_view: View, chosen: Chosen) -> Sequence[Option]:
    """What can be chosen depends on what was chosen before."""
    return (Option(f"{chosen['tree']}-leaf", "Leaf"), Option(f"{chosen['tree']}-root", "Root"))


@dataclass(frozen=True, slots=True)
class Garden:
    """Controls of every kind."""

    tree: str = control("elm", Choice("Tree", TREES))
    part: str = control("elm-leaf", Choice("Part", leaves))
    marked: str | None = control(None, Choice("Marked", TREES, optional=True))
    compared: tuple[str, ...] = control(("oak", "yew"), Several("Compared", TREES, 2, 3))
    age: int = control(10, Number("Age", 0, 900, 1))
    height: float = control(2.5, Number("Height", 0.0, 90.0, 0.5))
    spread: tuple[float, float] = control((2.0, 10.0), Span("Spread", 0.5, 20.0, 0.5))
    seen_on: date | None = control(None, Day("Seen on", date(2023, 1, 1)))
    fruit: bool = control(False, Switch("Fruit"))
    berries: int = control(3, Number("Berries", 1, 9, 1, applies=lambda chosen: chosen["fruit"]))


@pytest.fixture
def view(tmp_path: Path) -> View:
    """A view whose snapshot is never asked."""
    snapshot = Snapshot("00000001", tmp_path / "00000001.duckdb")
    return View(snapshot, date(2025, 6, 1), date(2026, 1, 1), Ledger(tmp_path / "ledger.sqlite"))


def test_without_words_every_control_stands_at_its_default(view: View) -> None:
    """The default of a day is the as-of date."""
    found, problems = read(Garden, view, {})
    assert problems == ()
    assert found == Garden(seen_on=date(2025, 6, 1))


def test_a_default_that_is_not_offered_gives_way_to_the_first_that_is(view: View) -> None:
    """Data of a past date may lack the usual choice."""
    assert read(Garden, view, {"tree": ["yew"]})[0].part == "yew-leaf"


GOOD = {
    "tree": (["oak"], "oak"),
    "marked": (["yew"], "yew"),
    "compared": (["elm", "oak", "yew"], ("elm", "oak", "yew")),
    "age": (["12"], 12),
    "height": (["0.25"], 0.25),
    "spread": (["3", "4.5"], (3.0, 4.5)),
    "seen_on": (["2024-02-29"], date(2024, 2, 29)),
    "fruit": (["true"], True),
}


@pytest.mark.parametrize("name", GOOD)
def test_words_become_values_of_the_field_s_type(view: View, name: str) -> None:
    """Each kind of control reads its own words."""
    words, value = GOOD[name]
    found, problems = read(Garden, view, {name: words})
    assert problems == ()
    assert getattr(found, name) == value
    assert type(getattr(found, name)) is type(value)


def test_a_label_is_understood_as_its_value(view: View) -> None:
    """Links of earlier versions hold the names that readers saw."""
    assert must_read(Garden, view, {"tree": ["elm (FIELD)"]}).tree == "elm"


BAD = {
    "not offered": ("tree", ["ash"], "oak, elm, yew"),
    "offered beside another choice only": ("part", ["oak-leaf"], "elm-leaf, elm-root"),
    "too few": ("compared", ["oak"], "2 to 3"),
    "too many": ("compared", ["oak", "elm", "yew", "oak", "ash"], "oak, elm, yew"),
    "twice the same is one": ("compared", ["oak", "oak"], "was given 1"),
    "no number": ("age", ["old"], "0 to 900"),
    "too large": ("age", ["901"], "0 to 900"),
    "not whole": ("age", ["1.5"], "whole number"),
    "not a number by name": ("height", ["nan"], "0 to 90"),
    "endless": ("height", ["inf"], "0 to 90"),
    "larger than any number": ("height", ["1e400"], "0 to 90"),
    "one end": ("spread", ["3"], "two numbers"),
    "the higher first": ("spread", ["4", "3"], "the lower first"),
    "no day": ("seen_on", ["2025-02-30"], "2023-01-01 to 2025-06-01"),
    "a day not reached": ("seen_on", ["2025-06-02"], "2023-01-01 to 2025-06-01"),
    "neither on nor off": ("fruit", ["perhaps"], "true or false"),
    "two values": ("tree", ["oak", "elm"], "one value"),
    "empty": ("tree", [""], "oak, elm, yew"),
    "no such control": ("leaf", ["1"], "tree, part, marked"),
    "no meaning beside the others": ("berries", ["3"], "fruit = false"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_used_is_a_sentence_that_names_what_can(view: View, kind: str) -> None:
    """The control stands at its default, the sentence names the control, the word and what is allowed."""
    name, words, said = BAD[kind]
    found, (problem,) = read(Garden, view, {name: words})
    assert said in problem
    assert name in problem
    assert problem.endswith((".", "?"))
    assert found == Garden(seen_on=date(2025, 6, 1))
    with pytest.raises(ControlError, match=r".") as error:
        must_read(Garden, view, {name: words})
    assert str(error.value) == problem


def test_every_wrong_word_is_told_not_only_the_first(view: View) -> None:
    """A person mends an address once."""
    _, problems = read(Garden, view, {"tree": ["ash"], "age": ["-1"], "colour": ["red"]})
    assert len(problems) == 3


def test_of_many_values_the_nearest_are_named(view: View) -> None:
    """A list of a thousand models is no help, three of them are."""
    many = tuple(Option(f"model-{number}", f"Model {number}") for number in range(1000))

    @dataclass(frozen=True, slots=True)
    class Models:
        model: str = control("model-1", Choice("Model", many))

    _, (problem,) = read(Models, view, {"model": ["modle-77"]})
    assert "model-77" in problem
    assert "988 more" in problem
    assert len(problem) < 400


def test_a_control_without_a_meaning_is_not_written(view: View) -> None:
    """A link holds what shapes the answer, and nothing else."""
    plain = must_read(Garden, view, {})
    assert "berries" not in dict(written(plain))
    fruitful = must_read(Garden, view, {"fruit": ["yes"], "berries": ["7"]})
    assert dict(written(fruitful))["berries"] == "7"
    assert "berries" in applying(fruitful)


def test_every_control_says_what_it_takes(view: View) -> None:
    """Help and descriptions have words for each kind."""
    chosen = {"tree": "elm", "part": "elm-leaf"}
    assert all(allowed(spec, view, chosen) for spec in specs(Garden).values())


@given(
    tree=st.sampled_from(["oak", "elm", "yew"]),
    marked=st.sampled_from([None, "oak", "yew"]),
    compared=st.permutations(["oak", "elm", "yew"]).map(lambda trees: tuple(trees[:2])),
    age=st.integers(0, 900),
    height=st.floats(0.0, 90.0),
    ends=st.tuples(st.floats(0.5, 20.0), st.floats(0.5, 20.0)).map(lambda pair: tuple(sorted(pair))),
    seen_on=st.dates(date(2023, 1, 1), date(2025, 6, 1)),
    fruit=st.booleans(),
)
def test_what_is_written_reads_as_the_same(  # noqa: PLR0917 - one argument for each control
    tmp_path_factory: pytest.TempPathFactory,
    tree: str,
    marked: str | None,
    compared: tuple[str, ...],
    age: int,
    height: float,
    ends: tuple[float, float],
    seen_on: date,
    fruit: bool,
) -> None:
    """A link shows for ever what it was copied from; numbers keep twelve digits."""
    folder = tmp_path_factory.getbasetemp()
    snapshot = Snapshot("00000001", folder / "00000001.duckdb")
    seen = View(snapshot, date(2025, 6, 1), date(2026, 1, 1), Ledger(folder / "ledger.sqlite"))
    rounded = float(f"{height:.12g}")
    spread = (float(f"{ends[0]:.12g}"), float(f"{ends[1]:.12g}"))
    asked = Garden(tree, f"{tree}-root", marked, compared, age, rounded, spread, seen_on, fruit)
    words: dict[str, list[str]] = {}
    for name, word in written(asked):
        words.setdefault(name, []).append(word)
    assert must_read(Garden, seen, words) == asked
