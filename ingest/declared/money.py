"""Currencies: which one a cell, or the name of a column, says."""

from __future__ import annotations

import re
from typing import Final

USD: Final = "USD"

_CODES: Final = """
USD EUR GBP JPY CNY INR KRW CHF CAD AUD NZD HKD SGD TWD BRL MXN ARS RUB UAH TRY PLN CZK SEK NOK DKK HUF RON
ILS AED SAR ZAR THB VND IDR MYR PHP
"""
CODES: Final = tuple(_CODES.split())

SIGNS: Final = {
    **{"€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "pounds": "GBP"},
    **{"¥": "JPY", "円": "JPY", "yen": "JPY", "￥": "CNY", "元": "CNY", "yuan": "CNY", "rmb": "CNY"},
    **{"$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "c$": "CAD", "ca$": "CAD"},
    **{"a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "nt$": "TWD", "s$": "SGD", "mx$": "MXN"},
    **{"r$": "BRL", "₹": "INR", "rupees": "INR", "₩": "KRW", "₽": "RUB", "₴": "UAH", "₺": "TRY"},
    **{"₫": "VND", "฿": "THB", "₪": "ILS", "zł": "PLN", "kč": "CZK", "kr": "SEK", "sfr": "CHF", "fr.": "CHF"},
}
"""Signs and words by the currency that they mostly mean; what matters is which ones are no dollars."""

_SIGN: Final = "|".join(
    re.escape(sign) if not sign[-1].isalpha() else rf"{re.escape(sign)}(?![a-z])"
    for sign in sorted([*SIGNS, *(code.lower() for code in CODES)], key=len, reverse=True)
)
BEFORE: Final = rf"(?:{_SIGN})\s*"
BEHIND: Final = rf"\s*(?:{_SIGN})"

_PURE_SIGNS: Final = sorted((sign for sign in SIGNS if not sign[-1].isalnum()), key=len, reverse=True)
_NAMED: Final = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(CODES)}|RMB|[Ee]uros?|[Yy]uan|[Yy]en|[Pp]ounds|[Rr]upees)(?![A-Za-z])"
    rf"|(?<![A-Za-z])(?i:{'|'.join(re.escape(sign) for sign in _PURE_SIGNS if sign[0].isalpha())})"
    rf"|{'|'.join(re.escape(sign) for sign in _PURE_SIGNS if not sign[0].isalpha())}"
)
"""Codes in capitals only, since "try" and "all" are words; "HK$" is no "$", and "Tokens$" no "S$"."""


def currency_of(sign: str) -> str:
    """The code of a sign or word as it stands in a cell."""
    plain = sign.strip().lower()
    return SIGNS.get(plain, plain.upper())


def currency_in_name(column: str) -> str | None:
    """The currency that the name of a column says, None where it says none or several."""
    found = {currency_of(sign) for sign in _NAMED.findall(column)}
    return found.pop() if len(found) == 1 else None
