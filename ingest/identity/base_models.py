"""Which model another was made of, as far as its name says it, and what that bounds: no variant is older."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import polars as pl

from ingest.identity.release_dates import BASE_MODEL, NO_VERSIONS, best_release_dates, is_sound, too_early

_SERVED: Final = re.compile(
    r"(?:(?:ultra|super|hyper)-?)?(?:fast|turbo|lightning|high-?speed|optimi[sz]ed|original|throughput|tee|lora)"
    r"(?:-(?:beta|preview))?"
)
"""What says how somebody serves a model: the same weights, quicker or cheaper."""

_WHOLE: Final = re.compile(r"(?:^|[-.])(?:\d+(?:\.\d+)?b(?:-a\d+(?:\.\d+)?b)?|instruct|chat|it)$")
"""A name that ends in a size or a way of tuning is whole: what follows was made of that model."""

_AN_EARLIER_STATE: Final = re.compile(r"(?:^|-)(?:preview|exp|experimental|alpha|beta|rc\d*)(?:-|$)|^v?\d")
"""Words of a version of its own, which may well be older: a preview, a number, a date."""


def bases_of(model_ids: Iterable[str]) -> dict[str, str]:
    """The model that each variant was made of, by model_id, where both are known.

    `deepseek-v3.2-fast` was made of `deepseek-v3.2`, `llama-3.3-70b-instruct-base` (a host's name) of
    `llama-3.3-70b-instruct`; a preview, a further version, a larger or smaller model was not.
    """
    known = set(model_ids)
    found = {}
    for model_id in known:
        marks = [at for at, mark in enumerate(model_id) if mark == "-"]
        base = next((model_id[:at] for at in reversed(marks) if model_id[:at] in known), None)
        if base is not None and _is_made_of(base, model_id[len(base) + 1 :]):
            found[model_id] = base
    return found


def _is_made_of(base: str, words: str) -> bool:
    if _SERVED.fullmatch(words):
        return True
    return _WHOLE.search(base) is not None and _AN_EARLIER_STATE.search(words) is None


def base_evidence(evidence: pl.DataFrame, versions: pl.DataFrame = NO_VERSIONS) -> pl.DataFrame:
    """The day of the base, as evidence for each variant that some list dates before it.

    `evidence` and `versions` as `best_release_dates` takes them. Only where good evidence dates the base, and
    none the variant itself.
    Whoever made a variant copies the date that he finds: of 2025 for a model of 2026, more than once.
    """
    bases = bases_of(evidence["model_id"].unique())
    dated = best_release_dates(evidence, versions).filter(is_sound("basis"), precision="day")
    base_on = dict(dated.select("model_id", "released_on").iter_rows())
    bounds = pl.DataFrame(
        [(model_id, base_on[base]) for model_id, base in sorted(bases.items()) if base in base_on],
        schema={"model_id": pl.String, "base_on": pl.Date},
        orient="row",
    )
    own = evidence.filter(is_sound("evidence"), precision="day")["model_id"].unique().implode()
    doubted = evidence.join(bounds, on="model_id").filter(too_early(), ~pl.col("model_id").is_in(own))
    return (
        doubted.select("model_id", "base_on")
        .unique()
        .sort(pl.all())
        .select(
            "model_id",
            released_on="base_on",
            precision=pl.lit("day"),
            evidence=pl.lit(BASE_MODEL),
            source_id=pl.lit("catalogue"),
            payload_sha256=pl.lit(None, pl.String),
        )
    )
