"""How many names of an Arena board resolve to a model that has a price.

Reads the recorded boards and price lists beside the repository (`../shared/recordings`). A name of a board
counts as priced where a price list has a row of the same identity; where only the moving alias of the model
has one, it is counted apart. For comparison: the open project Paraplouis/llm-pareto-frontier prices 254 names
of the board of July 2026 by fuzzy names.

    python benchmarks/arena_price_coverage.py
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from ingest.identity.match_rules import read_match_rules
from ingest.identity.resolve import Resolution, Resolver

RECORDINGS = Path(__file__).parents[2] / "shared" / "recordings"
BOARDS = ("text_style_control-latest.2026-07-31.parquet", "text-latest.2026-04-28.parquet")
OUTSIDE_COUNT = 254


@dataclass(frozen=True, slots=True)
class Priced:
    """A name that a price list sells, and the list."""

    name: str
    source_id: str


def read_json(path: Path) -> Any:
    body = path.read_bytes()
    return json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)


def litellm() -> Iterator[Priced]:
    for path in sorted((RECORDINGS / "litellm").glob("prices.*")):
        for name, row in read_json(path).items():
            cost = row.get("input_cost_per_token") if isinstance(row, dict) else None
            if (
                isinstance(cost, int | float)
                and cost > 0
                and row.get("mode") in {"chat", "completion", "responses"}
            ):
                yield Priced(name, "litellm-prices")


def openrouter() -> Iterator[Priced]:
    for path in sorted((RECORDINGS / "openrouter").glob("models.*")):
        for row in read_json(path)["data"]:
            if float(row["pricing"].get("prompt") or 0) > 0:
                yield Priced(row["id"], "openrouter-models")


def models_dev() -> Iterator[Priced]:
    for path in sorted((RECORDINGS / "models-dev").glob("api.*")):
        for provider in read_json(path).values():
            for name, row in provider["models"].items():
                if ((row.get("cost") or {}).get("input") or 0) > 0:
                    yield Priced(name, "models-dev")


def genai_prices() -> Iterator[Priced]:
    for path in sorted((RECORDINGS / "genai-prices").glob("*data.*")):
        for provider in providers(path):
            for row in provider["models"]:
                yield Priced(row["id"], "genai-prices")


def llm_prices() -> Iterator[Priced]:
    for path in sorted((RECORDINGS / "llm-prices").glob("historical*")):
        for row in read_json(path)["prices"]:
            yield Priced(row["id"], "llm-prices")


def providers(path: Path) -> list[dict[str, Any]]:
    payload = read_json(path)
    return payload if isinstance(payload, list) else payload["providers"]


def board(file: str) -> list[str]:
    frame = pl.read_parquet(RECORDINGS / "arena" / file)
    return frame["model_name"].unique().sort().to_list()


def coverage(names: list[str], priced: list[Resolution], resolver: Resolver) -> dict[str, list[Resolution]]:
    identities = {resolution.model_id for resolution in priced}
    moving = {resolution.family for resolution in priced if resolution.model_id == resolution.family}
    groups: dict[str, list[Resolution]] = {"same identity": [], "moving alias only": [], "unpriced": []}
    for name in names:
        resolution = resolver.resolve(name, source_id="arena-text")
        if resolution.model_id in identities:
            groups["same identity"].append(resolution)
        elif resolution.family in moving:
            groups["moving alias only"].append(resolution)
        else:
            groups["unpriced"].append(resolution)
    return groups


def main() -> None:
    if not RECORDINGS.is_dir():
        print("The recordings (../shared/recordings) are not here; nothing to measure.")
        return
    newest = sorted((RECORDINGS / "genai-prices").glob("v2-data.*"))[-1]
    resolver = Resolver(match_rules=read_match_rules(providers(newest)))
    lists = [*litellm(), *openrouter(), *models_dev(), *genai_prices(), *llm_prices()]
    distinct = sorted({(priced.name, priced.source_id) for priced in lists})
    resolved = [resolver.resolve(name, source_id=source_id) for name, source_id in distinct]
    print(f"{len(distinct)} priced names, {len({row.model_id for row in resolved})} identities")
    for file in BOARDS:
        names = board(file)
        groups = coverage(names, resolved, resolver)
        print(f"\n{file}: {len(names)} names")
        for group, members in groups.items():
            print(f"  {group:18} {len(members):4}  ({len({row.model_id for row in members})} models)")
        sure = len(groups["same identity"])
        print(f"  priced by identity {sure}, by an outside project's fuzzy names {OUTSIDE_COUNT} (July 2026)")
        print("  unpriced: " + ", ".join(row.name for row in groups["unpriced"]))


if __name__ == "__main__":
    main()
