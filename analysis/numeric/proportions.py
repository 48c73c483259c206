"""The interval of a share."""

from __future__ import annotations

import math

from scipy.special import ndtri

from analysis.results import Interval


def wilson_interval(share: float, n: int, level: float) -> Interval:
    """Wilson's interval of a binomial share (0..1) out of `n`, at a nominal coverage such as 0.90.

    The share need not be a whole number of successes: a board states it rounded.

    Reference: Wilson, Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22, 1927.
    """
    reach = float(ndtri(0.5 + level / 2))
    weight = reach**2 / n
    middle = share + weight / 2
    half = reach * math.sqrt(share * (1 - share) / n + weight / (4 * n))
    low, high = (middle - half) / (1 + weight), (middle + half) / (1 + weight)
    return Interval(min(max(low, 0.0), share), max(min(high, 1.0), share), level)  # rounding aside
