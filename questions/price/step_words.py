"""What the steps of the cheapest price do not say by themselves: which are no change of any price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

import polars as pl

from analysis.price.steps import CheapestSteps
from charts.parts.axes import money
from charts.parts.figure import in_words

LONG: Final = timedelta(days=31)
"""A start that is known no better than this is told as a first reading, not as a cut."""


def of_steps(steps: CheapestSteps, used: pl.DataFrame, titles: Mapping[str, str]) -> str:
    """Which steps are first readings, and which only prices that nobody confirmed; empty where none is.

    `used`: the rows of price steps that `steps` was chosen from, as `cheapest_steps` takes them, with
    last_confirmed_on. `titles`: models by model_id.
    """
    changes = set(steps.steps["valid_on"])
    priced = steps.steps.drop_nulls("price_usd_per_mtok").to_dicts()
    said = [_first_read(step, used, titles.get(step["model_id"], step["model_id"])) for step in priced]
    # An offer that ended while another asked the same price has handed the step on: `asked` knows to whom.
    for before, now in pairwise(steps.asked.to_dicts()):
        if now["valid_on"] in changes and before["price_usd_per_mtok"] is not None:
            said.append(_lapsed(before, now, used, titles))
    return " ".join(filter(None, said))


def of_shutdown(steps: CheapestSteps, used: pl.DataFrame, notices: pl.DataFrame, model: str) -> str:
    """That the model at the cheapest price goes off sale, by its maker's newest notice; else nothing.

    `notices`: announced_on and shuts_down_on of the maker's notices of that model.
    """
    if steps.window is None or steps.asked_last["price_usd_per_mtok"] is None:
        return ""
    offer = used.filter(pl.col("provider") == steps.asked_last["provider"])
    if not (offer["seller"] == "maker").any():
        return ""
    known = notices.filter(pl.col("announced_on") <= steps.window.end)
    if known.is_empty():
        return ""
    last = known.sort("announced_on", "shuts_down_on").row(-1, named=True)
    if last["shuts_down_on"] <= steps.window.end:
        return ""
    return (
        f"By its maker's notice of {in_words(last['announced_on'])} {model} is to be shut down on "
        f"{in_words(last['shuts_down_on'])}."
    )


def _first_read(step: Mapping[str, Any], used: pl.DataFrame, model: str) -> str:
    """That a price began between two readings far apart; else nothing."""
    begun = _of(step, used).filter(pl.col("valid_on") == step["valid_on"]).drop_nulls("starts_after")
    if begun.is_empty() or step["valid_on"] - begun["starts_after"][0] <= LONG:
        return ""
    first, last = in_words(begun["starts_after"][0]), in_words(step["valid_on"])
    return (
        f"{model}'s {money(step['price_usd_per_mtok'])} was first read on {last} and may have held since "
        f"any day after {first}: that step is a first reading, not a dated price cut."
    )


def _lapsed(
    before: Mapping[str, Any], now: Mapping[str, Any], used: pl.DataFrame, titles: Mapping[str, str]
) -> str:
    """That a price gave way to a dearer one only because nobody had confirmed it for long; else nothing."""
    ended = _of(before, used).filter(pl.col("valid_on") == now["valid_on"], "is_unconfirmed")
    since = ended["last_confirmed_on"].drop_nulls()
    if since.is_empty():
        return ""
    lost = (
        f"{titles.get(before['model_id'], before['model_id'])}'s {money(before['price_usd_per_mtok'])} was "
        f"last confirmed on {in_words(since[0])} and stopped counting on {in_words(now['valid_on'])}"
    )
    if now["price_usd_per_mtok"] is None:
        return f"{lost}; no other price is confirmed."
    other = titles.get(now["model_id"], now["model_id"])
    return (
        f"{lost}; {other} at {money(now['price_usd_per_mtok'])} is the cheapest that is confirmed from then "
        "on. That step is no price rise."
    )


def _of(step: Mapping[str, Any], used: pl.DataFrame) -> pl.DataFrame:
    """The rows of the offer that a step names."""
    return used.filter(model_id=step["model_id"], provider=step["provider"])
