"""One column of an unseen table, and what its cells say that it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from ingest.declared.columns import ALWAYS_MISSING
from ingest.declared.figures import Writing, read_figure
from ingest.declared.money import CODES, USD, currency_in_name
from ingest.formats.dates import read_date

SAMPLE: Final = 400
"""So many rows are looked at."""

DASHES: Final = frozenset(
    {"-", "–", "—", "--", "?", "TBD", "tbd", "NA", "na", "None", "none", "N.A.", "n.a.", "k.A.", "…"}
)
"""Cells that many makers write where nothing is known."""

_MODELS: Final = re.compile(
    r"(?i)\b(gpt|claude|gemini|llama|qwen|deepseek|mistral|mixtral|grok|gemma|phi|command|glm|kimi|nova|"
    r"opus|sonnet|haiku|o[134](?:-mini|-pro)?|ernie|yi|falcon|palm|minimax|nemotron|jamba|codestral|devstral)"
)
_UNIX: Final = re.compile(r"1[0-9]{9}(?:\.\d+)?")
_UNIX_MS: Final = re.compile(r"1[0-9]{12}")
_BASIC_DAY: Final = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_BASIC_HOUR: Final = re.compile(_BASIC_DAY.pattern + r"(?:[01]\d|2[0-3])")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_FIGURE: Final = r"[+-]?\d[\d.,]*(?:\s*%)?"
_COUNTED: Final = re.compile(r"(?P<figure>[^A-Za-z/]*\d)\s*(?P<behind>(?:/|[A-Za-z]).*)")
_WITH_MARGIN: Final = re.compile(
    rf"(?P<figure>{_FIGURE})\s*(?:(?:±|\+/-|\+-)\s*{_FIGURE}|[\[(]\s*{_FIGURE}\s*[-–,;]\s*{_FIGURE}\s*[\])])"
)
"""Cells that say more than a figure: what is counted, as in "$2.50 / 1M tokens", or a margin."""

MARGINS: Final = re.compile(
    r"\+\s*\d[\d.,]*\s*[/,;]?\s*[-−–]\s*\d[\d.,]*|[-−–]\s*\d[\d.,]*\s*[/,;]?\s*\+\s*\d[\d.,]*"
)
"""Cells that give only the margins above and below a figure in another cell: "+5/-4"."""

PARTS: Final = re.compile(r"\d[\d,]*\s*/\s*\d[\d,]*")
"""Cells that say how many of how many: "759/940"."""

_YES_OR_NO: Final = frozenset({"true", "false", "yes", "no"})
_MOSTLY: Final = 0.8
_FIGURES: Final = 0.7
"""So many cells of a column of figures are figures; what the others say goes to quarantine."""

_IN_PART: Final = 0.5
"""From this share of figures on a column names nothing, though it may not be one of figures either."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what its cells are.

    texts     the cells that say something
    numbers   their numbers, where most are numbers
    percent   whether some cell has a percent sign
    currency  the currency of its money, where it names one
    date      how its dates are written: "" as usual, a key of `date`, None where they are no dates
    orders    the orders of day and month under which every date can be read, where that matters
    models    the share of cells that look like names of models
    figures   the share of cells that are figures
    pattern   what takes the figure out of a cell that says more, such as "$2.50 / 1M tokens" or "81.2 ± 1.1"
    behind    what stands behind the figure in every cell
    """

    name: str
    texts: tuple[str, ...]
    numbers: tuple[float, ...] = ()
    percent: bool = False
    currency: str | None = None
    date: str | None = None
    orders: tuple[str, ...] = ()
    models: float = 0.0
    figures: float = 0.0
    pattern: str = ""
    behind: str = ""

    @property
    def spoken(self) -> str:
        """Its name, with what every cell says behind the figure: both may speak of the unit."""
        return f"{self.name} {self.behind}".strip()

    def as_field(self, **keys: Any) -> Any:
        """A field of a form that is read from it: the column's name, or a table of keys."""
        more = {"pattern": self.pattern} if self.pattern else {}
        return {"column": self.name, **more, **keys} if more or keys else self.name

    @property
    def is_number(self) -> bool:
        """Whether its cells are figures."""
        return bool(self.numbers)

    @property
    def is_text(self) -> bool:
        """Whether its cells are words: no figures, dates, addresses or mere yes and no."""
        says_yes_or_no = {text.lower() for text in self.texts} <= _YES_OR_NO
        is_figures = self.is_number or self.figures >= _IN_PART
        is_other = is_figures or self.date is not None or self.is_address or says_yes_or_no
        return bool(self.texts) and not is_other

    @property
    def is_address(self) -> bool:
        """Whether its cells are addresses."""
        return bool(self.texts) and all(text.startswith(("http://", "https://", "/")) for text in self.texts)

    @property
    def varied(self) -> float:
        """The share of its cells that differ from each other."""
        return len(set(self.texts)) / max(1, len(self.texts))


