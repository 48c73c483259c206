"""What a comparison says, as pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.amounts import factor_text
from analysis.compare.standing import Standing, Tallies, Tally, standings, tally
from charts.parts.axes import money
from charts.parts.figure import in_words
from questions.chat_models import OTHER_KINDS
from questions.compare.compared import Compared
from questions.models.price_words import listed_titles
from questions.wording import agreeing, counted, fitting, listed

WOULD_CHANGE: Final = "A new score of one of them on a benchmark that the others have, or another price."
CAVEAT: Final = (
    "Each score is a model's best setting; harnesses may differ. One beats another beyond the known error of "
    "both (90\u00a0%), else they tie."
)
ABOUT_SCORES: Final = (
    "An independent measurement before a vendor's own, the best over settings, with its 90 % interval where "
    "an error is known. *First* is better than the others beyond the noise of both; *level* means that noise "
    "leaves open which is better."
)
_ALIKE: Final = 1.1
"""Costs within this factor are about the same."""
_OTHER_KIND: Final = re.compile(OTHER_KINDS)
_MAKER: Final = "maker"
_UNLIKE: Final = "tokens of text and of pictures or sounds have no common price"
_MOST_TOLD: Final = 3
"""Models whose prices a title tells one by one."""


def first_line(known: Compared, newest: date | None) -> str:
    """How two models fare against each other, or which of several leads on most and which is cheapest."""
    until = f"; data to {in_words(newest)}" if newest else ""
    told = _of_two(known) if len(known.names) == 2 else _of_several(known)
    return fitting(*(f"{said}{end}." for said in told for end in (until, "")))


def cost_note(known: Compared) -> str:
    """Over which boards the cost of the first line is the median, and how far they differ; else nothing."""
    if len(known.names) != 2:
        return ""
    ratios = _solved_ratios(known.runs, *_stronger_first(known))
    if ratios.len() < 2:
        return ""
    low, high = sorted(_of_the_dearer(ratios, end) for end in (ratios.min(), ratios.max()))
    return (
        f"That cost, at the runs' prices, is the median of {ratios.len()} boards, {factor_text(low)} to "
        f"{factor_text(high)} times."
    )


def rests_on(known: Compared, newest: date | None) -> str:
    """On how many scores, prices and runs, and the day of the newest score."""
    shared = counted(len(standings(known.scores)), "benchmark")
    until = f" up to {in_words(newest)}" if newest else ""
    return (
        f"{counted(known.scores.height, 'headline score')}{until}, {shared} shared by several; "
        f"{counted(len(known.prices), 'list price')}; {counted(known.runs.height, 'run')} of measured cost."
    )


def of_noise(known: Compared) -> str:
    """On how many of the shared benchmarks no error is known, and of two who scored higher there."""
    shared = known.scores.filter(pl.col("benchmark_id").is_in(list(standings(known.scores))))
    boards = shared.group_by("benchmark_id").agg(untold=pl.col("stderr").is_null().any())
    untold = int(boards["untold"].sum())
    if not untold:
        return ""
    of = counted(boards.height, "shared benchmark")
    said = f"On {untold} of {of} no error is known, so that a difference may be noise"
    if len(known.names) > 2:
        return f"{said}: nobody is *first* there."
    one, other = _stronger_first(known)
    counts = tally(known.scores, one, other).untold
    return f"{said}: {known.names[one]} scores {_scored(counts)} there."


def untold(known: Compared) -> str:
    """How the rest stands, on which no error is known; empty where it is all there is, or there is none."""
    found = standings(known.scores).values()
    rest = sum(not item.is_told for item in found)
    if rest in {0, len(found)}:
        return ""
    said = f"On {rest} more no error is known"
    if len(known.names) > 2:
        return f"{said}."
    return f"{said}: {_scored(tally(known.scores, *_stronger_first(known)).untold)}."


def title_of_measures(known: Compared) -> str:
    """Who stands highest on the index, or who cannot be told apart there, and who is cheapest."""
    placed = {name: place for name in known.names if (place := known.places.get(name))}
    best = max(placed, key=lambda name: placed[name].value, default=None)
    priced = _alike_prices(known)
    said = []
    if best is not None and len(placed) > 1:
        level = [name for name in placed if placed[name].may_equal(placed[best])]
        said.append(
            f"{known.names[best]} stands highest on the index"
            if level == [best]
            else f"{listed([known.names[name] for name in level], 'and')} cannot be told apart at the top"
        )
    if len(priced) > 1:
        said.append(_cheapest(known, priced))
    return "; ".join(said) or f"{', '.join(known.names.values())} side by side"


def title_of_prices(steps: pl.DataFrame) -> str:
    """What became of each list price: from the first to the last that is known, or that it stayed.

    `steps`: title, price_usd_per_mtok, oldest first within a model. At least one price is there.
    """
    known = steps.drop_nulls("price_usd_per_mtok")
    ends = known.group_by("title", maintain_order=True).agg(
        pl.col("price_usd_per_mtok").first().alias("first"), pl.col("price_usd_per_mtok").last().alias("last")
    )
    if ends.height > _MOST_TOLD:
        changed = ends.filter(pl.col("first") != pl.col("last")).height
        return f"{changed} of {counted(ends.height, 'list price')} changed from first to last"
    told = [
        f"{name} {money(first)} throughout"
        if first == last
        else f"{name} from {money(first)} to {money(last)}"
        for name, first, last in ends.iter_rows()
    ]
    return f"List prices: {'; '.join(told)}"


def of_disputes(steps: pl.DataFrame) -> str:
    """On how many steps of whose list price another list says otherwise, and which.

    `steps`: title, price_usd_per_mtok, against_sources (titles).
    """
    disputed = steps.drop_nulls("price_usd_per_mtok").with_columns(
        is_disputed=pl.col("against_sources").list.len().fill_null(0) > 0
    )
    told = []
    for (title,), part in disputed.group_by("title", maintain_order=True):
        count = int(part["is_disputed"].sum())
        if count:
            others = part["against_sources"].explode().drop_nulls().unique().sort().to_list()
            of = counted(part.height, "step")
            told.append(f"{title}, {count} of {of}, by {listed_titles(others)}")
    if not told:
        return "**Disputed prices.** No list says otherwise of any of these steps."
    return f"**Disputed prices.** {'. '.join(told)}."


def missing(known: Compared) -> str:
    """What is not known of which models, those that lack the same together; empty where all is."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for name, title in known.names.items():
        lacks = tuple(_lacks(known, name))
        if lacks:
            lacking.setdefault(lacks, []).append(title)
    said = [
        f"{listed(titles)} {agreeing(len(titles), 'has', 'have')} no {listed(lacks, 'or')}"
        for lacks, titles in lacking.items()
    ]
    return f"**Missing.** {'; '.join(said)}." if said else ""


