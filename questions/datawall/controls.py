"""What a reader may move in the question on the data wall, and the assumptions that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.datawall.inputs import WallChoices
from questions.controls import Choice, Number, Option, Switch, control

_HISTORY: Final = "history"
_DRAWN: Final = "as-drawn"


def _numbers(*words: str) -> tuple[Option, ...]:
    return tuple(Option(word, word) for word in words)


@dataclass(frozen=True, slots=True)
class WallControls:
    """Assumptions of the forecast; the defaults are those of the history of training sets alone."""

    stock: str = control(
        "1",
        Choice("Stock of text, times the estimate", _numbers("0.1", "0.2", "0.5", "1", "2", "5", "10")),
    )
    growth: str = control(
        _HISTORY,
        Choice(
            "Growth of training sets, orders of magnitude a year",
            (
                Option(_HISTORY, "as in their history"),
                *_numbers("0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.8", "1.0"),
            ),
            help="0.3 is a doubling every year; history draws from the growth of the sets of the paper.",
        ),
    )
    over_training: str = control(
        "1",
        Choice(
            "Over-training, times the tokens per parameter",
            _numbers("1", "2", "5", "10", "20", "50", "100"),
            help="At equal compute a set grows with the square root of tokens per parameter.",
        ),
    )
    epochs: str = control(
        _DRAWN,
        Choice(
            "Times that a text is read",
            (Option(_DRAWN, "as drawn"), *_numbers("1", "2", "3", "4", "6", "10", "16")),
            help=(
                "Reading a text again is worth less each time. As drawn: a gain of 2 to 5 times, as the "
                "paper has it."
            ),
        ),
    )
    compute: float = control(
        0.0,
        Number("Share of draws that follow training compute", 0, 1, 0.1, help="From 0 (none) to 1 (all)."),
    )
    stock_grows: bool = control(True, Switch("The stock of text grows"))


def choices_of(controls: WallControls) -> WallChoices:
    """The controls as the forecast takes them."""
    return WallChoices(
        stock_factor=float(controls.stock),
        stock_grows=controls.stock_grows,
        growth_orders_per_year=None if controls.growth == _HISTORY else float(controls.growth),
        over_training=float(controls.over_training),
        epochs=None if controls.epochs == _DRAWN else float(controls.epochs),
        compute_weight=controls.compute,
    )
