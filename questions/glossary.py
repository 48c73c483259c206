"""Words of the field in plain English, for tooltips: what a general reader needs to go on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

TERMS: Final[Mapping[str, str]] = {
    "capability index": "one scale for many benchmarks; who solves harder tasks stands higher",
    "index points": "points of the capability index, one scale for many benchmarks; they have no unit",
    "90 % interval": "the range in which the true figure lies in nine of ten such cases",
    "80 % interval": "the range in which the true figure lies in eight of ten such cases",
    "95 % interval": "the range in which the true figure lies in nineteen of twenty such cases",
    "frontier": "the best that any model reaches, at its time or at its price",
    "GPQA diamond": "198 questions of graduate level in biology, physics and chemistry, made hard to look up",
    "GPT-4's GPQA level": "the share of GPQA diamond that the first GPT-4 of March 2023 solves",
    "million tokens": "about 750,000 English words; prices are asked for so many",
    "list price": "what the seller asks by its price list; what a task costs depends on the tokens it takes",
    "blended": "three tokens read for each token written, in one price",
    "open weights": "the model can be downloaded and run by anybody",
    "time horizon": "how long people take for tasks that the model does right in half of the tries",
    "METR": "a research group that measures which tasks AI agents can do alone",
    "S-curve": "growth that speeds up, slows down and ends at a ceiling",
    "log-odds": "the logarithm of tasks solved over tasks not solved; +0.69 a year doubles that ratio",
    "of draws": "the same figures computed thousands of times, each measured one varied within its error",
    "placebo": "the same measurement on days on which nothing happened",
    "CAPE": "the price of shares over ten years of their earnings, inflation taken out",
}


def explained(text: str) -> str:
    """The terms that a text uses, each with its meaning, as lines of Markdown; empty where it uses none."""
    plain = text.replace("\u00a0", " ")
    found = [
        f"**{term}**: {meaning}."
        for term, meaning in TERMS.items()
        if re.search(rf"\b{re.escape(term)}", plain, re.IGNORECASE)
    ]
    return "\n\n".join(found)
