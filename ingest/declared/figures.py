"""Figures as sources write them: decimal point or comma, thousands, currency, percent; never guessed.

A figure is read where it can mean one number only under what the form says. Else it is refused with the
reason, which names the key of the form that would say how it is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from typing import Final

import polars as pl

from ingest.declared.money import BEFORE, BEHIND, USD, currency_of

COMMA: Final = 'writes its decimals with a comma, or may do so: say decimal = "," if it does'
DOUBTFUL_THOUSANDS: Final = r"^[^0-9.,]*[1-9]\d{0,2},\d{3}[^0-9.,]*$"
"""A text such as `1,250`: where no figure is ever a thousand, the form must say which one it is."""

_NO_NUMBER: Final = "is not a number"
_LONGEST: Final = 60
_GAP: Final = "\\s\u00a0\u2009\u202f'’"
_EXPONENT: Final = r"(?:e[+-]?\d{1,4})?"
_PLAIN: Final = re.compile(rf"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+){_EXPONENT}")
_WITH_POINT: Final = re.compile(
    rf"[+-]?[0-9]{{1,3}}(?P<mark>[,{_GAP}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*(?:\.[0-9]*)?"
)
_WITH_COMMA: Final = re.compile(
    rf"[+-]?(?:[0-9]{{1,3}}(?P<mark>[.{_GAP}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*|[0-9]+)?(?:,[0-9]+)?{_EXPONENT}"
)
_SHOWS_COMMA: Final = re.compile(
    r"[+-]?[0-9]*,(?:[0-9]{1,2}|[0-9]{4,})|[+-]?0,[0-9]+|[+-]?[0-9]{1,3}(?:[.\s][0-9]{3})+,[0-9]+"
)
_DOUBTFUL: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""A thousand to some readers, one and some thousandths to others."""

_MONEY: Final = re.compile(
    rf"(?P<sign>[+-]?)(?P<before>{BEFORE})?(?P<figure>[^a-z]*?{_EXPONENT})(?P<behind>{BEHIND})?"
)
_BRACKETED: Final = re.compile(r"\((.+)\)")


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column writes its figures.

    decimal      "." or ","
    currency     the code that its amounts are in
    is_percent   whether a percent sign may stand behind a figure, as the form's unit says what it means
    """

    decimal: str = "."
    currency: str = USD
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or the reason why a text is none under the writing that the form says."""

    value: float | None = None
    wrong: str = ""


def read_column(texts: pl.Series, writing: Writing) -> tuple[pl.Series, pl.Series]:
    """The numbers of a column, and for each text that is none the reason (null where it is one, or blank).

    A cell that shows a decimal comma puts all cells in doubt that could be meant so.
    """
    plain = texts.str.strip_chars().cast(pl.Float64, strict=False)
    is_read = plain.is_finite().fill_null(False) & (writing.decimal == ".")
    odd = texts.filter(~is_read).drop_nulls().unique(maintain_order=True).to_list()
    read = {text: read_figure(text, writing) for text in odd}
    if any(figure.wrong == COMMA for figure in read.values()):
        doubted = [text for text in texts.drop_nulls().unique() if _DOUBTFUL.fullmatch(_bare(text))]
        read |= dict.fromkeys(doubted, Figure(wrong=COMMA))
    numbers = {text: figure.value for text, figure in read.items()}
    reasons = {text: figure.wrong for text, figure in read.items() if figure.wrong}
    others = texts.replace_strict(numbers, default=None, return_dtype=pl.Float64)
    wrong = texts.replace_strict(reasons, default=None, return_dtype=pl.String)
    values = plain.zip_with(is_read & wrong.is_null(), others)
    return values.alias(texts.name), wrong


def read_figure(text: str, writing: Writing) -> Figure:
    """One text as a number."""
    plain = text.strip().replace("−", "-").replace("–", "-").lower()
    if len(text) > _LONGEST:
        return Figure(wrong=_NO_NUMBER)
    if plain.endswith("%"):
        if not writing.is_percent:
            return Figure(wrong='is in percent: say unit = "percent", or a scale, if that is meant')
        plain = plain[:-1].strip()
    in_brackets = _BRACKETED.fullmatch(plain)
    found = _MONEY.fullmatch(in_brackets[1] if in_brackets else plain)
    if found is None:
        return Figure(wrong=_NO_NUMBER)
    sign = found["before"] or found["behind"]
    if sign is not None and currency_of(sign) != writing.currency:
        return Figure(wrong=f"is in {currency_of(sign)}, not in {writing.currency}")
    figure = _number(f"{found['sign']}{found['figure'].strip()}", writing)
    # bookkeepers write a loss in brackets; elsewhere they hold a rank, a count or a note
    is_loss = in_brackets is not None and sign is not None and figure.value is not None
    if in_brackets is not None and not is_loss:
        return Figure(wrong=_NO_NUMBER)
    return Figure(-(figure.value or 0.0)) if is_loss else figure


def _number(figure: str, writing: Writing) -> Figure:
    if not any(sign in "0123456789" for sign in figure):
        return Figure(wrong=_NO_NUMBER)
    if writing.decimal == ",":
        if not _WITH_COMMA.fullmatch(figure):
            return Figure(wrong=f"{_NO_NUMBER} with a decimal comma")
        return _finite(re.sub(rf"[.{_GAP}]", "", figure).replace(",", "."))
    if _PLAIN.fullmatch(figure) or _WITH_POINT.fullmatch(figure):
        return _finite(re.sub(rf"[,{_GAP}]", "", figure))
    return Figure(wrong=COMMA if _SHOWS_COMMA.fullmatch(figure) else _NO_NUMBER)


def _finite(plain: str) -> Figure:
    value = float(plain)
    return Figure(value) if isfinite(value) else Figure(wrong=_NO_NUMBER)


def _bare(text: str) -> str:
    """The figure of a text without its currency."""
    found = _MONEY.fullmatch(text.strip().lower().rstrip("%").strip())
    return f"{found['sign']}{found['figure'].strip()}" if found else text
