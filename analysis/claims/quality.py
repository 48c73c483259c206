"""Whether o1 is better than Claude 3.5 Sonnet everywhere, or only on some boards."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from scipy.special import ndtr

from analysis.amounts import percent
from analysis.claims.side_by_side import board_ratios, evidence_of_both, newest_day
from analysis.claims.statement import ClaimVerdict, Finding, Tense, cannot_be_told, claim
from analysis.numeric.multiple_tests import holm_significant

SIGNIFICANCE = 0.05
FEWEST_COMPARISONS = 3
"""Comparisons below which "on every board" is not said."""


@claim(
    statement="o1 is only sometimes better than Claude Sonnet.",
    measure="Share of comparisons with a known error in which o1 or o1-preview surely scores higher than "
    "Claude 3.5 Sonnet (October 2024)",
    unit="fraction",
    page="value",
    query="claim_scores_side_by_side",
    rule="Held if o1 is surely better in some comparison and surely worse in another; partly if only one of "
    "the two is sure; it did not hold if one model surely wins all of them.",
    would_change="Boards with a stated error: the claim takes one where o1 is surely better "
    "and one where it is surely worse.",
    tense=Tense.FACT,
)
def o1_only_sometimes_better(scores: pl.DataFrame, on: date) -> Finding:
    """Held if o1 is surely better on some board and surely worse on another; not held if one wins on all.

    `scores`: role, model_id, title, released_on, dated_on, observed_on, benchmark_id, benchmark (its title),
    score (fraction), stderr (nullable), source_id, payload_sha256, url. Differences are tested as of
    independent scores, with Holm's correction over all of them; boards without a stated error are counted
    but judge nothing.

    References: Holm (1979), A simple sequentially rejective multiple test procedure.
    """
    pairs = board_ratios(scores, on, "score").with_columns(
        difference=pl.col("score") - pl.col("score_sonnet"),
        error=(pl.col("stderr") ** 2 + pl.col("stderr_sonnet") ** 2).sqrt(),
    )
    judged = pairs.filter(pl.col("error") > 0)
    without = pairs.filter(pl.col("error").is_null() | (pl.col("error") == 0))
    if judged.is_empty():
        return cannot_be_told(
            "No board with a known error had scored both models.",
            text=f"{_unjudged(without).capitalize()}.",
            n=0,
            observed_on=newest_day(pairs),
            evidence=evidence_of_both(pairs),
        )
    told = judged.with_columns(sure=pl.Series(_surely_different(judged)))
    better = told.filter(pl.col("sure") & (pl.col("difference") > 0))
    worse = told.filter(pl.col("sure") & (pl.col("difference") < 0))
    higher_elsewhere = without.filter(pl.col("difference") > 0).height
    return Finding(
        verdict=_verdict(better.height, worse.height, judged.height, higher_elsewhere),
        why="Boards are not a random sample of tasks, so the share describes these boards and carries no "
        "interval; each difference is tested, with a correction for their number.",
        text=f"Better on {_boards(better)}; worse on {_boards(worse)}; not told apart on "
        f"{_boards(told.filter(~pl.col('sure')))}; {_unjudged(without)}.",
        value=better.height / judged.height,
        n=judged.height,
        observed_on=newest_day(pairs),
        evidence=evidence_of_both(pairs),
    )


def _surely_different(judged: pl.DataFrame) -> list[bool]:
    z = np.abs((judged["difference"] / judged["error"]).to_numpy())
    return [bool(one) for one in holm_significant(2 * ndtr(-z), SIGNIFICANCE)]


def _verdict(better: int, worse: int, judged: int, higher_elsewhere: int) -> ClaimVerdict:
    if better and worse:
        return ClaimVerdict.HELD
    always = better == judged or (worse == judged and higher_elsewhere == 0)
    if always:
        return ClaimVerdict.DID_NOT_HOLD if judged >= FEWEST_COMPARISONS else ClaimVerdict.CANNOT_BE_TOLD
    return ClaimVerdict.PARTLY if better or (worse and higher_elsewhere) else ClaimVerdict.CANNOT_BE_TOLD


def _boards(rows: pl.DataFrame) -> str:
    named = rows.select("benchmark", "title", "score", "score_sonnet").iter_rows()
    words = [
        f"{board} ({model} {percent(one, 1)} against {percent(other, 1)})"
        for board, model, one, other in named
    ]
    return ", ".join(words) or "none"


def _unjudged(without: pl.DataFrame) -> str:
    higher = without.filter(pl.col("difference") > 0).height
    return f"without a known error: higher on {higher} of {without.height}"
