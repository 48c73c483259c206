"""Which of many tests stay significant once their number is allowed for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def holm_significant(p_values: NDArray[np.float64], significance: float) -> NDArray[np.bool_]:
    """Whether each of m hypotheses is rejected at a family-wise error of `significance`; shape (m,) both.

    The smallest p-value is held against significance / m, the next against significance / (m - 1), and so on
    until the first that is above.

    Reference: Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6, 1979.
    """
    order = np.argsort(p_values)
    limits = significance / np.arange(len(p_values), 0, -1)
    rejected = np.zeros(len(p_values), dtype=np.bool_)
    rejected[order] = np.logical_and.accumulate(p_values[order] <= limits)
    return rejected
