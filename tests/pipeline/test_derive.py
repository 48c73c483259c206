"""Derived results: what is kept out of the capability index is said, with its reason."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pipeline import derive


@pytest.fixture
def scores() -> pl.DataFrame:
    """Twelve models on eight tests of growing difficulty, the two anchors and UNICORN among them."""
    names = [anchor.model_id for anchor in derive.INDEX.anchors]
    names += ["unicorn", *(f"model-{place}" for place in range(9))]
    tests = [derive.INDEX.base_benchmark, *(f"test-{place}" for place in range(7))]
    ability = dict(zip(names, np.linspace(-1.5, 2.5, len(names)), strict=True))
    return pl.DataFrame(
        [
            {
                "model_id": name,
                "benchmark_id": test,
                "score": float(1 / (1 + np.exp(place / 4 - ability[name]))),
                "random_baseline": 0.0,
                "ceiling": 1.0,
                "setting": "",
            }
            for name in names
            for place, test in enumerate(tests)
        ]
    )


def test_a_model_trained_on_the_tests_is_left_out_and_listed(
    scores: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no index, every other model has one, and the table of what is left out says why."""
    monkeypatch.setattr(derive, "DRAWS", 20)
    compute = next(item.compute for item in derive.DERIVATIONS if item.name == "capability")
    frames = compute({("scores_for_the_index", derive.END_OF_TIME): scores})
    assert set(frames["capability_index"]["model_id"]) == set(scores["model_id"]) - {"unicorn"}
    (reason,) = frames["capability_left_out"].filter(name="unicorn")["reason"]
    assert "trained on" in reason
