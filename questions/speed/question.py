"""How fast models answer: by host, by day, against price and score, and how long an answer takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import polars as pl

from analysis.price.blend import blended_price
from analysis.speed.hosts import FAST_HOSTS, compared_hosts, host_factors
from analysis.speed.ranks import rank_correlation
from analysis.speed.times import typical_times
from charts.parts.figure import in_words
from charts.speed import against, answer_times, by_day, by_host
from questions.answer import Answer, Block, Drawn, Heading, Later, Method, Paragraph, nothing_known
from questions.chat_models import IS_CHAT
from questions.controls import Choice, Option, control
from questions.evidence import Evidence
from questions.filters import ModelFilters, only, passing, scope, scope_note
from questions.question import Question
from questions.speed import words
from questions.view import View

SPEED: Final = by_host.Shown("output_tokens_per_second", "Output tokens per second", "tokens/s")
LATENCY: Final = by_host.Shown("latency_seconds", "Seconds to the first token", "s")
_SHOWN: Final = {"speed": SPEED, "latency": LATENCY}
_FRESH: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class SpeedControls(ModelFilters):
    """What is measured at the hosts, and against what speed is drawn."""

    shown: str = control(
        "speed",
        Choice(
            "Shown",
            (Option("speed", "Tokens per second"), Option("latency", "Seconds to the first token")),
            near=by_host.NAME,
            only_its_chart=True,
        ),
    )
    against: str = control(
        "score",
        Choice(
            "Against",
            (Option("score", "Capability index"), Option("price", "List price")),
            near=against.NAME,
            only_its_chart=True,
        ),
    )


def answer(view: View, controls: SpeedControls) -> Answer:
    """How much faster the hosts with chips of their own are, and what speed goes along with."""
    models, among, note = passing(view, controls), scope(controls), scope_note(controls)
    rows = only(view.ask("host_speeds"), models).filter(IS_CHAT).filter(pl.col("measured_on") <= view.as_of)
    hosts = compared_hosts(rows)
    times = only(view.ask("answer_times"), models)
    if hosts.is_empty() and times.is_empty():
        return nothing_known(words.nothing(among), (Method("speed"),))
    if hosts.is_empty():
        newest = times["known_on"].max()
        rests = Evidence(view.as_of, min(newest, view.as_of))  # type: ignore[type-var,arg-type]  # dates
        return Answer(
            words.first_line({}, rests, among), blocks=(*_times(view, times, note), Method("speed"))
        )
    rests = Evidence(view.as_of, hosts["measured_on"].max())  # type: ignore[arg-type]  # a column of dates
    factors = {host: host_factors(hosts, host) for host in FAST_HOSTS}
    return Answer(
        first_line=words.first_line(factors, rests, among),
        caveat=words.caveat(hosts),
        rests_on=words.rests_on(hosts, rests.ends_on),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *_by_host(view, hosts, _SHOWN[controls.shown], note),
            Heading("On which days speed is known"),
            *_by_day(view, models, note),
            Heading("Speed against score and price"),
            Later(
                lambda: _against(view, models, controls.against == "price", note),
                charts=(against.NAME,),
                height=480,
            ),
            Heading("How long an answer takes"),
            *_times(view, times, note),
            Method("speed"),
        ),
    )


def _by_host(view: View, hosts: pl.DataFrame, shown: by_host.Shown, note: str) -> tuple[Block, ...]:
    drawn = hosts.filter(pl.col(shown.column) > 0)
    several = drawn.with_columns(n=pl.len().over("model_id")).filter(pl.col("n") >= 2)
    if several.is_empty():
        return ()
    ordered = several.sort("n", "model_id", "host", descending=[True, False, False]).drop("n")
    newest = ordered["measured_on"].max()
    return (
        Drawn(
            by_host.speed_by_host(
                ordered,
                shown,
                words.host_title(shown.column, ordered),
                in_words(newest),  # type: ignore[arg-type]  # a column of dates
                view.footing(ordered, "offers", note),
            )
        ),
    )


def _by_day(view: View, models: frozenset[str] | None, note: str) -> tuple[Block, ...]:
    speeds = only(view.ask("speeds_by_day"), models).filter(IS_CHAT)
    if speeds.is_empty():
        return (Paragraph(words.NO_DAY),)
    chart = by_day.speed_by_day(speeds, words.day_title(speeds), view.footing(speeds, "measurements", note))
    return (Drawn(chart), Paragraph(words.day_doubt(speeds)))


def _against(view: View, only_of: frozenset[str] | None, by_price: bool, note: str) -> tuple[Block, ...]:
    speeds = only(view.ask("speeds_by_day"), only_of).filter(IS_CHAT)
    if speeds.is_empty():
        return (Paragraph(words.NO_DAY),)
    models = speeds["model_id"].unique().sort().to_list()
    newest = speeds["measured_on"].max()
    fresh = view.ask("compared_speed", models=models).filter(pl.col("day") >= newest - _FRESH)  # type: ignore[operator]  # dates
    index = view.ask("index_for_trend").select("model_id", "title", "organization", "open_weights", "value")
    if by_price:
        prices = view.ask("last_list_prices").filter(pl.col("seller") == "maker")
        index = index.drop("value").join(
            prices.select("model_id", value=blended_price()), on="model_id", maintain_order="left"
        )
    drawn = fresh.join(index.rename({"value": "against"}), on="model_id").sort("model_id")
    if drawn.height < 2:
        return (Paragraph(f"{words.against_title(None, by_price, drawn.height)}."),)
    found = rank_correlation(drawn["against"].to_numpy(), drawn["tokens_per_second"].to_numpy())
    title = words.against_title(found, by_price, drawn.height)
    chart = against.speed_against(drawn, by_price, title, view.footing(drawn, note=note))
    return (Drawn(chart), Paragraph(words.AGAINST_DOUBT))


def _times(view: View, times: pl.DataFrame, note: str) -> tuple[Block, ...]:
    typical = typical_times(times)
    if typical.is_empty():
        return (Paragraph("No board had measured how long enough models take for a task."),)
    used = times.join(typical, on=["benchmark_id", "reasoning"], how="semi")
    chart = answer_times.answer_times(
        used,
        typical,
        words.time_title(used, typical),
        view.footing(used, "pairs of model and board", note),
    )
    return (Drawn(chart), Paragraph(words.time_doubt(used)))


QUESTION: Final = Question(
    name="speed",
    title="Speed",
    asks="How fast do models answer: by host, against price and score, and how long does an answer take?",
    answer=answer,
    controls=SpeedControls,
    charts=(by_host.NAME, by_day.NAME, against.NAME, answer_times.NAME),
)
