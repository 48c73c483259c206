"""Weights of candidate models from their information criteria."""

from __future__ import annotations

import numpy as np

from analysis.results import Floats


def akaike_weights(criteria: Floats) -> Floats:
    """Share of the evidence for each candidate, shape (k,), adding up to 1; infinite criteria weigh 0.

    `criteria`: AIC or AICc of each candidate on the same data, shape (k,), or differences from the best. A
    weight compares the candidates with each other only: all of them can be wrong.

    References: Burnham and Anderson (2002), Model Selection and Multimodel Inference, section 2.9.
    """
    likelihood = np.exp(-0.5 * (criteria - criteria.min()))
    return np.asarray(likelihood / likelihood.sum())
