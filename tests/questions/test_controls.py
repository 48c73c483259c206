"""Controls: one definition for addresses, widgets, commands and routes; one sentence for what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    NoControls,
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
    word_of,
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


CHOSEN = {"tree": "elm", "part": "elm-leaf", "fruit": False}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tree", "oak, elm, yew"),
        ("part", "elm-leaf, elm-root"),
        ("compared", "2 to 3 of oak, elm, yew"),
        ("age", "a number from 0 to 900"),
        ("height", "a number from 0 to 90"),
        ("spread", "two numbers from 0.5 to 20, the lower first"),
        ("seen_on", "a day from 2023-01-01 to 2025-06-01 as YYYY-MM-DD"),
        ("fruit", "true or false"),
    ],
)
def test_what_a_control_takes_is_said_in_full(view: View, name: str, said: str) -> None:
    """Words as they stand in addresses, ends as people write them."""
    assert allowed(specs(Garden)[name], view, CHOSEN) == said


@pytest.mark.parametrize(("count", "said"), [(12, "11"), (13, "11 and 1 more")])
def test_twelve_words_are_listed(view: View, count: int, said: str) -> None:
    """Of more the others are counted; where there is none that is said."""
    options = tuple(Option(str(number), f"Number {number}") for number in range(count))
    assert allowed(Choice("Any", options), view, {}).endswith(said)
    nothing = "nothing, since nothing is known as of this date"
    assert allowed(Choice("Any", ()), view, {}) == allowed(Several("Any", (), 1, 2), view, {}) == nothing


@pytest.mark.parametrize(("count", "asks"), [(12, False), (13, True)])
def test_the_nearest_are_named_where_not_all_are_listed(view: View, count: int, asks: bool) -> None:
    """Three at most, the nearest first."""
    options = tuple(Option(f"model-{number:02}", "") for number in range(count))

    @dataclass(frozen=True, slots=True)
    class Models:
        model: str = control("model-01", Choice("Model", options))

    _, (problem,) = read(Models, view, {"model": ["modle-01"]})
    assert problem.startswith("model = 'modle-01' cannot be used; it takes model-00, model-01, ")
    near = problem.partition(" Did you mean ")[2]
    assert bool(near) is asks
    assert not asks or (near.startswith("model-01 or ") and near.count(" or ") == 2 and near.endswith("?"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"leaf": ["1"]},
            "There is no control 'leaf'; there are tree, part, marked, compared, age, ",
        ),
        ({"age": ["1.5"]}, "age = '1.5' cannot be used; it takes a whole number."),
        ({"compared": ["oak"]}, "compared takes 2 to 3 values and was given 1."),
        ({"tree": ["oak", "elm"]}, "tree takes one value and was given 2: oak, elm."),
        (
            {"berries": ["3", "4"]},
            "berries = '3, 4' has no meaning with tree = elm, part = elm-leaf, fruit = false.",
        ),
    ],
    ids=["no such", "not whole", "too few", "two", "no meaning"],
)
def test_each_fault_has_its_sentence(view: View, given: dict[str, list[str]], said: str) -> None:
    """With the name, the word, and what was chosen before where it matters."""
    _, (problem,) = read(Garden, view, given)
    assert problem.startswith(said)


def test_a_question_without_controls_says_that_it_has_none(view: View) -> None:
    """Whatever it is given."""
    _, (problem,) = read(NoControls, view, {"leaf": ["1"]})
    assert problem == "There is no control 'leaf'; this question has none."


def test_what_has_no_meaning_beside_nothing_says_so(view: View) -> None:
    """Where no choice stands before it there are only the other controls to name."""

    @dataclass(frozen=True, slots=True)
    class Never:
        age: int = control(1, Number("Age", 0, 9, 1))
        depth: int = control(1, Number("Depth", 0, 9, 1, applies=lambda _chosen: False))

    _, (problem,) = read(Never, view, {"depth": ["3"]})
    assert problem == "depth = '3' has no meaning with the other controls."


@pytest.mark.parametrize(
    ("word", "value"),
    [
        (" YES ", True),
        ("1", True),
        ("on", True),
        ("0", False),
        ("no", False),
        ("Off", False),
        ("false", False),
    ],
)
def test_on_and_off_have_several_words(view: View, word: str, value: bool) -> None:
    """In any case, with blanks around them."""
    assert must_read(Garden, view, {"fruit": [word]}).fruit is value


def test_several_may_stand_in_one_word(view: View) -> None:
    """Parted by commas, by label too, each once; a label with a comma in it is one."""
    assert must_read(Garden, view, {"compared": ["yew, oak,yew"]}).compared == ("yew", "oak")
    options = (Option("a", "A, the first"), Option("b", "B"))

    @dataclass(frozen=True, slots=True)
    class Letters:
        letters: tuple[str, ...] = control((), Several("Letters", options, 0, 2))

    assert must_read(Letters, view, {"letters": ["A, the first", "b"]}).letters == ("a", "b")


def test_of_two_options_with_one_label_the_first_is_meant(view: View) -> None:
    """A value comes before a label."""
    options = (Option("a", "Same"), Option("b", "same"), Option("same", "Other"))

    @dataclass(frozen=True, slots=True)
    class Letters:
        letter: str = control("a", Choice("Letter", options))

    assert must_read(Letters, view, {"letter": ["SAME"]}).letter == "a"
    assert must_read(Letters, view, {"letter": ["same"]}).letter == "same"


@pytest.mark.parametrize(
    ("default", "fewest", "chosen"),
    [
        (("yew", "ash"), 1, ("yew",)),
        (("ash",), 1, ("oak",)),
        (("yew", "ash"), 2, ("oak", "elm")),
        ((), 0, ()),
    ],
    ids=["what is offered stays", "the first", "the first two", "none"],
)
def test_of_several_defaults_those_stay_that_are_offered(
    view: View, default: tuple[str, ...], fewest: int, chosen: tuple[str, ...]
) -> None:
    """Where too few are left the first that the data offer stand for them."""

    @dataclass(frozen=True, slots=True)
    class Trees:
        trees: tuple[str, ...] = control(default, Several("Trees", TREES, fewest, 3))

    assert must_read(Trees, view, {}).trees == chosen


def test_a_default_that_has_no_meaning_is_not_asked_of_the_data(view: View) -> None:
    """A choice keeps it, several keep none, and neither asks what is offered."""

    def never(_view: View, _chosen: Chosen) -> Sequence[Option]:
        raise AssertionError

    def nowhere(_chosen: Chosen) -> bool:
        return False

    @dataclass(frozen=True, slots=True)
    class Trees:
        tree: str = control("oak", Choice("Tree", never, applies=lambda _chosen: False))
        trees: tuple[str, ...] = control(
            ("oak",), Several("Trees", never, 0, 3, applies=lambda _chosen: False)
        )

    assert must_read(Trees, view, {}) == Trees("oak", ())


def test_a_choice_without_a_default_begins_with_the_first_unless_it_may_be_none(view: View) -> None:
    """None is a value of an optional choice only; an optional default that is not offered gives way, too."""

    @dataclass(frozen=True, slots=True)
    class Trees:
        must: str | None = control(None, Choice("Must", TREES))
        may: str | None = control(None, Choice("May", TREES, optional=True))
        named: str | None = control("ash", Choice("Named", TREES, optional=True))

    assert must_read(Trees, view, {}) == Trees("oak", None, "oak")


def test_a_day_is_never_before_the_first(view: View) -> None:
    """As of a day before it the first is the default, the only one allowed, and what is said."""
    early = replace(view, as_of=date(2022, 1, 1))
    assert must_read(Garden, early, {}).seen_on == date(2023, 1, 1)
    assert must_read(Garden, early, {"seen_on": ["2023-01-01"]}).seen_on == date(2023, 1, 1)
    _, (problem,) = read(Garden, early, {"seen_on": ["2023-01-02"]})
    assert problem.endswith("it takes a day from 2023-01-01 to 2023-01-01 as YYYY-MM-DD.")
    with pytest.raises(ControlError):
        must_read(Garden, view, {"seen_on": ["2022-12-31"]})


@pytest.mark.parametrize(("word", "value"), [("0", 0.0), ("90", 90.0), ("1e1", 10.0)])
def test_the_ends_of_a_number_are_allowed(view: View, word: str, value: float) -> None:
    """And so are powers of ten; both ends of a span may be the same."""
    assert must_read(Garden, view, {"height": [word]}).height == value
    assert must_read(Garden, view, {"spread": ["0.5", "0.5"]}).spread == (0.5, 0.5)
    assert must_read(Garden, view, {"age": ["900.0"]}).age == 900


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (True, "true"),
        (False, "false"),
        (2.0, "2"),
        (0.1 + 0.2, "0.3"),
        (7, "7"),
        (date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_a_value_is_written_as_people_would(value: object, word: str) -> None:
    """Twelve digits of a number, a day as YYYY-MM-DD."""
    assert word_of(value) == word


def test_what_has_no_value_is_not_written(view: View) -> None:
    """An optional choice of none leaves nothing in the address."""
    assert [name for name, _ in written(must_read(Garden, view, {}))] == [
        "tree",
        "part",
        "compared",
        "compared",
        "age",
        "height",
        "spread",
        "spread",
        "seen_on",
        "fruit",
    ]
