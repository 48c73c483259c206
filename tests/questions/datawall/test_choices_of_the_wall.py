"""What can be moved of the data wall, and what each word means for the forecast."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.datawall.inputs import WallChoices
from questions.controls import Choice, Number, specs
from questions.datawall.controls import WallControls, choices_of
from questions.datawall.forecast import _VARIANTS

USUAL = WallControls()


def test_what_nobody_moved_is_the_history_of_training_sets() -> None:
    """The usual assumptions, so that they need no line of their own."""
    assert choices_of(USUAL) == WallChoices()
    assert WallControls("1", "history", "1", "as-drawn", 0.0, True) == USUAL


@pytest.mark.parametrize(
    ("moved", "choices"),
    [
        (replace(USUAL, stock="0.5"), WallChoices(stock_factor=0.5)),
        (replace(USUAL, growth="0.3"), WallChoices(growth_orders_per_year=0.3)),
        (replace(USUAL, over_training="100"), WallChoices(over_training=100.0)),
        (replace(USUAL, epochs="4"), WallChoices(epochs=4.0)),
        (replace(USUAL, compute=0.5), WallChoices(compute_weight=0.5)),
        (replace(USUAL, stock_grows=False), WallChoices(stock_grows=False)),
    ],
)
def test_each_word_moves_its_own_assumption(moved: WallControls, choices: WallChoices) -> None:
    """And no other."""
    assert choices_of(moved) == choices


def test_every_word_that_is_offered_can_be_drawn() -> None:
    """Factors around one, growth around the history's, readings from one to sixteen, compute from 0 to 1."""
    offered = {
        name: [option.value for option in one.options]
        for name, one in specs(WallControls).items()
        if isinstance(one, Choice) and not callable(one.options)
    }
    assert offered == {
        "stock": ["0.1", "0.2", "0.5", "1", "2", "5", "10"],
        "growth": ["history", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.8", "1.0"],
        "over_training": ["1", "2", "5", "10", "20", "50", "100"],
        "epochs": ["as-drawn", "1", "2", "3", "4", "6", "10", "16"],
    }
    for name, words in offered.items():
        for word in words:
            choices_of(replace(USUAL, **{name: word}))  # type: ignore[arg-type]
    compute = specs(WallControls)["compute"]
    assert isinstance(compute, Number)
    assert (compute.low, compute.high, compute.step) == (0, 1, 0.1)


def test_the_variants_beside_the_forecast_are_those_of_their_names() -> None:
    """Each differs from the history by what it is called."""
    assert dict(_VARIANTS) == {
        "History of training sets only": WallChoices(),
        "The stock does not grow": WallChoices(stock_grows=False),
        "Half of the draws follow training compute": WallChoices(compute_weight=0.5),
        "Over-trained 5 times": WallChoices(over_training=5.0),
        "Over-trained 100 times": WallChoices(over_training=100.0),
    }