def columns_of(frame: pl.DataFrame, decimal: str) -> list[Column]:
    """The columns of a table with figures written so, blank ones left out."""
    sample = frame.head(SAMPLE)
    found = [
        _column(name, _said(sample[name]), decimal) for name in sample.columns if not name.startswith("@")
    ]
    return [column for column in found if column.texts]


def missing_words(frame: pl.DataFrame) -> list[str]:
    """The signs for "nothing" that a table uses, besides those that are always so."""
    sample = frame.head(SAMPLE)
    cells = {text.strip() for name in sample.columns for text in sample[name].drop_nulls()}
    return sorted(cells & DASHES)


def decimal_of(frame: pl.DataFrame, separator: str = ",") -> str:
    """The decimal sign under which more cells are figures; where neither is better, a point.

    Who parts cells by semicolons does so for the sake of decimal commas: then points may part thousands.
    """
    cells = [text for name in frame.columns for text in _said(frame.head(SAMPLE)[name])]
    counts = {sign: sum(_figure(text, sign)[0] is not None for text in cells) for sign in (".", ",")}
    if counts[","] != counts["."] or separator != ";":
        return "," if counts[","] > counts["."] else "."
    return "," if any(_THOUSANDS.fullmatch(text) for text in cells) else "."


def _said(cells: pl.Series) -> tuple[str, ...]:
    texts = (text.strip() for text in cells.cast(pl.String).drop_nulls())
    return tuple(text for text in texts if text not in ALWAYS_MISSING and text not in DASHES)


def _figure(text: str, decimal: str) -> tuple[float | None, str | None]:
    """The number of a text, and its currency where it names one."""
    figure = read_figure(text, Writing(decimal, is_percent=True))
    if figure.value is not None or not figure.wrong.startswith("is in "):
        return figure.value, USD if figure.value is not None and "$" in text else None
    code = figure.wrong.split()[2].rstrip(",:")
    return (
        (read_figure(text, Writing(decimal, code, is_percent=True)).value, code)
        if code in CODES
        else (None, None)
    )


def _column(name: str, texts: Sequence[str], decimal: str) -> Column:
    parted = _parted(texts)
    if parted is not None:
        figures, pattern, behind = parted
        inner = _column(name, figures, decimal)
        if len(inner.numbers) == len(texts) and _dates(texts) == (None, ()):
            return replace(inner, texts=tuple(texts), pattern=pattern, behind=behind)
    read = [_figure(text, decimal) for text in texts]
    numbers = tuple(value for value, _ in read if value is not None)
    codes = [code for _, code in read if code is not None]
    is_number = len(numbers) >= _FIGURES * len(texts) and bool(numbers)
    date, orders = _dates(texts)
    return Column(
        name,
        tuple(texts),
        numbers if is_number else (),
        percent=is_number and any(text.endswith("%") for text in texts),
        currency=codes[0] if codes else currency_in_name(name),
        date=date,
        orders=orders,
        models=sum(map(is_model, texts)) / max(1, len(texts)),
        figures=len(numbers) / max(1, len(texts)),
    )


def _parted(texts: Sequence[str]) -> tuple[list[str], str, str] | None:
    """The figures of cells that all count the same, or bear a margin; their pattern; what is counted."""
    if all(map(MARGINS.fullmatch, texts)) or all(map(PARTS.fullmatch, texts)):
        return None
    counted = _all_match(_COUNTED, texts)
    behind = {" ".join(match["behind"].lower().split()) for match in counted}
    if len(behind) == 1:
        (words,) = behind
        # whatever counts otherwise one day must not pass for the same
        same = r"\s+".join(map(re.escape, words.split()))
        return [match["figure"] for match in counted], rf"^([^A-Za-z/]*\d)\s*(?i:{same})$", words
    margins = _all_match(_WITH_MARGIN, texts)
    return ([match["figure"] for match in margins], rf"^({_FIGURE})", "") if margins else None


def _all_match(cell: re.Pattern[str], texts: Sequence[str]) -> list[re.Match[str]]:
    """The matches of all cells, none where one does not match or there are not several."""
    found = [match for text in texts if (match := cell.fullmatch(text)) is not None]
    return found if len(found) == len(texts) > 1 else []


def is_model(text: str) -> bool:
    """Whether a text looks like the name of a model."""
    return _MODELS.search(text) is not None


def _dates(texts: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """How the dates of cells are written, and the orders that would read those that need one."""
    if not texts:
        return None, ()
    for form, pattern in (
        ("unix_ms", _UNIX_MS),
        ("unix", _UNIX),
        ("%Y%m%d", _BASIC_DAY),
        ("%Y%m%d%H", _BASIC_HOUR),
    ):
        if all(pattern.fullmatch(text) for text in texts):
            return form, ()
    enough = _MOSTLY * len(texts)
    if sum(read_date(text) is not None for text in texts) >= enough:
        return "", ()
    orders = [
        order
        for order in ("dmy", "mdy")
        if sum(read_date(text, (), order) is not None for text in texts) == len(texts)
    ]
    return ("", tuple(orders)) if orders else (None, ())
