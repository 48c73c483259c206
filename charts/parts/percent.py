"""One way to write percent everywhere: a no-break space before the sign, in words, labels and ticks."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from analysis.amounts import NO_BREAK
from analysis.amounts import percent as percent  # noqa: PLC0414 - one place to import from

_STEPS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_MINUS: Final = "\u2212"


_BELOW_ZERO: Final = re.compile(r"(?<![^\s(>])-(?=[$]?\d)")


def no_break_percent(text: str) -> str:
    """A text as it is set: percent signs stay with their numbers, one space between, and minus is a minus.

    A hyphen within a word or a day stays what it is.
    """
    return _BELOW_ZERO.sub(_MINUS, re.sub(r"(?<=\d) ?%", f"{NO_BREAK}%", text))


def percent_ticks(low: float, high: float, most: int = 11, *, signed: bool = False) -> dict[str, Any]:
    """Ticks of an axis of fractions from `low` to `high`, at most so many, in percent.

    Plotly's own percent format has no space before the sign, so the ticks are written out. No change is 0,
    without a sign.
    """
    step = next((step for step in _STEPS if (high - low) / step <= most - 1), _STEPS[-1])
    ticks = [
        step * place for place in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    ]
    digits = 1 if step < 0.01 else 0
    texts = [percent(tick, digits, signed=signed and tick != 0).replace("-", _MINUS) for tick in ticks]
    return {"tickvals": ticks, "ticktext": texts}
