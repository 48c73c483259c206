"""Results are made anew when their rows or their method change, and what ships is what the code computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from shutil import copyfile

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipeline import derive
from pipeline.derive import DERIVATIONS, DERIVED_TABLES, Derivation, Frames, Inputs
from store.bundle import FOLDER
from store.warehouse import Warehouse, open_warehouse
from tests.homes.bundled_home import bundled_identity

TABLE = "capability_left_out"
SHIPPED = pl.DataFrame({"kind": ["model"], "name": ["shipped"], "reason": ["came with the code"]})


def silent(_source: str, _text: str) -> None:
    """Tell nobody."""


class Method:
    """A method that counts its calls and says their number in its table."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self._monkeypatch = monkeypatch

    def derive(self, warehouse: Warehouse, version: int, shipped: Frames | None = None) -> list[str]:
        """Bring the table up to the rows with the method of a version."""
        only = Derivation("counted", version, ("index_for_trend",), (TABLE,), self._compute)
        self._monkeypatch.setattr(derive, "DERIVATIONS", (only,))
        return derive.derive(warehouse, silent, shipped)

    def _compute(self, _inputs: Inputs) -> Frames:
        self.calls += 1
        return {
            TABLE: pl.DataFrame({"kind": ["model"], "name": [f"call {self.calls}"], "reason": ["counted"]})
        }


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    """An empty warehouse."""
    opened = Warehouse.in_memory()
    yield opened
    opened.close()


@pytest.fixture
def method(monkeypatch: pytest.MonkeyPatch) -> Method:
    """A method whose calls can be counted."""
    return Method(monkeypatch)


def test_a_method_of_another_version_computes_anew(warehouse: Warehouse, method: Method) -> None:
    """The same rows and version give nothing to do; another version, newer or older, replaces the results."""
    assert method.derive(warehouse, 1) == ["counted"]
    assert method.derive(warehouse, 1) == []
    assert method.derive(warehouse, 2) == ["counted"]
    assert _names(warehouse) == ["call 2"]
    assert method.derive(warehouse, 1) == ["counted"]


def test_results_that_ship_are_taken_for_their_own_version_only(warehouse: Warehouse, method: Method) -> None:
    """Those of the version before are passed over, although their rows are the same."""
    method.derive(warehouse, 1)
    shipped = {TABLE: SHIPPED, "derivation": warehouse.frame("SELECT * FROM derivation")}
    for version, names in ((2, ["call 2"]), (1, ["shipped"])):
        fresh = Warehouse.in_memory()
        method.derive(fresh, version, shipped)
        assert _names(fresh) == names
        fresh.close()


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Warehouse, dict[str, pl.DataFrame]]]:
    """A warehouse of a first start before its results are derived, and the results that ship."""
    file = tmp_path_factory.mktemp("first start") / "warehouse.duckdb"
    copyfile(bundled_identity() / file.name, file)
    with open_warehouse(file, 5.0) as fresh:
        yield fresh, {table: pl.read_parquet(FOLDER / f"{table}.parquet") for table in DERIVED_TABLES}


def test_a_first_start_computes_nothing(
    bundled: tuple[Warehouse, dict[str, pl.DataFrame]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All results ship with the code. After a change of rows, queries or methods: `hypecurve bundle`."""
    warehouse, shipped = bundled

    def refuse(_inputs: Inputs) -> Frames:
        raise AssertionError("computed on a first start: make the bundle anew with `hypecurve bundle`")

    takers = tuple(replace(derivation, compute=refuse) for derivation in DERIVATIONS)
    monkeypatch.setattr(derive, "DERIVATIONS", takers)
    assert derive.derive(warehouse, silent, shipped) == [derivation.name for derivation in DERIVATIONS]


@pytest.mark.long
def test_what_ships_is_what_the_code_computes(bundled: tuple[Warehouse, dict[str, pl.DataFrame]]) -> None:
    """A changed estimator whose version stayed behind shows here: raise it, then `hypecurve bundle`."""
    warehouse, shipped = bundled
    warehouse.replace("derivation", shipped["derivation"].clear())
    derive.derive(warehouse, silent)
    for table in (name for name in DERIVED_TABLES if name != "derivation"):
        found = warehouse.frame(f'SELECT * FROM "{table}" ORDER BY ALL')
        assert_frame_equal(found, shipped[table], check_exact=False, rel_tol=1e-6, abs_tol=1e-9)


def _names(warehouse: Warehouse) -> list[str]:
    return warehouse.frame(f"SELECT name FROM {TABLE}")["name"].to_list()