def _lacks(known: Compared, name: str) -> Iterator[str]:
    if name not in known.places:
        published = known.published.get(name)
        elsewhere = "" if published is None else f" ({published:.1f} on Epoch's index)"
        yield f"place in the index{elsewhere}"
    if name not in known.prices:
        yield "list price"
    if name not in known.speeds:
        yield "measured speed"


def _stronger_first(known: Compared) -> tuple[str, str]:
    """Of two models first the one that scores higher on more benchmarks."""
    one, other = known.names
    counts = tally(known.scores, one, other)
    leads = counts.told.higher - counts.told.lower, counts.untold.higher - counts.untold.lower
    return (other, one) if leads < (0, 0) else (one, other)


def _of_two(known: Compared) -> list[str]:
    one, other = _stronger_first(known)
    counts = tally(known.scores, one, other)
    first, second = known.names[one], known.names[other]
    if not counts.shared:
        return [
            f"{first} and {second} share no benchmark; {_cost_of_two(known, one, other)}",
            f"{first} and {second} share no benchmark",
        ]
    said = f"{_told(first, second, counts)}{_against(counts)}"
    return [f"{said}; {_cost_of_two(known, one, other, {one: 'it'})}", said]


def _against(counts: Tallies) -> str:
    """That the benchmarks without a known error speak for the other, where they do and are the more."""
    told, rest = counts.told, counts.untold
    wins = told.higher - told.lower
    if wins <= 0 or rest.lower - rest.higher <= wins:
        return ""
    return f" but trails on {rest.lower} of {rest.shared} more"


def _told(first: str, second: str, counts: Tallies) -> str:
    """How often one beats another beyond known error; where none is known, how often it scores higher."""
    told, untold = counts.told, counts.untold
    if not told.shared:
        said = (
            f"{first} scores higher than {second} on {untold.higher} of {counted(untold.shared, 'benchmark')}"
        )
        said += f", lower on {untold.lower}" if untold.lower else ""
        said += f", equal on {untold.level}" if untold.level else ""
        return f"{said}, {'none with a' if untold.shared > 1 else 'without a'} known error"
    errors = f" with {agreeing(told.shared, 'a known error', 'known errors')}" if untold.shared else ""
    of = f"of {counted(told.shared, 'benchmark')}{errors}"
    if not told.higher:
        return f"{first} and {second} tie on {told.level} {of}"
    said = f"{first} beats {second} on {told.higher} {of}"
    said += f", loses on {told.lower}" if told.lower else ""
    return f"{said}, ties on {told.level}" if told.level else said


def _scored(counts: Tally) -> str:
    """Of differences whose error is not known: "higher on 6, lower on 4, equal on 2"."""
    ways = (("higher", counts.higher), ("lower", counts.lower), ("equal", counts.level))
    return listed([f"{way} on {number}" for way, number in ways if number])


