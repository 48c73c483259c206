"""What the question of claims says, as pure functions: counts of verdicts, values with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.amounts import capital, large_amount, year_in_words
from analysis.claims import CLAIMS
from analysis.claims.counted_again import CountedAgain
from analysis.claims.limits import MINIMUM_MODELS
from analysis.claims.statement import ClaimVerdict
from analysis.results import Reading
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.answer import MARKED, Column
from questions.wording import agreeing, counted, listed, two_digits

TOO_EARLY: Final = "the article with the claims is of 20 December 2024; choose that day or a later one."
WOULD_CHANGE: Final = (
    "New measurements can change each verdict, and its reason says how. So can another reading of words such "
    "as 'slow' or 'close', for which the article gives no measure: each claim states the rule by which it is "
    "read."
)
CLAIM_BY_CLAIM: Final = "Claim by claim, then and by the newest data"
DECIDES: Final = (
    f"{MARKED.strip()} marks the side whose data decide. Below the table each claim opens to the rule by "
    "which its verdict falls, to its figures and to their sources."
)
SOURCE_COLUMNS: Final = ("side", "source_title", "url", "payload_sha256")
HASH_SHOWN: Final = 12
"""So much of a payload's SHA-256 finds it in the archive, whose files it names."""

_HOW_READ: Final = ": "
"""What stands before it in a statement is the article's sentence, what stands behind it how that is read."""

HANDFUL: Final = 5
"""Figures from which on a verdict need not say on how many it rests."""

COLUMNS: Final = {
    "claim": Column("claim", width=150),
    "verdict": Column("verdict", width=130),
    "in_December_2024": Column("in December 2024"),
    "now": Column("by the newest data"),
}

_JUDGED_BY: Final = {
    "fact": "A fact on fixed models: judged by the best measurement there is now.",
    "state": "A state of affairs: judged by the data on its own date.",
    "course": "A course of things: judged by what has followed.",
}

_SAID_WITH_EACH: Final = ("fraction", "times", "year", "users", "views", "billion USD")
"""Units that `amount` writes into each figure."""

OF_WHAT: Final[Mapping[str, str]] = {
    "o1-price-per-token": "{} the price",
    "o1-tokens-per-answer": "{} the tokens",
    "o1-cost-per-answer": "up to {} the cost",
    "o1-is-slow": "{} the time",
    "o1-only-sometimes-better": "surely better in {} comparisons",
    "models-only-incrementally-better": "{} on the index",
    "horizons-only-incrementally-longer": "{} of task length",
    "steps-only-incremental": "{} a step",
    "training-data-running-out": "largest set equals all public text in {}",
    "progress-in-s-curves": "{} benchmarks used up",
    "cerebras-ten-times-faster": "{} the median host's speed",
    "groq-ten-times-faster": "{} the median host's speed",
    "open-models-follow-closely": "{} behind",
    "qwq-follows-o1-closely": "{} against o1",
    "computer-use-solves-15-percent": "{} of tasks",
    "o1-less-buzz-than-gpt": "{} views beyond those expected",
    "venture-money-as-in-1999": "{} a year",
    "chat-already-works": "{} weekly users",
    "coding-assistants-already-work": "{} of developers use or plan to",
}
"""What a claim's figure is of, in a few words around it; a claim that is not here shows the figure alone."""

FIGURES: Final[Mapping[str, str]] = {
    "o1-price-per-token": "list price",
    "o1-tokens-per-answer": "comparison",
    "o1-cost-per-answer": "comparison",
    "o1-is-slow": "comparison",
    "o1-only-sometimes-better": "comparison",
    "models-only-incrementally-better": "model",
    "horizons-only-incrementally-longer": "model",
    "steps-only-incremental": "step",
    "training-data-running-out": "training set",
    "progress-in-s-curves": "benchmark",
    "cerebras-ten-times-faster": "model",
    "groq-ten-times-faster": "model",
    "open-models-follow-closely": "model",
    "qwq-follows-o1-closely": "score",
    "computer-use-solves-15-percent": "task",
    "coding-assistants-already-work": "survey",
}
"""What a claim's `n` counts, one of them; figures where nothing more can be said."""

_SHARES: Final = ("o1-only-sometimes-better", "progress-in-s-curves")
"""Claims whose figure is a share of what `n` counts: of so few, the counts say more than percent."""

_RULES: Final = {one.claim_id: one.rule for one in CLAIMS}


