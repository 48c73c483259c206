"""What a question sees: one snapshot, as of one date, and how to ask it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from charts.parts.figure import Footing, in_words
from errors import ExpectedError
from questions.bounded import Bounded
from questions.reach import newest_day
from store.ledger import Ledger
from store.rows import on_its_own
from store.snapshot import Snapshot, end_of

FIRST_DAY: Final = date(2020, 1, 1)
"""The first as-of date that can be asked for."""


class AsOfError(ExpectedError):
    """A date that no question can be asked as of; the message says which can."""


@dataclass(frozen=True, slots=True)
class KnownBy:
    """What counts as known: what had been observed by `instant`, of what had happened by the day `on`.

    instant  aware UTC; queries take it as `$as_of`
    on       the day by which models had been released and prices were in force; queries take it as `$on`
    in_time  False where the archive does not reach back to the day: what happened by then, as it is known now
    """

    instant: datetime
    on: date
    in_time: bool = True

    @property
    def note(self) -> str:
        """What the reader must know of a fall-back; empty where none was needed."""
        return self.note_on("models")

    def note_on(self, shown: str) -> str:
        """The same where other things than models are shown; `shown` names them in the plural."""
        if self.in_time:
            return ""
        return (
            f"The archive does not reach back to {in_words(self.on)}: shown are {shown} released by then, "
            "with figures known now."
        )


@dataclass(frozen=True, slots=True)
class View:
    """One snapshot as of one date; `ledger` is what questions read that tell how sources stand just now."""

    snapshot: Snapshot
    as_of: date
    today: date
    ledger: Ledger

    @property
    def known_then(self) -> KnownBy:
        """What had been observed by the end of the as-of date."""
        return KnownBy(end_of(self.as_of), self.as_of)

    @property
    def known_now(self) -> KnownBy:
        """What had happened by the as-of date, by all that is known today."""
        return KnownBy(end_of(self.today), self.as_of, in_time=False)

    def known_since(self, first_known: datetime | None) -> KnownBy:
        """As known then where the archive reaches back to the date, else by what is known now."""
        then = self.known_then
        return then if first_known is None or first_known <= then.instant else self.known_now

    def ask(self, query: str, known_by: KnownBy | None = None, **parameters: object) -> pl.DataFrame:
        """The rows of store/queries/NOUN/QUERY.sql by what counts as known; as known then, unless given."""
        by = known_by or self.known_then
        given = {"as_of": by.instant, "on": by.on} | parameters
        frozen = tuple(sorted((name, _frozen(value)) for name, value in given.items()))
        return _ask(self.snapshot.id, self.snapshot.file, query, frozen)

    def source_titles(self) -> dict[str, str]:
        """The sources by the titles that readers know them by, of their ids."""
        return dict(self.ask("credits").select("source_id", "title").iter_rows())

    def footing(
        self,
        rows: pl.DataFrame,
        counted: str = "models",
        note: str = "",
        until: date | None = None,
        beside: pl.DataFrame | None = None,
    ) -> Footing:
        """The footer of a chart of `rows`, which name their sources in source_id and price_source_id.

        All lists that say so of a price (for_sources) are named too: it holds on the word of each.
        `until`: the last day that the chart draws, where that is not the as-of date; see `reaching` for
        the days of the rows.
        `beside`: rows that the chart rests on as well, whose sources are credited but which are not counted:
        the scores behind a chart of prices.
        """
        named = [rows[name] for name in ("source_id", "price_source_id") if name in rows.columns]
        named += [beside["source_id"]] if beside is not None else []
        named += [rows["for_sources"].explode()] if "for_sources" in rows.columns else []
        used = {source for column in named for source in column.drop_nulls().to_list()}
        credits = self.ask("credits").filter(pl.col("source_id").is_in(sorted(used)))
        words = credits_in_words(list(credits.select("attribution", "licence").iter_rows()))
        return Footing(words, self.as_of, rows.height, counted, note, newest_day(rows, until or self.as_of))


def as_of_date(text: str | None, today: date) -> date:
    """The as-of date that a person or an address names; today for none.

    Raises AsOfError with the days that can be asked for.
    """
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= today:
        raise AsOfError(
            f"as_of = {text!r} is no day that can be asked for; write a day from {FIRST_DAY} to {today} as "
            "YYYY-MM-DD."
        )
    return day


def credits_in_words(credits: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Whom to credit, once each: pairs of attribution and licence, in order.

    A credit that only begins another one of the same licence is left out: the longer one says the same.
    """
    told = dict.fromkeys(credits)
    cores = {pair: (_letters(pair[0]).removesuffix(_letters(pair[1])), pair[1]) for pair in told}
    shorter = {
        one
        for one, (core, licence) in cores.items()
        for other, (longer, same) in cores.items()
        if one != other and licence == same and longer.startswith(core) and len(longer) > len(core)
    }
    groups: dict[tuple[str, str], list[str]] = {}
    for words, licence in (_credit(*pair) for pair in told if pair not in shorter):
        groups.setdefault(("" if licence else words, licence), []).append(words)
    return tuple(_under(licence, names) for (_, licence), names in groups.items())


def _credit(attribution: str, licence: str) -> tuple[str, str]:
    """The words of a credit, and the licence where they do not name it."""
    if licence.startswith("single facts"):
        return "facts collected by hand, each row of the table with its source", ""
    named = _letters(licence) in _letters(attribution)
    return attribution, "" if named else licence


def _under(licence: str, names: Sequence[str]) -> str:
    """Credits of one licence, which is said once for all of them."""
    if not licence:
        return names[0]
    if len(names) == 1:
        return f"{names[0]} (licence: {licence})"
    return f"{', '.join(names[:-1])} and {names[-1]} (licence of each: {licence})"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


_Asked = tuple[str, Path, str, tuple[tuple[str, object], ...]]
_rows: Final[Bounded[_Asked, pl.DataFrame]] = Bounded(400)


# The file stands beside the id because two homes may publish the same number.
def _ask(
    snapshot_id: str, file: Path, query: str, parameters: tuple[tuple[str, object], ...]
) -> pl.DataFrame:
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters}
    return _rows.result(
        (snapshot_id, file, query, parameters),
        lambda: on_its_own(Snapshot(snapshot_id, file).ask(query, **given)),
    )


def forget_rows(folder: Path, keep: frozenset[str]) -> None:
    """Let go of the rows asked of the snapshots in a folder, but for those of these ids."""
    _rows.forget(lambda asked: asked[1].parent == folder and asked[0] not in keep)
