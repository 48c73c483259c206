"""The scale of the capability index: from latent ability to points by way of two anchor models."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.capability.index_fit import Integers
from analysis.results import Floats


@dataclass(frozen=True, slots=True)
class Anchor:
    """A model whose capability is set, in points of the index."""

    model_id: str
    points: float


Anchors = tuple[Anchor, Anchor]

EPOCH_ANCHORS: Anchors = (Anchor("claude-3-5-sonnet-20240620", 130.0), Anchor("gpt-5-2025-08-07", 150.0))
"""The two models that fix the scale of the Epoch Capabilities Index."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From the latent scale to points of the index: `offset + gain * latent`."""

    offset: float
    gain: float

    def points(self, latent: Floats) -> Floats:
        """Latent abilities or difficulties, any shape, in points of the index."""
        return self.offset + self.gain * latent


def anchor_places(anchors: Anchors, model_ids: pl.Series, left_out: pl.DataFrame) -> Integers:
    """Positions of the two anchors in `model_ids`; ValueError says which is missing and why."""
    if anchors[0].model_id == anchors[1].model_id or anchors[0].points == anchors[1].points:
        raise ValueError(f"the scale needs two different anchor models with different points, not {anchors}")
    for anchor in anchors:
        if anchor.model_id not in model_ids:
            raise ValueError(_missing(anchor.model_id, model_ids, left_out))
    listed = model_ids.to_list()
    return np.array([listed.index(anchor.model_id) for anchor in anchors], dtype=np.intp)


def scale_through(anchors: Anchors, places: Integers, capability: Floats) -> Scale | None:
    """The scale on which both anchors have their points; None where the fit reverses their order."""
    first, second = (float(capability[place]) for place in places)
    rise, run = anchors[1].points - anchors[0].points, second - first
    if rise * run <= 0:
        return None
    return Scale(anchors[0].points - rise / run * first, rise / run)


def _missing(model_id: str, model_ids: pl.Series, left_out: pl.DataFrame) -> str:
    reasons = left_out.filter(kind="model", name=model_id)["reason"]
    why = f"it was left out, as it has {reasons[0]}" if len(reasons) else "it has no usable score"
    alike = model_ids.filter(model_ids.str.starts_with(model_id)).to_list()
    hint = f"; models with longer names: {', '.join(alike[:5])}" if alike else ""
    return (
        f"the anchor model {model_id} is not among the {len(model_ids)} models of the index ({why}{hint}): "
        "name an anchor that is"
    )
