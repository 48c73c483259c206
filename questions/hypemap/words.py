"""What is said of the hype map, as pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.amounts import large_amount
from analysis.claims.evaluate import THEN
from analysis.hypemap.parting import Pair, rises
from analysis.hypemap.phases import MapPhase, Phases
from analysis.hypemap.rise import surely_rose
from analysis.results import Estimate
from analysis.trends.verdicts import MINIMUM_MODELS, TrendVerdict
from charts.parts.axes import NOT_KNOWN, dollars, score_text
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.price_over_time import asked_text, less_in_all
from questions.answer import Column
from questions.hypemap.rows import FEWEST_MONTHS, Attended, Known, Row
from questions.hypemap.technologies import Figure
from questions.price.threshold import HEADLINE_SCALE
from questions.scores import INTERVAL
from questions.trends.words import called_then, is_told, slope_text
from questions.wording import at_least, capital, counted, fitting, listed, two_digits

NOTHING: Final = "no technology has attention and one other column as of this date."
CAVEAT: Final = (
    "Each line of attention counts one site, of one country where it says so. Attention is neither use nor "
    "worth."
)
WOULD_CHANGE: Final = (
    "Counts of more terms over 24 months, or a trend of capability that is told where today's is not."
)
NO_DATA: Final = NOT_KNOWN
_ARTICLE: Final = THEN.date()
"""The day since which a frontier is said to have risen where its pace cannot be told."""

PRICE_OF_LEVEL: Final = f"GPT-4's {HEADLINE_SCALE} level, $ per million tokens"
TICKS: Final = {"percent": ".0%", "people": ",~s", "usd": "$,~s"}
"""How axes write use and money, by the kind of a figure."""

DIRECTION: Final = {
    "technology": Column("Technology"),
    "attention": Column("Attention, times that of a year before (90\u00a0% interval)"),
    "phase": Column("Phase, shares of probability"),
    "capability": Column("Frontier of its own test"),
}
COST_USE_MONEY: Final = {
    "technology": Column("Technology"),
    "cost": Column("Price or cost of a task"),
    "use": Column("Use"),
    "money": Column("Money"),
}
MISSING: Final = {
    "technology": Column("Technology"),
    "missing": Column("Missing"),
    "known": Column("Known here"),
}
EVERYTHING: Final = "everything"
THEN_AND_NOW: Final = {
    "technology": Column("Technology"),
    "test": Column("Measured by"),
    "then": Column("Best by then"),
    "now": Column("Best so far"),
    "verdict": Column("Frontier"),
}


POWER: Final = (
    "What a verdict is worth depends on whether its test would have noticed a stop: how surely is told "
    "below for each technology that has a verdict. A test with few models may well miss one."
)


def direction(rows: pl.DataFrame) -> dict[str, Column]:
    """The columns of the first table; a phase that cannot be told of any technology has none."""
    left_out = {"phase"} if _has_no_phase(rows) else set()
    return {name: column for name, column in DIRECTION.items() if name not in left_out}


def of_phases(rows: pl.DataFrame) -> str:
    """That no phase can be told, where its column is left out; else nothing."""
    if not _has_no_phase(rows):
        return ""
    return "In which phase attention is, rising, falling or past its trough, cannot be told for any of these."


def _has_no_phase(rows: pl.DataFrame) -> bool:
    return rows["phase"].is_in([MapPhase.CANNOT_BE_TOLD.value, NO_DATA]).all()


def cost_use_money(rows: pl.DataFrame) -> pl.DataFrame:
    """The technologies of which any of the three is known: the others would be rows of dashes."""
    return rows.filter(pl.any_horizontal(pl.col("cost", "use", "money") != NO_DATA))


def missing_text(rows: Sequence[Row]) -> str:
    """Why technologies have no row on the map: where attention was looked for, and what else there is."""
    left = [row for row in rows if not row.stands]
    unseen = [row for row in left if row.attention is None]
    bare = sum(not row.known for row in left)
    said = f"{len(left)} of {len(rows)} technologies have no row on the map."
    if unseen:
        sites = listed(list(dict.fromkeys(one.site for row in unseen for one in row.technology.attention)))
        whose = "all" if len(unseen) == len(left) else f"{len(unseen)}"
        said += (
            f" What {whose} of them lack is attention: {sites} are looked at, and none has "
            f"{FEWEST_MONTHS} months of counts here yet."
        )
    if bare:
        said += f" For {bare} no test, price, use or money of their own is followed here either."
    return said


def first_line(pair: Pair | None, rows: Sequence[Row], technologies: int) -> str:
    """Where attention and capability part company most, with the interval and both ends of the data.

    Where nothing surely parts: of how many of all technologies both are known well enough to be set beside
    each other.
    """
    if pair is None:
        last = max(row.attention.until for row in rows if row.attention)
        return (
            f"Up to {last:%B %Y}, where attention and capability part company cannot be told: no technology "
            "has both long enough."
        )
    row = next(row for row in rows if row.technology.name == pair.name)
    assert row.attention is not None
    assert row.trend is not None
    interval = pair.attention.interval
    band = f" ({two_digits(interval.low)} to {two_digits(interval.high)})" if interval else ""
    name = _name(row)
    times = f"{two_digits(pair.attention.value)} times the year before's{band}"
    until, end = f"{row.attention.until:%B %Y}", in_words(row.trend.window.end)
    goes = "rose" if pair.rises else "stood still"
    if pair.is_told:
        return fitting(
            f"Attention and capability part most for {name}: attention to {until} was {times}; capability "
            f"{goes} up to {end}.",
            f"Widest apart, {name}: attention to {until} was {times}; capability {goes} up to {end}.",
        )
    return _not_parted(rows, technologies)


def _not_parted(rows: Sequence[Row], technologies: int) -> str:
    """Of which technologies both are known, where both rose, and where what attention did cannot be told."""
    known = [row for row in rows if _is_known(row) and row.trend and rises(row.trend) is not None]
    days = [row.attention.until for row in known or rows if row.attention]
    if not known:
        return (
            f"To {max(days):%B %Y} attention and capability are known for none of {technologies} "
            "technologies: attention's change in a year cannot be told."
        )
    until = min(*days, *(row.trend.window.end for row in known if row.trend))
    which = (
        f"Attention and capability nowhere clearly part: of {technologies} technologies {len(known)} can be "
        f"judged (to {until:%B %Y})"
    )
    said: dict[str, list[str]] = {}
    for row in known:
        said.setdefault(_both(row), []).append(_name(row))
    by_name = "; ".join(f"for {listed(names)} {both}" for both, names in said.items())
    by_number = "; ".join(f"for {len(names)} {both}" for both, names in said.items())
    return fitting(f"{which}; {by_name}.", f"{which}; {by_number}.", f"{which}.")


def _both(row: Row) -> str:
    """What attention and capability did, as a clause. Needs both."""
    assert row.trend is not None
    goes = "rose" if rises(row.trend) else "stood still"
    direction = _direction(row)
    if direction is None:
        return (
            "only capability surely rose" if rises(row.trend) else f"capability {goes}, attention is unclear"
        )
    return f"both {goes}" if direction == goes else f"capability {goes}, attention {direction}"


def _direction(row: Row) -> str | None:
    """Whether attention surely rose or fell in a year; None where that cannot be told."""
    change = row.attention.change if row.attention else None
    if change is None or change.interval is None or change.interval.holds(1.0):
        return None
    return "rose" if change.interval.low > 1 else "fell"


def _is_known(row: Row) -> bool:
    """Whether the change of its attention has an interval."""
    change = row.attention.change if row.attention else None
    return change is not None and change.interval is not None


def chart_title(rows: Sequence[Row]) -> str:
    """How many technologies have attention that is told to rise or fall, and capability that rises."""
    changes = [row.attention.change for row in rows if row.attention and row.attention.change]
    up = sum(one.interval is not None and one.interval.low > 1 for one in changes)
    down = sum(one.interval is not None and one.interval.high < 1 for one in changes)
    tried = [row for row in rows if row.trend is not None]
    rising = sum(
        rises(row.trend) is True or (rises(row.trend) is None and _rose(row)) for row in tried if row.trend
    )
    open_pace = sum(_rose(row) and not is_told(row.trend) for row in tried if row.trend)
    technologies = "technology" if len(rows) == 1 else "technologies"
    known = sum(map(_is_known, rows))
    change = f"attention can be compared with a year before for {known or 'none'}"
    if known:
        change += f": it surely rose for {up or 'none'} and fell for {down or 'none'}"
    pace = f" (for {open_pace} its pace cannot be told)" if open_pace else ""
    return f"Of the {len(rows)} {technologies} shown, {change}; capability rose for {rising or 'none'}{pace}"


def table_row(row: Row) -> dict[str, str]:
    """A technology in few words; `details` says all."""
    return {
        "technology": row.technology.name,
        "attention": _attention_briefly(row.attention) if row.attention else NO_DATA,
        "phase": _shares(row.attention.phases) if row.attention else NO_DATA,
        "capability": f"{row.technology.test}: {verdict_text(row)}" if row.trend else NO_DATA,
        "cost": cost_text(row),
        "use": "; ".join(map(known_text, row.use)) or NO_DATA,
        "money": "; ".join(map(known_text, row.money)) or NO_DATA,
    }


def row_title(row: Row) -> str:
    """What attention and the frontier did, as far as they are told."""
    said = []
    change = row.attention.change if row.attention else None
    if change is not None and change.interval is not None:
        times = f"attention {two_digits(change.value)} times that of a year before"
        said.append(f"{times}, which may be no change" if change.interval.holds(1.0) else times)
    if row.trend is not None:
        said.append(f"the frontier of its test {verdict_text(row)}")
    name = row.technology.name
    return f"{name}: {'; '.join(said)}" if said else f"{name}: no change of attention or capability is told"


def counted_in(found: Attended) -> str:
    """What is counted, and where it is of one country."""
    region = f" ({found.measure.region})" if found.measure.region else ""
    return f"{found.measure.name}{region}"


def named(figure: Figure) -> str:
    """What a series of use or money tells, and where it is of one country."""
    return f"{figure.name} ({figure.region})" if figure.region else figure.name


def details(row: Row) -> str:
    """What is counted, up to when, with intervals, and why a phase is not told."""
    attention = row.attention
    said = [
        f"**Attention.** {attention_text(attention)}." if attention else "",
        f"**Phase.** {capital(phase_text(attention.phases))}." if attention else "",
        f"**Capability.** {capability_text(row)}." if row.trend else "",
        f"**Not collected here yet**: {', '.join(row.missing)}." if row.missing else "",
    ]
    return "\n\n".join(filter(None, said))


def _attention_briefly(found: Attended) -> str:
    region = f" ({found.measure.region})" if found.measure.region else ""
    only = f" ({found.measure.region} only)" if found.measure.region else ""
    interval = found.change.interval if found.change else None
    if found.change is None or interval is None:
        return f"cannot be told{only}"
    low, high = two_digits(interval.low), two_digits(interval.high)
    return f"{two_digits(found.change.value)} ({low} to {high}){region}"


def _shares(found: Phases) -> str:
    told = [(phase, share) for phase, share in found.shares if share >= 0.005]
    if [phase for phase, _ in told] == [MapPhase.CANNOT_BE_TOLD]:
        return MapPhase.CANNOT_BE_TOLD.value
    return "; ".join(f"{phase.value} {percent(share)}" for phase, share in told)


def attention_text(found: Attended) -> str:
    """What was counted, where, up to when, and its change."""
    region = f" ({found.measure.region} only)" if found.measure.region else ""
    return f"{found.measure.name}{region}, to {found.until:%B %Y}: {change_text(found.change)}"


def change_text(change: Estimate | None) -> str:
    """How many times that of a year before, with the interval."""
    if change is None or change.interval is None:
        return "the change cannot be told (months with no count, or a count of zero)"
    low, high = two_digits(change.interval.low), two_digits(change.interval.high)
    said = f"{two_digits(change.value)} times that of a year before (90\u00a0% interval {low} to {high})"
    return f"{said}, which may be no change" if change.interval.holds(1.0) else said


def phase_text(found: Phases) -> str:
    """The shares, and why none is told."""
    shares = _shares(found)
    return f"{shares}: {found.why}" if found.why else f"{shares}, if one peak on growth is the right shape"


def capability_text(row: Row) -> str:
    """The verdict on its own test."""
    if row.trend is None or row.capability is None or row.trend.slopes is None:
        return NO_DATA
    verdict = verdict_text(row)
    slope = f"; {slope_text(row.trend, row.trend.slopes.recent)}" if is_told(row.trend) else ""
    return f"{capital(row.capability.name)}: {verdict}, to {in_words(row.trend.window.end)}{slope}"


def verdict_text(row: Row, then: date = _ARTICLE) -> str:
    """What the frontier did up to its newest model; of too few models whether it surely rose since a day."""
    if row.trend is None:
        return NO_DATA
    if row.trend.verdict is TrendVerdict.SATURATED:
        return "is used up, the end of a test"
    if not is_told(row.trend):
        return _untold(row.trend.n_recent, rose=_rose(row, then))
    return called_then(row.trend)


def _untold(n_recent: int, *, rose: bool) -> str:
    models = counted(n_recent, "recent model")
    if rose:
        return f"rose; whether its pace changed cannot be told ({models})"
    return f"cannot be told ({models})"


def cost_text(row: Row) -> str:
    """The price of a level, else what a task cost, with the month of the model."""
    steps = row.price.steps if row.price else None
    if steps is not None and steps.window is not None and steps.times_cheaper is not None:
        return (
            f"GPT-4's {HEADLINE_SCALE} level: {asked_text(steps)} per million tokens on "
            f"{in_words(steps.window.end)}{less_in_all(steps)}"
        )
    if row.cost is None:
        return NO_DATA
    return (
        f"{row.cost['benchmark']}: {dollars(float(str(row.cost['cost'])))} per task for "
        f"{percent(float(str(row.cost['value'])))} ({row.cost['title']}, {row.cost['released_on']:%B %Y})"
    )


def known_text(known: Known) -> str:
    """First and newest figure of a series, each with its day as far as it is known; one alone as one."""
    region = f", {known.figure.region}" if known.figure.region else ""
    places = (-1,) if known.then[0] == known.now[0] else (0, -1)
    told = (
        f"{at_least(_amount(known.value(place), known.figure.kind), known.note(place))} {known.day(place)}"
        for place in places
    )
    return f"{known.figure.name}{region}: {', '.join(told)}"


def then_row(row: Row, then: date) -> dict[str, str] | None:
    """The best on its test among the models released by a day, and now."""
    if row.capability is None:
        return None
    models = row.capability.models.drop_nulls("value")
    released = models.filter(models["released_on"] <= then)
    return {
        "technology": row.technology.name,
        "test": row.capability.name,
        "then": _best(released, row.capability.unit) if released.height else NO_DATA,
        "now": _best(models, row.capability.unit),
        "verdict": _verdict_since(row, then),
    }


def _verdict_since(row: Row, then: date) -> str:
    """The verdict of the last months, and where that is open what is clear since then all the same."""
    said = verdict_text(row, then)
    if row.trend is None or row.trend.verdict is TrendVerdict.SATURATED or not is_told(row.trend):
        return said
    return f"rose; lately it {said}" if not rises(row.trend) and _rose(row, then) else said


def _rose(row: Row, then: date = _ARTICLE) -> bool:
    """Whether its best is clearly better than that of a day, by default that of the article."""
    return row.capability is not None and surely_rose(row.capability.models, then)


def agents_text(row: Row | None, then: date) -> str:
    """Whether the time of agents has come, as far as these data say."""
    if row is None or row.capability is None:
        return "**Is it the time of agents?** No test of agents is known as of this date."
    models = row.capability.models
    before = models.filter(models["released_on"] <= then)
    was = f"{_value(before, row.capability.unit)} then, " if before.height else ""
    frontier = f"the frontier {verdict_text(row, then)}"
    if row.trend is not None and not is_told(row.trend):
        recent = counted(row.trend.n_recent, "recent model")
        untold = f"cannot be told: {recent}, {MINIMUM_MODELS} needed"
        frontier = f"whether the frontier still rises {untold}"
        if _rose(row, then):
            frontier = f"that it rose is clear, whether its pace changed {untold}"
    empty = " or ".join(row.missing)
    return (
        f"**Is it the time of agents?** The longest tasks that a model completes half the time took people "
        f"{was}{_value(models, row.capability.unit)} by {_best_row(models)['released_on']:%B %Y} (METR); "
        f"{frontier}. "
        + (
            f"Whether use follows cannot be told: for agents no series of {empty} is collected here yet."
            if empty
            else ""
        )
    ).strip()


def works_text(rows: Sequence[Row], then: date) -> str:
    """What works: where the frontier surely rises, where only that it rose is sure, where neither is."""
    known = [(row, rises(row.trend)) for row in rows if row.trend is not None]
    rising = [_name(row) for row, told in known if told]
    rose = [_name(row) for row, told in known if told is None and _rose(row, then)]
    untold = [_name(row) for row, told in known if not told and _name(row) not in rose]
    since = (
        f" For {listed(rose)} the best is clearly better than on {in_words(then)}; whether the pace "
        "changed cannot be told."
        if rose
        else ""
    )
    said = f" Up to its newest models the frontier rose for {listed(rising)}." if rising else ""
    rest = f" For {listed(untold)} that cannot be told, or it did not." if untold else ""
    last = " A better score is not work done: no series here measures work done."
    return f"**What works?**{said}{since}{rest}{last}"


def _name(row: Row) -> str:
    name = row.technology.name
    is_proper = any(letter.isupper() for letter in name[1:])
    return name if is_proper else name[:1].lower() + name[1:]


def _best_row(models: pl.DataFrame) -> dict[str, Any]:
    return models.sort("value").row(-1, named=True)


def _best(models: pl.DataFrame, unit: str) -> str:
    """The best value with the model that reached it and the month of its release."""
    row = _best_row(models)
    return f"{score_text(row['value'], unit)} ({row['title']}, {row['released_on']:%B %Y})"


def _value(models: pl.DataFrame, unit: str) -> str:
    """The best value with its interval, which is of one coverage whatever its source states."""
    row = _best_row(models)
    said = score_text(row["value"], unit)
    if row.get("low") is None or row.get("high") is None:
        return said
    low, high = score_text(row["low"], unit), score_text(row["high"], unit)
    return f"{said} ({percent(INTERVAL)} interval {low} to {high})"


def _amount(value: float, kind: str) -> str:
    if kind == "percent":
        return percent(value)
    sign = "$" if kind == "usd" else ""
    return f"{sign}{large_amount(value, 2)}"
