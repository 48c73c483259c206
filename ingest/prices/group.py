"""All that is said of one price: one model, one seller, one tier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ingest.prices.claims import Known
from ingest.prices.truth import NOT_OFFERED, Price, Run, same_price


@dataclass(frozen=True, slots=True)
class Group:
    """The claims on one price, rows of CLAIM, oldest first; `seller` as in `offers`.

    `echoes` are claims of others who pass the price on (see `indirect`).
    """

    model_id: str
    provider: str
    tier: str
    seller: str
    released_on: date | None
    claims: list[dict[str, Any]]
    echoes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def model_name(self) -> str:
        """The spelling under which most is said of it, one for all its steps."""
        names = Counter(str(claim["model_name"]) for claim in self.claims)
        return min(names, key=lambda name: (-names[name], name))

    @property
    def is_undisputed(self) -> bool:
        """Whether all claims say the same, so that nobody's weight matters."""
        return len({price_of(claim) for claim in self.claims}) == 1


def price_of(claim: Mapping[str, Any]) -> Price:
    """What a claim says, as the estimator takes it."""
    if claim["known"] == Known.GONE:
        return NOT_OFFERED
    return claim["input_usd_per_mtok"], claim["output_usd_per_mtok"]


def agrees(said: Price, asked: Price) -> bool:
    """Whether a price said is the price asked; not offered agrees with itself only."""
    if NOT_OFFERED in (said, asked):
        return said == asked
    return same_price(said, asked)


def overlap(claim: Mapping[str, Any], run: Run) -> int:
    """On how many days a claim speaks of a run."""
    first: int = max(claim["from_on"].toordinal(), run.first)
    last: int = min(claim["to_on"].toordinal(), run.last)
    return max(last - first + 1, 0)


def says(claim: Mapping[str, Any], run: Run) -> bool:
    """Whether a claim speaks of a run and agrees with it."""
    return overlap(claim, run) > 0 and agrees(price_of(claim), run.price)
