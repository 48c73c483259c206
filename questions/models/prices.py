"""What one model costs as the answer shows it: its history with the witnesses, other sellers, statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from analysis.host_names import host_name
from charts.price.price_of_model import price_steps
from questions.answer import Block, Column, Drawn, Folded, Heading, Kind, Notice, Paragraph, Table
from questions.models import price_words
from questions.models.tables import with_source_titles
from questions.view import View
from questions.wording import counted

HISTORY: Final = {
    "input_usd_per_mtok": Column("input, $ per million tokens", Kind.NUMBER, digits=4, width=205),
    "output_usd_per_mtok": Column("output, $ per million tokens", Kind.NUMBER, digits=4, width=215),
    "provider": Column("seller", width=110),
    "tier": Column("tier", width=80),
    "since": Column("since", width=190),
    "ends_on": Column("until", Kind.DAY, width=110),
    "seller": Column("is", width=70),
    "cached_input_usd_per_mtok": Column(
        "cached input, $ per million tokens", Kind.NUMBER, digits=4, width=235
    ),
    "last_confirmed_on": Column("last confirmed", Kind.DAY, width=120),
    "reason": Column("why it ended", width=130),
    "says_so": Column("says so", width=260),
    "says_otherwise": Column("says otherwise", width=200),
    "url": Column("page cited", Kind.LINK),
}
SELLERS: Final = {"provider": HISTORY["provider"]} | HISTORY
"""Of several sellers whose price it is comes first."""


def of_model(
    view: View, model: Mapping[str, Any], steps: pl.DataFrame, asked: pl.DataFrame
) -> tuple[Block, ...]:
    """The steps of the price that speaks for a model, its witnesses, all sellers, and all statements.

    `model`: its row of models.sql; `steps`: its rows of price_steps.sql; `asked`: of prices_of_model.sql.
    """
    heading = Heading("Price")
    if steps.is_empty():
        nothing = "no source states a price of this model." if asked.is_empty() else "no seller is known."
        return (
            heading,
            Notice(f"No data yet: {nothing}"),
            *_statements(with_source_titles(asked, view.source_titles())),
        )
    model_id = steps["model_id"][0]
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    titles = view.source_titles()
    history = with_texts(with_source_titles(view.ask("price_history_of_model", by, model=model_id), titles))
    seller = steps["provider"][0]
    speaks = pl.col("provider").eq(host_name(seller)) & pl.col("tier").eq("standard")
    speaking = history.filter(speaks)
    others = history.filter(~speaks)
    whose = price_words.whose(steps)
    return (
        heading,
        _steps(view, model["title"], whose, model["organization"], steps),
        Paragraph(price_words.of_witnesses(speaking, whose)),
        Table("price-history", speaking, HISTORY),
        *_others(others),
        *_statements(with_source_titles(asked, titles)),
    )


def _steps(view: View, title: str, whose: str, maker: str | None, steps: pl.DataFrame) -> Block:
    """The steps as a chart; one price that never changed as a sentence, since two flat lines say no more."""
    if steps.select("input_usd_per_mtok", "output_usd_per_mtok").n_unique() == 1:
        return Paragraph(price_words.unchanged(title, whose, steps))
    footing = view.footing(steps, "price steps")
    return Drawn(price_steps(title, whose, maker, steps, view.as_of, footing))


def with_texts(history: pl.DataFrame) -> pl.DataFrame:
    """The rows of price_history_of_model.sql with since when, and its witnesses, as a reader sees them."""
    since = pl.when(pl.col("starts_after").is_null()).then(pl.format("{}", "starts_on"))
    return history.with_columns(
        provider=pl.col("provider").map_elements(host_name, pl.String),
        since=since.otherwise(pl.format("after {}, by {}", "starts_after", "starts_on")),
        says_so=pl.col("for_sources").list.join("; "),
        says_otherwise=pl.col("against_sources").list.join("; "),
    )


def _others(others: pl.DataFrame) -> tuple[Block, ...]:
    if others.is_empty():
        return ()
    sellers = counted(others["provider"].n_unique(), "seller")
    title = f"Other prices: {counted(others.height, 'step')} of {sellers}, with their tiers and witnesses"
    return (Folded(title, (Table("sellers", others, SELLERS),)),)


def _statements(asked: pl.DataFrame) -> tuple[Block, ...]:
    if asked.is_empty():
        return ()
    title = f"All {counted(asked.height, 'statement')}, of all sources"
    return (Folded(title, (Table("statements", asked),)),)
