"""The rate of a price as every page computes it: one seed, so one price has one rate."""

from __future__ import annotations

from typing import Final

import polars as pl
import streamlit as st

from analysis.price.decline import PriceDecline, quantile_decline

SEED: Final = 20241220


@st.cache_data(show_spinner=False, max_entries=100)
def decline_of(changes: pl.DataFrame) -> PriceDecline:
    """The rate through the tenth percentile of prices, computed once per set of price changes."""
    return quantile_decline(changes, seed=SEED)
