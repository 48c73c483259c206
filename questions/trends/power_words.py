"""What the tests of the capability index would have noticed, and what the faster one finds, as sentences."""

from __future__ import annotations

from datetime import date

from analysis.results import months_after
from analysis.trends.bend import Bend
from analysis.trends.power import BEND, BEND_THRESHOLD, BEND_THRESHOLD_MONTHLY, VERDICT, is_noticed
from analysis.trends.simulation import MODELS_A_YEAR
from charts.parts.figure import in_words
from charts.parts.percent import percent


def of_power(end: date, models_a_year: float) -> str:
    """How surely the verdict would have noticed a full stop a year, and half a year, before the data end."""
    year, half = in_words(months_after(end, -12)), in_words(months_after(end, -6))
    return (
        f"**Power.** Had progress stopped on {year}, a year before these data end, the verdict would have "
        f"been slowing or plateau with probability {percent(VERDICT.at(12))}; had it stopped on {half}, "
        f"with {percent(VERDICT.at(6))}. From {VERDICT.worlds:,} simulated worlds of {MODELS_A_YEAR} models "
        f"a year; these data have {models_a_year:.0f}."
    )


def of_bend(bend: Bend) -> str:
    """What the test of a downward bend finds, with its threshold, false alarms and power."""
    found = (
        f"finds a bend downwards, best {bend.months_ago} months before the data end"
        if is_noticed(bend)
        else "finds no bend downwards"
    )
    return (
        f"**A faster test** {found}: a line with a knot fits better than a straight one by {bend.gain:.1f}, "
        f"where more than {BEND_THRESHOLD:.1f} is noticed. In {BEND.worlds} simulated worlds one look "
        f"notices a full stop after six months with probability {percent(BEND.at(6))}, after nine with "
        f"{percent(BEND.at(9))}, and sees one on 5 % of straight lines; looks every month need "
        f"{BEND_THRESHOLD_MONTHLY:.1f}. With the dates and scatter of the indices themselves false alarms "
        "are 8 to 9 %, so it stands beside the verdict and does not decide it."
    )