def counts(claims: pl.DataFrame) -> str:
    """How many claims got which verdict, the decided ones first."""
    found = dict(claims.group_by("verdict").len().iter_rows())
    named = (
        (ClaimVerdict.HELD, "held"),
        (ClaimVerdict.PARTLY, "held partly"),
        (ClaimVerdict.DID_NOT_HOLD, "did not hold"),
        (ClaimVerdict.CANNOT_BE_TOLD, "cannot be told"),
    )
    parts = [f"{found[verdict.value]} {words}" for verdict, words in named if verdict.value in found]
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]


def first_line(claims: pl.DataFrame, as_of: date) -> str:
    """How many checks of how many claims ended how, and between which months the figures that decide lie."""
    claimed = claims["statement"].str.split(_HOW_READ).list.first().n_unique()
    checks = f"{counted(claims.height, 'check')} of {_the_articles(claimed)}: {counts(claims)}"
    days = _days_that_decide(claims, as_of)
    if not days:
        return f"{checks}, judged by figures up to {in_words(as_of)}."
    first, last = (f"{day:%B %Y}" for day in (days[0], days[-1]))
    return f"{checks}, judged by figures {f'of {first}' if first == last else f'from {first} to {last}'}."


def _the_articles(claims: int) -> str:
    return f"the article's {claims:,} claims" if claims > 1 else "one claim of the article"


def _days_that_decide(claims: pl.DataFrame, as_of: date) -> list[date]:
    """The days of the newest figures of the sides that decide, in order, none after the day asked for."""
    days = claims.select(_of_the_deciding_side("observed_on")).to_series().drop_nulls()
    return sorted(min(day, as_of) for day in days)


def _of_the_deciding_side(name: str) -> pl.Expr:
    """A column of the side by which a claim is judged."""
    return pl.when(pl.col("tense") == "state").then(pl.col(f"then_{name}")).otherwise(pl.col(f"now_{name}"))


