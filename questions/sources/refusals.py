"""What was not believed, and why: rows in quarantine, doubted prices, names that no rule explains."""

from __future__ import annotations

from typing import Final

import polars as pl

from questions.answer import Block, Column, Folded, Heading, Kind, Notice, Paragraph, Placed, Table
from questions.view import View
from questions.wording import agreeing, counted

MOST_REFUSED: Final = 500
_REASONS: Final = {
    "source_id": Column("source", width=150),
    "reason": Column("why it was refused", width=470),
    "rows": Column("rows", Kind.NUMBER, width=70),
    "kind": Column("kind of row", width=90),
    "last_seen_at": Column("last seen (UTC)", Kind.INSTANT, width=130),
}
_REFUSED: Final = {
    "reason": Column("why it was refused", width=400),
    "row": Column("the row", width=370),
    "observed_at": Column("seen (UTC)", Kind.INSTANT, width=150),
    "kind": Column("kind"),
    "payload_url": Column("payload", Kind.LINK),
    "payload_sha256": Column("payload SHA-256"),
}
_DOUBTS: Final = {
    "reason": Column("why it is doubted", width=415),
    "model_name": Column("name in the source", width=160),
    "provider": Column("seller", width=85),
    "input_usd_per_mtok": Column("input, $ per million tokens", Kind.NUMBER, digits=4, width=190),
    "output_usd_per_mtok": Column("output, $ per million tokens", Kind.NUMBER, digits=4, width=200),
    "observed_at": Column("seen", Kind.DAY, width=95),
    "source_id": Column("source"),
    "payload_url": Column("payload", Kind.LINK),
    "payload_sha256": Column("payload SHA-256"),
}
_NAMES: Final = {
    "model_name": Column("name in the source", width=300),
    "n_scores": Column("scores", Kind.NUMBER, width=75),
    "n_prices": Column("maker's prices", Kind.NUMBER, width=105),
    "n_offers": Column("other sellers", Kind.NUMBER, width=105),
    "sources": Column("sources", width=430),
    "model_id": Column("stands on its own as"),
}


def refusing_sources(view: View) -> list[str]:
    """The sources of which rows were refused, those with the most first."""
    names: list[str] = _reasons(view)["source_id"].unique(maintain_order=True).to_list()
    return names


def quarantine(view: View, source: str | None) -> tuple[Block, ...]:
    """The rows that were refused, by reason, with those of one source."""
    origins = dict(view.ask("payload_origins").iter_rows())
    begin = (Heading("Quarantine: rows that were refused"), *_shipped(origins.get("bundle", 0)))
    reasons = _reasons(view)
    if source is None or reasons.is_empty():
        return (*begin, Notice(_nothing_refused(origins.get("archive", 0))))
    refused = view.ask("quarantine", source=source, most=MOST_REFUSED)
    rows = counted(int(reasons["rows"].sum()), "row")
    of_source = int(reasons.filter(source_id=source)["rows"].sum())
    return (
        *begin,
        Paragraph(f"Kept out, with the reason: {rows} that failed a schema or sanity check."),
        Table("reasons", reasons, _REASONS),
        Placed("refused_from"),
        *_newest_only(refused.height, of_source, source),
        Table("refused", refused, _REFUSED, of=of_source),
    )


def _newest_only(shown: int, rows: int, source: str) -> tuple[Block, ...]:
    """That not all refused rows of a source are shown, where they are not."""
    if shown >= rows:
        return ()
    return (Paragraph(f"The newest {shown:,} of {rows:,} rows refused from {source}."),)


def doubted_prices(view: View) -> tuple[Block, ...]:
    """Prices that kept their schema but are more likely errors in a table; no chart uses them."""
    heading, doubts = Heading("Prices that are doubted"), view.ask("price_doubts")
    if doubts.is_empty():
        return (heading, Notice("No price is doubted as of this date."))
    said = (
        f"{counted(doubts.height, 'price')} in no chart: each is more likely an error in a table than a "
        "price, for the reason given. A second source that says the same would lift the doubt."
    )
    rows = doubts.with_columns(pl.col("observed_at").dt.date())
    return (heading, Paragraph(said), Table("doubts", rows, _DOUBTS))


def doubted_sightings(view: View) -> tuple[Block, ...]:
    """Lists that show a model before it was released: their dates are doubted, the release day is not."""
    heading, doubts = Heading("Sightings that are doubted"), view.ask("release_doubts")
    if doubts.is_empty():
        return (heading, Notice("No list shows a model before its release day."))
    said = (
        f"{counted(doubts.height, 'sighting')} of a model before its release day. An edition's date is not "
        "the day on which it was read, and a name may mean an earlier version: none of them moves a day."
    )
    shown = Folded("The sightings, the earliest before their day first", (Table("early-sightings", doubts),))
    return (heading, Paragraph(said), shown)


def unresolved_names(view: View) -> tuple[Block, ...]:
    """Names of models that no rule explains: each stays on its own and waits for a person."""
    heading, names = Heading("Names that no rule explains"), view.ask("names_unresolved")
    if names.is_empty():
        return (heading, Notice("Every name with a score or a price is explained."))
    stay = agreeing(names.height, "stays on its own", "stay on their own")
    said = (
        f"{counted(names.height, 'name')} with a score or a price {stay}, because a "
        "doubtful match is worse than none. A person decides on the few that may mean a known model."
    )
    shown = Folded("The names, the weightiest first", (Table("unresolved-names", names, _NAMES),))
    return (heading, Paragraph(said), shown)


def _reasons(view: View) -> pl.DataFrame:
    return view.ask("quarantine_reasons", source="")


def _shipped(payloads: int) -> tuple[Block, ...]:
    """What is not known of payloads that came with the code."""
    if not payloads:
        return ()
    said = (
        f"{counted(payloads, 'payload')} came with the code as accepted rows only: what was refused in them "
        "is not shipped. Rows refused in later refreshes stand here."
    )
    return (Paragraph(said),)


def _nothing_refused(read_here: int) -> str:
    if read_here:
        return f"Nothing was refused in the {counted(read_here, 'payload')} read on this machine."
    return "No payload was read on this machine yet, so none of its rows could be refused."
