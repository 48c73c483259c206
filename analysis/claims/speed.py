"""How much faster the hosts with chips of their own answer than other hosts of the same open model."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.claims.statement import (
    ClaimVerdict,
    Finding,
    Tense,
    cannot_be_told,
    claim,
    evidence_of,
    range_of,
)
from analysis.speed.hosts import compared_hosts, host_factors

CLAIMED_FACTOR = 10.0

LEAST_FACTOR = CLAIMED_FACTOR / 2**0.5
"""From here on a ratio is nearer to 10x than to 5x on a log scale."""

FASTER = 2.0
ROUND_SPEED = 50.0
"""Speeds that are whole multiples of this look like placeholders where a list is kept by hand."""

_RULE = (
    f"Held if the median over models is at least {LEAST_FACTOR:.1f} times the other hosts' speed, nearer to "
    f"{CLAIMED_FACTOR:g} than to 5, and no model is below {FASTER:g} times; partly if the median is at least "
    f"{FASTER:g} times; otherwise it did not hold."
)

_WOULD_CHANGE = (
    "Speeds of more open models beside three other hosts: a median ratio above 7.1 and none below 2 would "
    "hold the claim, a median below 2 refute it."
)


@claim(
    statement="Cerebras makes inference 10x faster.",
    measure="Output tokens per second on Cerebras over the median of the other hosts of the same model",
    unit="times",
    page="speed",
    query="host_speeds",
    rule=_RULE,
    would_change=_WOULD_CHANGE,
    tense=Tense.STATE,
)
def cerebras_ten_times_faster(speeds: pl.DataFrame, on: date) -> Finding:
    """Judged by `host_factor` for Cerebras."""
    return host_factor(speeds, on, "cerebras")


@claim(
    statement="Groq makes inference 10x faster.",
    measure="Output tokens per second on Groq over the median of the other hosts of the same model",
    unit="times",
    page="speed",
    query="host_speeds",
    rule=_RULE,
    would_change=_WOULD_CHANGE,
    tense=Tense.STATE,
)
def groq_ten_times_faster(speeds: pl.DataFrame, on: date) -> Finding:
    """Judged by `host_factor` for Groq."""
    return host_factor(speeds, on, "groq")


def host_factor(speeds: pl.DataFrame, on: date, host: str) -> Finding:
    """Held if the host's median factor over models is nearer 10 than 5 and none below 2; partly from 2 on.

    `speeds`: model_id, host, output_tokens_per_second, measured_on, source_id, payload_sha256, url. The
    source whose newest entry by `on` is the newest speaks; Cerebras and Groq are not among "the other hosts",
    of which at least three must serve the model. A host listed twice counts with its faster offer.
    """
    dated = speeds.filter(pl.col("measured_on") <= on)
    by_host = compared_hosts(dated)
    factors = host_factors(by_host, host)
    if factors.is_empty():
        return cannot_be_told(f"No dated list of speeds had {host} beside three other hosts of one model.")
    ratios = factors["factor"].to_list()
    value = float(factors["factor"].median())  # type: ignore[arg-type]  # a column of floats
    named = factors.join(by_host.select("model_id", "title").unique("model_id"), on="model_id")
    named = named.sort("title", "model_id")
    used = by_host.join(factors, on="model_id", how="semi")
    return Finding(
        verdict=_verdict(value, min(ratios)),
        why=_why(used),
        text="Tokens per second, and the median of so many other hosts: "
        + "; ".join(
            f"{model} {own:,.0f} against {others:,.0f} of {n}"
            for model, own, others, n in named.select("title", "own", "others", "n").iter_rows()
        )
        + ".",
        value=value,
        interval=range_of(ratios),
        n=len(ratios),
        observed_on=used["measured_on"].max(),  # type: ignore[arg-type]  # a column of dates
        evidence=evidence_of(used),
    )


def _verdict(factor: float, lowest: float) -> ClaimVerdict:
    if factor >= LEAST_FACTOR and lowest >= FASTER:
        return ClaimVerdict.HELD
    return ClaimVerdict.PARTLY if factor >= FASTER else ClaimVerdict.DID_NOT_HOLD


def _why(used: pl.DataFrame) -> str:
    round_ones = used.filter(pl.col("output_tokens_per_second") % ROUND_SPEED == 0).height
    doubt = (
        f" {round_ones} of {used.height} speeds are multiples of {ROUND_SPEED:g} and may be placeholders."
        if round_ones
        else ""
    )
    return f"Speeds of one list for the open models it has, without a stated error; loads differ.{doubt}"
