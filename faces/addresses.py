"""The relative addresses of answers and charts, with every control written out, so that they stay true."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

from questions.controls import written
from questions.view import View

AS_OF = "as_of"
"""The name of the as-of date in addresses and options."""

_PASSED_ON = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|li_fat_id|igshid|mc_[ce]id|ref_src"
)
"""What social networks, newsletters and advertisements add to every link that they pass on."""

EMBEDDED = "/embed/"
"""Where a server shows one chart alone."""


def is_passed_on(name: str) -> bool:
    """Whether a parameter was added by who passed a link on: it asks nothing of a page."""
    return _PASSED_ON.fullmatch(name) is not None


def parameters(as_of: date, controls: object) -> str:
    """The query part that asks for the same again."""
    return urlencode([(AS_OF, as_of.isoformat()), *written(controls)])


def chart_address(name: str, view: View, controls: object) -> str:
    """The canonical address of a chart: it alone, with its sources, as of the same day."""
    return f"{EMBEDDED}{name}?{parameters(view.as_of, controls)}"


def rows_address(name: str, kind: str, view: View, controls: object) -> str:
    """Where the rows of a chart are, as csv, json or parquet."""
    return f"/api/chart/{name}.{kind}?{parameters(view.as_of, controls)}"
