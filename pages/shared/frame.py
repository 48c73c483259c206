"""The frame around all pages: the snapshot and the date they are seen as of, style, and words in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Final
from urllib.parse import quote

import streamlit as st

from charts.parts import theme
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode
from config import NO_CONTACT, Settings, load_settings, release
from faces.addresses import AS_OF
from faces.current import away_since, current_snapshot, current_view
from faces.html import page_style
from faces.operator import Asker
from faces.operator import operator as may_change
from faces.plain_markdown import only_words
from pages.registry import page_of
from questions.glossary import explained
from questions.view import FIRST_DAY, AsOfError, View, as_of_date
from questions.wording import counted
from store.snapshot import NoSnapshotError

FOLLOW_SECONDS: Final = 15
_AS_OF_SHOWN: Final = "as_of_shown"
_DAY_REFUSED: Final = "day_refused"


def view() -> View:
    """What the page now drawn sees. Stops the page with a sentence where nothing was published yet."""
    chosen: date | None = st.session_state.get(AS_OF)
    try:
        return current_view(load_settings(), chosen.isoformat() if chosen else None)
    except NoSnapshotError as error:
        st.info(str(error))
        st.stop()


def settings() -> Settings:
    """The settings of this installation, for what a page hands on."""
    return load_settings()


def version() -> str:
    """The release that runs."""
    return release()


def view_if_any() -> View | None:
    """The same for what stands beside the page: without words, None where nothing was published yet."""
    chosen: date | None = st.session_state.get(AS_OF)
    try:
        return current_view(load_settings(), chosen.isoformat() if chosen else None)
    except (NoSnapshotError, AsOfError):
        return None


def operator() -> bool:
    """Whether who looks at the page now drawn may change something."""
    headers = st.context.headers
    came = ((name, value) for name in headers for value in headers.get_all(name))
    # Streamlit tells no peer where it is this machine
    return may_change(Asker.from_headers(came, st.context.ip_address), load_settings())


def mode() -> Mode:
    """Light or dark, as the reader's theme is."""
    return Mode.DARK if st.context.theme.type == "dark" else Mode.LIGHT


def style() -> None:
    """What the theme cannot say: the words around charts, and how letters shrink on narrow screens."""
    st.html(f"<style>:root {{ {theme.css_variables(mode())} }}\n{page_style()}</style>")


def sidebar() -> None:
    """The control that all pages share, and which data they show."""
    _read_address()
    with st.sidebar:
        st.date_input(
            "As known on",
            value="today",
            min_value=FIRST_DAY,
            max_value="today",
            format="YYYY-MM-DD",
            key=AS_OF,
            help="See every page as it would have looked on a past date.",
        )
        _write_address()
        _follow()


def _read_address() -> None:
    """Take the date from the address where that is new; say above the page where it cannot be used.

    An address without a date says nothing of it: Streamlit gives one on the way to another page.
    """
    asked = st.query_params.get(AS_OF)
    if not asked or asked == st.session_state.get(_AS_OF_SHOWN):
        return
    try:
        st.session_state[AS_OF] = as_of_date(asked, datetime.now(UTC).date())
    except AsOfError as error:
        st.warning(plain(f"{error} This is today."))
        st.session_state[_DAY_REFUSED] = True


def day_was_refused() -> bool:
    """Whether the run of the script that asks has said that the day of the address cannot be used."""
    return bool(st.session_state.pop(_DAY_REFUSED, False))


def _write_address() -> None:
    """Bring the address up to the date, on every page: else its link, and Back, would lead to today.

    The widget's own binding to the address writes it on the page only on which it was set.
    """
    wanted = _past_day()
    st.session_state[_AS_OF_SHOWN] = wanted
    if wanted and st.query_params.get(AS_OF) != wanted:
        st.query_params[AS_OF] = wanted
    elif not wanted and AS_OF in st.query_params:
        del st.query_params[AS_OF]


def _past_day() -> str | None:
    """The chosen day as an address gives it; None for today, which needs no words there."""
    chosen: date | None = st.session_state.get(AS_OF)
    return chosen.isoformat() if chosen and chosen != datetime.now(UTC).date() else None


def link(
    question: str, label: str, controls: Sequence[tuple[str, str]] = (), *, with_icon: bool = True
) -> None:
    """A link to the page of a question, its controls set, that keeps the chosen day even in a new tab."""
    page, past = page_of(question), _past_day()
    day = [(AS_OF, past)] if past else []
    icon = page.icon if with_icon else None
    st.page_link(page.file, label=label, icon=icon, query_params=[*controls, *day] or None)


@st.fragment(run_every=FOLLOW_SECONDS)
def _follow() -> None:
    """Pick up a new snapshot without a restart: when the pointer has moved, the whole page is drawn again."""
    try:
        snapshot = current_snapshot(load_settings())
    except NoSnapshotError:
        return
    seen = st.session_state.setdefault("snapshot_shown", snapshot.id)
    if seen != snapshot.id:
        st.session_state["snapshot_shown"] = snapshot.id
        st.rerun()
    now = datetime.now(UTC)
    st.caption(published(int(snapshot.id), snapshot.published_at, now))
    if away := away_since(load_settings()):
        st.caption(f"Newer data could not be fetched since {away:%H:%M} UTC; this is the last copy.")


def badge(verdict: str) -> None:
    """The verdict in a few words, set off from the sentence below it."""
    st.html(f'<p class="badge">{escape(no_break_percent(verdict))}</p>')


def answer(sentence: str) -> None:
    """Say the first line of a page, larger than the rest: what the reader came for, computed."""
    with st.container(key="answer"):
        st.markdown(plain(sentence), help=explained(sentence).replace("$", "\\$") or None)


def report_address(title: str, page: str) -> str | None:
    """Where a mistake in a chart is reported, the words for it filled in; None where nobody set a place."""
    settings = load_settings()
    subject, body = quote(f"Mistake in: {title}"), quote(f"What is wrong:\n\n\nSeen at {page}")
    if settings.report_url:
        return settings.report_url.replace("{title}", subject).replace("{body}", body)
    if "@" in settings.contact and "://" not in settings.contact:
        return f"mailto:{settings.contact}?subject={subject}&body={body}"
    return None


def whom_to_tell() -> str:
    """What a reader can do about a mistake where no address takes reports, in Markdown."""
    contact = load_settings().contact
    check = (
        "Below each chart stand its sources and the rows that it draws, so that a figure can be checked "
        "where it comes from; a mistake in a source is best reported to its makers."
    )
    if contact == NO_CONTACT:
        return f"Whoever runs this copy has left no address. {check}"
    who = f"<{contact}>" if contact.startswith(("https://", "http://")) else plain(contact)
    return f"Please tell whoever runs this copy: {who}. {check}"


def plain(text: str) -> str:
    """Text for Markdown whose dollar signs mean dollars, and whose percent signs stay with their numbers."""
    return only_words(no_break_percent(text)).replace("$", "\\$")


def published(number: int, at: datetime | None, now: datetime) -> str:
    """When the data shown were published, with their number, which stays on one line."""
    return f"Data published {ago(at, now)} (no.\u00a0{number})."


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
