"""What is said beside the front as it plays, one line for each moment, as pure functions."""

from __future__ import annotations

from typing import Any, Final

from analysis.capability.front_through_time import Moment
from charts.parts.axes import money, score_text
from charts.parts.figure import in_words

_ROUND_SCORES: Final = (0.9, 0.8, 0.7, 0.6, 0.5)


def title(first: Moment, last: Moment, measure: str, unit: str) -> str:
    """What the first best score cost then and what the cheapest model that reaches it costs at the end."""
    began = _best(first)
    now = last.cheapest(began["value"])
    ended = _best(last)
    if now is not None and now["cost"] < began["cost"]:
        return (
            f"{score_text(began['value'], unit)} on {measure}, the best in {first.on:%B %Y}, cost "
            f"{money(began['cost'])} then and {money(now['cost'])} in {last.on:%B %Y}"
        )
    return (
        f"The best priced score on {measure} went from {score_text(began['value'], unit)} in "
        f"{first.on:%B %Y} to {score_text(ended['value'], unit)} in {last.on:%B %Y}"
    )


def at_a_host(first: Moment, last: Moment) -> str:
    """That the model which the title tells of has its price at a host; empty where its maker asks it.

    `models` of the moments: with `is_makers`, whether the list price is the maker's.
    """
    began = _best(first)
    now = last.cheapest(began["value"])
    if now is None or now["cost"] >= began["cost"] or now["is_makers"]:
        return ""
    return (
        f"{now['title']} has its price of {money(now['cost'])} at a host, since its maker lists none. "
        "Overview and Falling price count makers' prices only, so theirs is another."
    )


def moment(now: Moment, before: Moment | None, measure: str, unit: str) -> str:
    """The best score and its cost, a round score below it, and what the best of a year before costs now."""
    best = _best(now)
    parts = [
        f"{in_words(now.on)}: the best priced model on {measure} is {best['title']}, "
        f"{score_text(best['value'], unit)} for {money(best['cost'])}."
    ]
    level = next((one for one in _ROUND_SCORES if unit == "fraction" and one < best["value"]), None)
    at = None if level is None else now.cheapest(level)
    if level is not None and at is not None and at["model_id"] != best["model_id"]:
        parts.append(f"{100 * level:.0f}\u00a0% or more: {money(at['cost'])}, {at['title']}.")
    if before is not None and (said := _a_year_before(now, before, unit)):
        parts.append(said)
    return " ".join(parts)


def _a_year_before(now: Moment, before: Moment, unit: str) -> str:
    was = _best(before)
    at = now.cheapest(was["value"])
    if at is None:
        return f"The best of twelve months before, {score_text(was['value'], unit)}, is no longer sold."
    return (
        f"The best of twelve months before, {score_text(was['value'], unit)}, cost {money(was['cost'])} "
        f"then and {money(at['cost'])} now."
    )


def _best(moment: Moment) -> dict[str, Any]:
    return moment.front.row(-1, named=True)
