"""What a reader may choose in the question on the dot-com years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from charts.dotcom import booms
from questions.controls import Choice, Number, Option, Switch, control
from questions.dotcom.markets import NOW, THEN, markets_to_choose

_BASE_RATES: Final = "base rates"


@dataclass(frozen=True, slots=True)
class DotcomControls:
    """Market, starts, kind of level, and which months count as dear and fast-risen.

    `market` is None where no market has prices; its default is the index with the newest prices.
    """

    market: str | None = control(None, Choice("Market", markets_to_choose))
    then: str = control(
        "netscape",
        Choice("Dot-com boom starts with", [Option(name, start.name) for name, start in THEN.items()]),
    )
    now: str = control(
        "chatgpt",
        Choice("AI boom starts with", [Option(name, start.name) for name, start in NOW.items()]),
    )
    real: bool = control(False, Switch("In constant money", near=booms.NAME, only_its_chart=True))
    log_boom: bool = control(True, Switch("Logarithmic axis", near=booms.NAME, only_its_chart=True))
    cape: int = control(25, Number("CAPE of at least", 15, 35, 1, near=_BASE_RATES))
    rise: int = control(50, Number("Real rise in three years, at least (%)", 20, 100, 10, near=_BASE_RATES))
