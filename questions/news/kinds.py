"""The kinds of news as readers know them, the weightiest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis.news.item import NewsKind

KINDS: Final[Mapping[str, str]] = {
    NewsKind.LEADER.value: "New leader",
    NewsKind.LOW.value: "New low",
    NewsKind.VERDICT.value: "Verdict",
    NewsKind.MODEL.value: "New model",
    NewsKind.PRICE.value: "Price",
    NewsKind.RECORD.value: "Record",
    NewsKind.HORIZON.value: "Time horizon",
    NewsKind.SHUTDOWN.value: "Shut-down",
    NewsKind.HOST_PRICE.value: "Host's price",
    NewsKind.POST.value: "Post",
    NewsKind.CHANGE_LOG.value: "Change log",
    NewsKind.SOFTWARE.value: "Software",
}

COUNTED: Final[Mapping[str, tuple[str, str]]] = {
    NewsKind.LEADER.value: ("new leader", "new leaders"),
    NewsKind.LOW.value: ("new low of a price", "new lows of prices"),
    NewsKind.VERDICT.value: ("changed verdict", "changed verdicts"),
    NewsKind.MODEL.value: ("new model", "new models"),
    NewsKind.PRICE.value: ("price change", "price changes"),
    NewsKind.RECORD.value: ("record", "records"),
    NewsKind.HORIZON.value: ("time horizon", "time horizons"),
    NewsKind.SHUTDOWN.value: ("shut-down", "shut-downs"),
    NewsKind.HOST_PRICE.value: ("host's price change", "hosts' price changes"),
    NewsKind.POST.value: ("post", "posts"),
    NewsKind.CHANGE_LOG.value: ("line of change logs", "lines of change logs"),
    NewsKind.SOFTWARE.value: ("software release", "software releases"),
}
