"""Whether venture money flows as in 1999."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.claims.statement import Finding, cannot_be_told, claim, evidence_of, range_of

BOOM_YEAR = 1999
SCOPE_THEN = "all sectors, United States"
SCOPE_NOW = "AI, world"


@claim(
    statement="Venture money flows as in 1999.",
    measure="Venture money into AI in the newest whole year, world, nominal",
    unit="billion USD",
    page="dotcom",
    query="claim_venture_money",
    rule="Never judged: no tracker counts both eras under one scope, so the figures only stand side by side.",
    would_change="A tracker that counts both eras under one scope, adjusted for the size of the economy.",
)
def venture_money_as_in_1999(years: pl.DataFrame, on: date) -> Finding:
    """Told in figures, never judged: no tracker has both eras under one scope.

    `years`: era ('dotcom' or 'ai'), tracker, year, usd (nominal), source_id, payload_sha256, url. The newest
    whole year is the one before `on`, or that of `on` on its last day.
    """
    last = on.year if (on.month, on.day) == (12, 31) else on.year - 1
    boom = years.filter(pl.col("era") == "dotcom", pl.col("year") == BOOM_YEAR)
    whole = years.filter(pl.col("era") == "ai", pl.col("year") <= last)
    newest = whole.filter(pl.col("year") == pl.col("year").max())
    if boom.is_empty() or newest.is_empty():
        return cannot_be_told("There are no figures of whole years for one of the two eras.")
    both = pl.concat([boom, newest])
    now = (newest["usd"] / 1e9).to_list()
    return cannot_be_told(
        f"The scopes differ ({SCOPE_THEN} against {SCOPE_NOW}), nothing is adjusted for prices "
        "or the size of the economy, and trackers disagree: so no ratio is formed.",
        text=f"In {newest['year'][0]} {_listed(newest)}; in {BOOM_YEAR} {_listed(boom)}.",
        value=sum(now) / len(now),
        interval=range_of(now),
        n=both.height,
        observed_on=date(int(newest["year"][0]), 12, 31),
        evidence=evidence_of(both),
    )


def _listed(rows: pl.DataFrame) -> str:
    named = rows.sort("tracker").select("tracker", pl.col("usd") / 1e9).iter_rows()
    return ", ".join(f"${usd:.1f} billion ({tracker})" for tracker, usd in named)