def side_by_side(
    claims: pl.DataFrame, shared: Mapping[str, str], rests: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """One row a claim: what was said, the verdict, and both sides with figures, the one that decides marked.

    `shared` says of claims by claim_id which others rest on the same data, `rests` on which board or run a
    verdict does.
    """
    rows = list(claims.iter_rows(named=True))
    return claims.select(
        claim=pl.Series([_named(row, shared) for row in rows], dtype=pl.String),
        verdict=pl.Series([_in_short(row, rests or {}) for row in rows], dtype=pl.String),
        in_December_2024=pl.Series([_side_said(row, "then") for row in rows], dtype=pl.String),
        now=pl.Series([_side_said(row, "now") for row in rows], dtype=pl.String),
    )


def _deciding(row: Mapping[str, Any]) -> str:
    return "then" if row["tense"] == "state" else "now"


def _side_said(row: Mapping[str, Any], side: str) -> str:
    return f"{MARKED if side == _deciding(row) else ''}{_with_figure(row, side)}"


def _few(row: Mapping[str, Any]) -> int | None:
    """On how many figures a verdict rests, where they are few; one that cannot be told rests on none."""
    n: int = row[f"{_deciding(row)}_n"]
    is_few = row["verdict"] != ClaimVerdict.CANNOT_BE_TOLD.value and 0 < n < HANDFUL
    return n if is_few else None


def _in_short(row: Mapping[str, Any], rests: Mapping[str, str]) -> str:
    """The verdict for a narrow column, with what it rests on where that is little."""
    if (told := _rest_of(row, rests)) is not None:
        return f"{row['verdict']} {told}"
    few = _few(row)
    return str(row["verdict"]) if few is None else f"{row['verdict']} ({_figures(row, few)})"


def _rest_of(row: Mapping[str, Any], rests: Mapping[str, str]) -> str | None:
    return rests.get(row["claim_id"]) if row["verdict"] != ClaimVerdict.CANNOT_BE_TOLD.value else None


def _on_so_many(row: Mapping[str, Any], rests: Mapping[str, str]) -> str:
    """The verdict, and on how many figures where they are few."""
    if (told := _rest_of(row, rests)) is not None:
        return f"{row['verdict']} {told}"
    few = _few(row)
    return str(row["verdict"]) if few is None else f"{row['verdict']} on {_figures(row, few)}"


def _figures(row: Mapping[str, Any], n: int) -> str:
    """So many of what a claim's figures are counted in."""
    return counted(n, FIGURES.get(row["claim_id"], "figure"))


def _named(row: Mapping[str, Any], shared: Mapping[str, str]) -> str:
    """A claim as it was said, with the places of those that rest on the same data."""
    said = f"{row['place']}. {row['statement']}"
    return f"{said} (Same data as {shared[row['claim_id']]}.)" if row["claim_id"] in shared else said


def _with_figure(row: Mapping[str, Any], side: str) -> str:
    """The verdict of one side with its own figure and what that is of, where there is one."""
    verdict = str(row[f"{side}_verdict"])
    if row[f"{side}_value"] is None:
        return verdict
    figure = OF_WHAT.get(row["claim_id"], "{}").format(value_text(row, side))
    beside = [text for text in (_interval_in_cell(row, side), _until(row, side)) if text]
    return f"{verdict}: {figure}" + (f" ({'; '.join(beside)})" if beside else "")


def _interval_in_cell(row: Mapping[str, Any], side: str) -> str:
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    if low is None or high is None:
        return ""
    told = interval_text(row, side)
    return f"{told[:1].lower()}{told[1:]}"


def _until(row: Mapping[str, Any], side: str) -> str:
    """Up to when the figures of one side reach, and that those of now are no newer, where they are not."""
    then, day = row["then_observed_on"], row[f"{side}_observed_on"]
    if day is None:
        return "day not stated"
    return "no newer data" if side == "now" and day == then else f"data to {in_words(day)}"


def one_sentence(claims: pl.DataFrame, shared: Mapping[str, str]) -> str:
    """That several claims read one sentence of the article, each by its own figure; empty where none do.

    What stands before a colon is the sentence, what stands behind it how it is read.
    """
    stems = claims.with_columns(stem=pl.col("statement").str.split(_HOW_READ).list.first())
    said = []
    for rows in stems.partition_by("stem", maintain_order=True):
        if rows.height < 2:
            continue
        parts = [
            f"claim {row['place']} by {row['statement'].partition(_HOW_READ)[2].rstrip('.')} "
            f"({row['verdict']})"
            for row in rows.iter_rows(named=True)
        ]
        same = [row for row in rows.iter_rows(named=True) if row["claim_id"] in shared]
        data = (
            f" Claims {listed([str(row['place']) for row in same])} rest on the same models of one index."
            if len(same) > 1
            else ""
        )
        said.append(
            f'**One sentence, {counted(rows.height, "check")}.** "{rows["stem"][0]}" is checked in '
            f"{rows.height} ways: {'; '.join(parts)}.{data} They are not independent: smaller steps "
            "that come more often make the same pace."
        )
    return " ".join(said)


def of_second_runs(found: Sequence[CountedAgain]) -> str:
    """That a board ran o1 anew, and its ratio lay on the other side of the claimed range before."""
    return " ".join(
        f"{one.benchmark} ran {one.title} anew: up to {in_words(one.last_on)} its ratio there was "
        f"{one.before:.1f}x, since {in_words(one.since_on)} it is {one.now:.1f}x. The one lies outside of 2 "
        "to 10x and the other within, so the verdict rests on which run counts."
        for one in found
        if one.crosses
    )


def on_boards(ratios: pl.DataFrame, runs: Sequence[CountedAgain]) -> str:
    """That a verdict rests on one board, and on which of its runs counts, after the verdict; else nothing.

    `ratios`: benchmark, a row each figure.
    """
    if ratios["benchmark"].n_unique() != 1:
        return ""
    which = ", and which of its runs counts decides" if any(one.crosses for one in runs) else ""
    return f"on one board{which}"


def of_pace(claims: pl.DataFrame, claim_id: str) -> str:
    """Which claim reads the pace by the same index, with its verdict; empty where none does."""
    found = claims.filter(claim_id=claim_id)
    if found.is_empty():
        return ""
    return f"The pace by the same index is claim {found['place'][0]}: {found['verdict'][0]}."


def of_used_up() -> str:
    """That the page Benchmarks counts other tests as used up, and why."""
    return (
        "The page Benchmarks calls a test used up by the same rule but counts others: those of every source, "
        "one of each test, however few models sat it. Here only tests of Epoch's collection count that at "
        f"least {MINIMUM_MODELS} models sat, since which models these are may decide how far the best came."
    )


def divided_by(ratios: pl.DataFrame) -> str:
    """Which model stands below the line in the ratios of which boards; empty without any.

    `ratios`: title_sonnet, released_on_sonnet, benchmark.
    """
    boards = (
        ratios.sort("released_on_sonnet", "benchmark")
        .group_by("title_sonnet", maintain_order=True)
        .agg(pl.col("benchmark").unique(maintain_order=True))
    )
    parts = [f"{title} on {listed(names)}" for title, names in boards.iter_rows()]
    return f"The ratios divide by {'; by '.join(parts)}." if parts else ""


def caveat(claims: pl.DataFrame) -> str:
    """Of how many claims December 2024 is read from what was observed later; else nothing."""
    late = claims.filter(pl.col("then_reading") == Reading.RELEASED.value).height
    if not late:
        return ""
    return (
        f"For {late} of them December 2024 is told from models and figures dated by then, but first seen "
        "here later."
    )


def rests_on(claims: pl.DataFrame, as_of: date) -> str:
    """Which rows the verdicts rest on, and up to when those that decide reach: as in the first line."""
    days = _days_that_decide(claims, as_of)
    until = f", those that decide up to {in_words(days[-1])}" if days else ""
    few = sum(_few(row) is not None for row in claims.iter_rows(named=True))
    rest = agreeing(few, "verdict rests", "verdicts rest")
    on_few = f" {few} {rest} on fewer than {HANDFUL} figures and {agreeing(few, 'says', 'say')} on how many."
    return (
        f"The figures named with each claim{until}.{on_few if few else ''} A claim is told only where an "
        "interval, or the spread between measurements, allows it."
    )


def verdict(row: Mapping[str, Any], rests: Mapping[str, str] | None = None) -> str:
    """The verdict, what was measured, and which side decides; `rests` as in `side_by_side`."""
    return f"**Verdict: {_on_so_many(row, rests or {})}.** {row['measure']}. {judged_by(row)}"


def rule(claim_id: str) -> str:
    """By which rule a claim is judged; empty of one that is judged no longer."""
    return f"**The rule.** {found}" if (found := _RULES.get(claim_id)) else ""


def headline(row: Mapping[str, Any]) -> str:
    """A claim by its place, with its verdict: a line that can be read alone."""
    verdict = row["verdict"]
    said = "held partly" if verdict == ClaimVerdict.PARTLY.value else str(verdict)
    return f"{row['place']}. {row['statement']} {capital(said)}."


def value_text(row: Mapping[str, Any], side: str) -> str:
    """The value of one side ("then" or "now") with its unit or as counts; a dash where there is none."""
    value = row[f"{side}_value"]
    if value is None:
        return "–"
    if row.get("claim_id") in _SHARES:
        number = row[f"{side}_n"]
        return f"{round(value * number):,} of {number:,}"
    return amount(value, row["unit"])


def interval_text(row: Mapping[str, Any], side: str) -> str:
    """The interval or range of one side, with what it is; words where there is none."""
    low, high, level = (row[f"{side}_{name}"] for name in ("low", "high", "level"))
    if low is None or high is None:
        return "No interval can be given" if row[f"{side}_value"] is not None else "No value can be given"
    ends = _range(low, high, row["unit"])
    return f"Range {ends}" if level == 1 else f"{percent(level)} interval {ends}"


def amount(value: float, unit: str) -> str:
    """A value in its unit, as people say it."""
    match unit:
        case "fraction":
            return f"{100 * value:.3g} %"
        case "times":
            return f"{two_digits(value)}x"
        case "year":
            return year_in_words(value)
        case "users" | "views":
            return large_amount(value)
        case "billion USD":
            return f"${large_amount(1e9 * value)}"
        case _:
            return f"{two_digits(value)} {unit}"


def _range(low: float, high: float, unit: str) -> str:
    """Two values in their unit; a unit in words is said once."""
    if unit in _SAID_WITH_EACH:
        return f"{amount(low, unit)} to {amount(high, unit)}"
    return f"{two_digits(low)} to {two_digits(high)} {unit}"


def source(side: str, title: str, url: str | None, sha256: str | None) -> str:
    """One payload that a side of a claim rests on, as a line of a list."""
    link = f"[{title}]({url})" if url and url.startswith("http") else title
    payload = f"payload `{sha256[:HASH_SHOWN]}`" if sha256 else "computed from many payloads"
    return f"- {side}: {link}, {payload}"


def basis(row: Mapping[str, Any], side: str) -> str:
    """How many figures stand behind one side, how new they are, and how a past date was read."""
    observed = row[f"{side}_observed_on"]
    parts = [_figures(row, row[f"{side}_n"])]
    if observed is not None:
        parts.append(f"newest figure of {in_words(observed)}")
    if side == "then" and row["then_reading"] == "released":
        parts.append("by what had been released or dated by then, observed later")
    return ", ".join(parts)


def judged_by(row: Mapping[str, Any]) -> str:
    """Which of the two sides decides."""
    return _JUDGED_BY[row["tense"]]