def _cost_of_two(known: Compared, one: str, other: str, called: Mapping[str, str] | None = None) -> str:
    """The dearer of two by cost per solved task where both were measured, else by list price.

    `called`: what stands for the name of a model that the sentence has just named.
    """
    ratios = _solved_ratios(known.runs, one, other)
    ratio, what = ratios.median(), "per solved task"
    if not isinstance(ratio, float):
        prices = known.price(one), known.price(other)
        if prices[0] is None or prices[1] is None or not prices[1]:
            lacking = next(name for name, price in zip((one, other), prices, strict=True) if not price)
            return f"{known.names[lacking]} has no list price"
        if _are_unlike(known, one, other):
            return _UNLIKE
        ratio, what = prices[0] / prices[1], _by_whose_price(known, one, other)
    if 1 / _ALIKE < ratio < _ALIKE:
        return f"they cost about the same {what}"
    dearer = one if ratio > 1 else other
    name = (called or {}).get(dearer, known.names[dearer])
    return f"{name} costs {factor_text(max(ratio, 1 / ratio))} times as much {what}"


def _alike_prices(known: Compared) -> dict[str, float]:
    """The list prices; none where tokens of text would be compared with those of sounds or pictures."""
    if _are_unlike(known, *known.names):
        return {}
    return {name: price for name in known.names if (price := known.price(name))}


def _are_unlike(known: Compared, *names: str) -> bool:
    """Whether some of the models that have a price hold conversations in text and others do not."""
    kinds = {_OTHER_KIND.search(name) is None for name in names if known.price(name)}
    return len(kinds) > 1


def _cheapest(known: Compared, priced: Mapping[str, float]) -> str:
    """Who asks least, or did when it was last asked, or that several ask the same. There must be one."""
    least = min(priced.values())
    asked = f"{money(least)} per million tokens"
    names = [known.names[name] for name, price in priced.items() if price == least]
    if len(names) > 1:
        return f"{listed(names)} ask the same, {asked}"
    degree = "cheaper" if len(priced) == 2 else "cheapest"
    (cheapest,) = (name for name, price in priced.items() if price == least)
    if known.prices[cheapest].get("held_until"):
        return f"{names[0]} was {degree} when last asked, {asked}"
    return f"{names[0]} is {degree}, {asked}"


def _by_whose_price(known: Compared, one: str, other: str) -> str:
    """That prices are makers' own, or that a host's stands for a maker's that is not known."""
    hosted = sum(known.prices[name].get("seller", _MAKER) != _MAKER for name in (one, other))
    return ("by list price", "by price, one of them a host's", "by hosts' prices")[hosted]


def _no_price(known: Compared) -> str:
    return _UNLIKE if _are_unlike(known, *known.names) else "none has a list price"


def _solved_ratios(runs: pl.DataFrame, one: str, other: str) -> pl.Series:
    """By board what a solved task of the one costs against the other's, where both solved any."""
    solved = runs.filter(pl.col("score") > 0).with_columns(
        per_solved=pl.col("cost_usd_per_task") / pl.col("score")
    )
    pairs = solved.filter(model_id=one).join(
        solved.filter(model_id=other), on="benchmark_id", suffix="_other", maintain_order="left"
    )
    return pairs.select(pl.col("per_solved") / pl.col("per_solved_other")).to_series()


def _of_the_dearer(ratios: pl.Series, ratio: Any) -> float:
    """One of these ratios, as that of the model that costs more by their median."""
    median = ratios.median()
    return float(1 / ratio if isinstance(median, float) and median < 1 else ratio)


def _of_several(known: Compared) -> list[str]:
    found = standings(known.scores)
    priced = _alike_prices(known)
    asks = _cheapest(known, priced) if priced else _no_price(known)
    if not found:
        return [f"These {len(known.names)} models share no benchmark; {asks}"]
    said = _first_of_several(known, list(found.values()))
    return [f"{said}; {asks}", said]


def _first_of_several(known: Compared, found: Sequence[Standing]) -> str:
    """Who is first most often beyond known error; where no error is known, whose score is the highest."""
    told = [item for item in found if item.is_told]
    if not told:
        highest = {name: sum(name in item.best for item in found) for name in known.names}
        best = max(highest, key=lambda name: highest[name])
        return (
            f"{known.names[best]} scores highest of {len(known.names)} on {highest[best]} of "
            f"{counted(len(found), 'benchmark')}, without known errors"
        )
    wins = {name: sum(item.winner == name for item in told) for name in known.names}
    best = max(wins, key=lambda name: wins[name])
    errors = f" with {agreeing(len(told), 'a known error', 'known errors')}" if len(told) < len(found) else ""
    of = f"{counted(len(told), 'benchmark')}{errors}"
    if not wins[best]:
        return f"None of these {len(known.names)} is first beyond known error on any of {of}"
    ties = sum(item.winner is None for item in told)
    tied = f", {ties} tied at the top" if ties else ""
    return f"{known.names[best]} is first of {len(known.names)} on {wins[best]} of {of}{tied}"
