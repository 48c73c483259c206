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
    was, became = (score_text(best["value"], unit) for best in (began, ended))
    if was == became:
        return f"The best priced score on {measure} was {was} in {first.on:%B %Y} and in {last.on:%B %Y}"
    return (
        f"The best priced score on {measure} went from {was} in {first.on:%B %Y} to {became} in "
        f"{last.on:%B %Y}"
    )


def sellers(*, of_makers: bool) -> str:
    """Whose list prices all moments are at, for the footer: the same at each of them."""
    if of_makers:
        return (
            "Makers' own list prices at all times: models that only hosts sell are left out, since their "
            "lists are read on other days"
        )
    return "List prices of hosts too, since too few makers list one"


def cheaper_before(first: Moment, last: Moment, before: Moment | None) -> str:
    """Which model reached the level of the title for less a year before, and that its price is gone or risen.

    Empty where none did.
    """
    level = _best(first)["value"]
    was = None if before is None else before.cheapest(level)
    now = last.cheapest(level)
    if before is None or was is None or now is None or was["cost"] >= now["cost"]:
        return ""
    still = last.models.filter(model_id=was["model_id"])
    fate = "no such price of it was known" if still.is_empty() else f"it cost {money(still['cost'][0])}"
    return (
        f"In {before.on:%B %Y} {was['title']} reached the level of {first.on:%B %Y} for "
        f"{money(was['cost'])}, less than any model did in {last.on:%B %Y}: by then {fate}."
    )


def moment(now: Moment, before: Moment | None, measure: str, unit: str) -> str:
    """The best score and its cost, a round score below it, and what the best of a year before costs on it."""
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
    best = f"The best of twelve months before, {score_text(was['value'], unit)}"
    if at is None:
        return f"{best}, has no price known on this day."
    return f"{best}, cost {money(was['cost'])} then and {money(at['cost'])} on this day."


def _best(moment: Moment) -> dict[str, Any]:
    return moment.front.row(-1, named=True)
