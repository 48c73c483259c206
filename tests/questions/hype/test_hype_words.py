"""First lines on hype: at most thirty words whatever the names, and right in number."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.hype.attention import LaunchRanks, rank_launches
from analysis.hype.buzz import Buzz, BuzzVerdict
from analysis.results import Estimate, Interval
from questions.hype.page_buzz import PageBuzz
from questions.hype.words import first_line, of_buzzes, of_untold

DAY = date(2026, 10, 2)
ESTIMATE = Estimate(0.5, Interval(0.1, 0.9))


def ranks(*names: str) -> LaunchRanks:
    """Launches with falling points."""
    rows = [(name, DAY, 1000.0 - place, 10.0) for place, name in enumerate(names)]
    columns = ["name", "released_on", "points_after", "points_before"]
    schema = dict(zip(columns, (pl.String, pl.Date, pl.Float64, pl.Float64), strict=True))
    return rank_launches(pl.DataFrame(rows, schema=schema, orient="row"))


def seen(*verdicts: tuple[str, BuzzVerdict], page: str = "ChatGPT") -> PageBuzz:
    """A page with releases of these verdicts."""
    daily = pl.DataFrame({"valid_on": [DAY], "value": [1.0], "source_id": ["facts"]})
    told = (BuzzVerdict.STANDS_OUT, BuzzVerdict.USUAL)
    return PageBuzz(
        page,
        daily,
        tuple(
            Buzz(name, DAY, ESTIMATE if verdict in told else None, None, None, 0, None, None, "", verdict)
            for name, verdict in verdicts
        ),
        None,
    )


OUT, USUAL, GAP = BuzzVerdict.STANDS_OUT, BuzzVerdict.USUAL, BuzzVerdict.NO_FULL_WINDOW
LONG = "A very long name of a model with its date and its setting"


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (seen(("A", OUT), ("B", USUAL)), "only A of 2 releases stood out by 2 October 2026."),
        (seen(("A", USUAL), ("B", USUAL)), "none of 2 releases stood out by 2 October 2026."),
        (seen(("A", USUAL), ("B", GAP)), "none of 1 release stood out by 2 October 2026."),
        (seen(("A", GAP), ("B", GAP)), "none of 2 releases can be judged up to 2 October 2026."),
        (seen((LONG, OUT), ("B", USUAL)), "1 of 2 releases stood out by 2 October 2026."),
    ],
)
def test_who_stood_out_is_named_where_there_is_room(page: PageBuzz, line: str) -> None:
    """Names give way to numbers; what cannot be told is not said to be none that stood out."""
    said = first_line(ranks("GPT-5", "o1"), page, DAY)
    assert said == (
        f"On Hacker News GPT-5 made the largest stir of 2 launches (990 points); on Wikipedia's page "
        f"ChatGPT {line}"
    )


@pytest.mark.parametrize("names", [(), ("o1",), (LONG, "o1"), (f"{LONG} {LONG}",)])
@pytest.mark.parametrize("page", [None, seen((LONG, OUT), (f"{LONG} 2", OUT)), seen(page=LONG)])
def test_no_first_line_has_more_than_thirty_words(names: tuple[str, ...], page: PageBuzz | None) -> None:
    """However long names are, whatever is missing."""
    assert len(first_line(ranks(*names), page, DAY).split()) <= 30


def test_without_launches_the_page_is_the_answer() -> None:
    """The line begins with Wikipedia."""
    line = first_line(ranks(), seen(("A", USUAL), ("B", USUAL)), DAY)
    assert line == "On Wikipedia's page ChatGPT none of 2 releases stood out by 2 October 2026."


def test_without_a_page_the_launches_are_the_answer() -> None:
    """The line has the day of the last launch."""
    line = first_line(ranks("GPT-5", "o1"), None, DAY)
    assert line == (
        "On Hacker News, up to 2 October 2026, GPT-5 made the largest stir of 2 launches (990 points)."
    )


def test_what_cannot_be_told_is_counted() -> None:
    """One release or many, beside others that can be told or alone; nothing where all can."""
    assert of_untold(seen(("A", USUAL), ("B", GAP))).startswith("1 more release cannot be told")
    assert of_untold(seen(("A", GAP), ("B", GAP))).startswith("2 releases cannot be told")
    assert of_untold(seen(("A", USUAL))) == of_untold(None) == ""
    assert "; 1 more cannot be told." in of_buzzes(seen(("A", USUAL), ("B", GAP)))
