"""The frame that all pages share: the snapshot, the date they are seen as of, and how a chart is shown.

For whoever writes a page. A page is one file beside this one plus one line in registry.py. It reads

    view = frame.view()                                    # settings, snapshot, as-of date, light or dark
    rows = view.ask("scores_of_benchmark", benchmark=...)  # store/queries/NAME.sql; $as_of is filled in
    result = best_so_far(rows, view.as_of)                 # analysis: pure
    chart = capability_over_time(result, ...)              # charts: pure, of no mode
    frame.answer("The first line: what the reader wants to know, computed.")
    show_chart(chart, view, controls=("benchmark",))       # pages/chart_block.py

- `st.title` repeats the title that registry.py gives the page.
- Every widget has a `key` and `bind="query-params"`; name those keys in `controls`, and the link below the
  chart writes all of them out, whether they differ from their defaults or not.
- `view.ask` is cached on the snapshot's id, so a new snapshot is a new answer and an old one costs nothing.
  Wrap slow analysis in `st.cache_data` and pass `view.snapshot.id` as its first argument.
- What is slow stands in `@st.fragment`, under `with st.skeleton(height=...)`.
- Where the archive does not reach back to the as-of date, `view.reading(first_known)` falls back to what had
  been released by then; show its `note`.
- When there is nothing to show, say so: `frame.nothing_yet("...")`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import polars as pl
import streamlit as st

from charts.parts.figure import Footing, in_words
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode
from config import Settings, load_settings
from store.snapshot import NoSnapshotError, Snapshot, end_of, latest

AS_OF: Final = "as_of"
"""Key and address parameter of the control for the as-of date."""

FIRST_DAY: Final = date(2020, 1, 1)
FOLLOW_SECONDS: Final = 15
_NARROW_TEXT: Final = """
<style>
@media (max-width: 640px) {
  .js-plotly-plot .gtitle, .js-plotly-plot .annotation[data-index="2"] { display: none; }
  .js-plotly-plot .annotation[data-index="0"], .js-plotly-plot .annotation[data-index="1"] {
    opacity: 1 !important; }
  .js-plotly-plot .annotation:not([data-index="0"]) .annotation-text { font-size: 9px !important; }
  .js-plotly-plot .xtitle, .js-plotly-plot .ytitle { font-size: 10px !important; }
  .js-plotly-plot .xtick text, .js-plotly-plot .ytick text { font-size: 10px !important; }
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
}
.st-key-answer p { font-size: 1.2rem; line-height: 1.5; }
.stMainBlockContainer { max-width: 1120px; padding-top: 3.2rem; }
</style>
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a past date is read: what was known then, or else what had been released by then.

    `instant` is what queries take as `$as_of`, `released_by` what they take as `$released_by`.
    """

    instant: datetime
    released_by: date
    known: bool

    @property
    def note(self) -> str:
        """What the reader must know of a fall-back; empty where none was needed."""
        if self.known:
            return ""
        return (
            f"The archive does not reach back to {in_words(self.released_by)}: this shows models released by "
            "then, with figures as they are known now."
        )


@dataclass(frozen=True, slots=True)
class View:
    """What a page sees: one snapshot, as of one date."""

    settings: Settings
    snapshot: Snapshot
    as_of: date
    today: date
    mode: Mode

    @property
    def instant(self) -> datetime:
        """The last moment of the as-of date (aware UTC)."""
        return end_of(self.as_of)

    def ask(self, query: str, **parameters: object) -> pl.DataFrame:
        """The rows of store/queries/QUERY.sql; `$as_of` is the end of the as-of date unless given."""
        return _ask(self.snapshot.id, str(self.snapshot.file), query, {"as_of": self.instant} | parameters)

    def reading(self, first_known: datetime | None) -> Reading:
        """Known as of the date if the archive reaches back to it, else what had been released by then."""
        known = first_known is None or first_known <= self.instant
        return Reading(self.instant if known else end_of(self.today), self.as_of, known)

    def footing(self, rows: pl.DataFrame, counted: str = "models", note: str = "") -> Footing:
        """The footer of a chart of `rows`, which name their sources in source_id and price_source_id."""
        named = [rows[name] for name in ("source_id", "price_source_id") if name in rows.columns]
        used = {source for column in named for source in column.drop_nulls().to_list()}
        credits = self.ask("credits").filter(pl.col("source_id").is_in(sorted(used)))
        words = credits_in_words(list(credits.select("attribution", "licence").iter_rows()))
        return Footing(words, self.as_of, rows.height, counted, note)


def view() -> View:
    """What the page now drawn sees. Stops the page with a sentence where nothing was published yet."""
    settings = load_settings()
    try:
        snapshot = latest(settings.snapshot_folder)
    except NoSnapshotError as error:
        st.info(str(error))
        st.stop()
    today = datetime.now(UTC).date()
    chosen = st.session_state.get(AS_OF) or today
    return View(settings, snapshot, chosen, today, _mode())


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
    return tuple(_credit(*pair) for pair in told if pair not in shorter)


def _credit(attribution: str, licence: str) -> str:
    """The credit with its licence, where its words do not name it."""
    if licence.startswith("single facts"):
        return "facts collected by hand, each row of the table with its source"
    named = _letters(licence) in _letters(attribution)
    return attribution if named else f"{attribution} (licence: {licence})"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def style() -> None:
    """What the theme cannot say: letters in charts shrink on narrow screens."""
    st.html(_NARROW_TEXT)


def sidebar() -> None:
    """The control that all pages share, and which data they show."""
    with st.sidebar:
        st.date_input(
            "As known on",
            value="today",
            min_value=FIRST_DAY,
            max_value="today",
            format="YYYY-MM-DD",
            key=AS_OF,
            bind="query-params",
            help="See every page as it would have looked on a past date.",
        )
        _follow()


@st.fragment(run_every=FOLLOW_SECONDS)
def _follow() -> None:
    """Pick up a new snapshot without a restart: when the pointer has moved, the whole page is drawn again."""
    try:
        snapshot = latest(load_settings().snapshot_folder)
    except NoSnapshotError:
        return
    seen = st.session_state.setdefault("snapshot_shown", snapshot.id)
    if seen != snapshot.id:
        st.session_state["snapshot_shown"] = snapshot.id
        st.rerun()
    st.caption(f"Data published {ago(snapshot.published_at, datetime.now(UTC))} (no. {int(snapshot.id)}).")


def freshness(view: View) -> None:
    """One line on how far the data reach."""
    held = view.ask("newest_payload").row(0, named=True)
    if held["last_as_of"] is None:
        return
    st.caption(
        f"Newest data: {in_words(held['last_as_of'].date())}. {counted(held['rows_held'], 'row')} from "
        f"{counted(held['sources'], 'source')}, {counted(held['payloads'], 'payload')} kept."
    )


def answer(sentence: str) -> None:
    """Say the first line of a page, larger than the rest: what the reader came for, computed."""
    with st.container(key="answer"):
        st.markdown(plain(sentence))


def plain(text: str) -> str:
    """Text for Markdown whose dollar signs mean dollars, and whose percent signs stay with their numbers."""
    return no_break_percent(text).replace("$", "\\$")


def counted(number: int, thing: str) -> str:
    """A number with its thing in the singular or plural: 1 row, 2 rows."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def nothing_yet(what: str) -> None:
    """Say in words that there is no data yet and what brings some."""
    st.info(f"No data yet: {what} The Data page says when each source runs next, and can run it now.")


def ago(instant: datetime | None, now: datetime) -> str:
    """How long ago, in the coarsest unit that says enough; "never" for None."""
    if instant is None:
        return "never"
    passed = now - instant
    if passed < timedelta(minutes=2):
        return "just now"
    for span, word in (
        (timedelta(days=1), "day"),
        (timedelta(hours=1), "hour"),
        (timedelta(minutes=1), "minute"),
    ):
        if passed >= span:
            return f"{counted(passed // span, word)} ago"
    return "just now"


@st.cache_data(max_entries=400, show_spinner=False)
def _ask(snapshot_id: str, file: str, query: str, parameters: dict[str, object]) -> pl.DataFrame:
    return Snapshot(snapshot_id, Path(file)).ask(query, **parameters)


def _mode() -> Mode:
    return Mode.DARK if st.context.theme.type == "dark" else Mode.LIGHT
