"""Price of a capability: what it costs to buy a score that was once the frontier, and how that fell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.price.decline import record_declines
from analysis.price.fall import PriceFall
from charts.price.decline_rates import decline_rates
from charts.price.price_over_time import CHEAPEST_WAY, price_of_capability
from charts.price.same_model_price import NAME as SAME_MODEL
from questions.answer import (
    Answer,
    Block,
    Drawn,
    Folded,
    Heading,
    Later,
    Method,
    Paragraph,
    Table,
    nothing_known,
)
from questions.controls import Choice, Option, Switch, control
from questions.filters import KindOfModel, scope
from questions.price import fall_words, step_words, words
from questions.price.bought import beside_the_price
from questions.price.cheapest import CheapestWay, cheapest_way, price_of_ends
from questions.price.rate import decline_of, fall_within_error
from questions.price.same_model import BASKET, FIRST_BASKET, same_model, starts_to_choose
from questions.price.threshold import (
    DEFAULT_NAME,
    SELLERS,
    Capability,
    among,
    capability_of,
    measures_to_choose,
    names_to_choose,
)
from questions.question import Question
from questions.scores import DEFAULT_BENCHMARK, titles
from questions.unlisted import of_benchmark
from questions.view import View
from questions.wording import as_fit

FALLS: Final = "price-falls"
"""The table of the fall: in all, in its parts, in the last twelve months."""

REFERENCE: Final = "epoch-decline-rates"
_SELLERS: Final = tuple(Option(word, basis.value) for word, basis in SELLERS.items())


@dataclass(frozen=True, slots=True)
class PriceControls(KindOfModel):
    """Which score is to be bought from whom, and since when one and the same listing is followed."""

    measure: str = control(DEFAULT_BENCHMARK, Choice("Measured by", measures_to_choose))
    threshold: str | None = control(DEFAULT_NAME, Choice("At least as good as", names_to_choose))
    seller: str = control("maker", Choice("Sold by", _SELLERS))
    log_price: bool = control(True, Switch("Logarithmic price axis", near=CHEAPEST_WAY, only_its_chart=True))
    basket_from: str | None = control(
        FIRST_BASKET.isoformat(), Choice("Listings followed from", starts_to_choose, near=BASKET)
    )


def answer(view: View, controls: PriceControls) -> Answer:
    """What the chosen score costs and how that fell; Epoch AI's thresholds; the same model's price."""
    also = (
        *_reference(view),
        *same_model(view, controls.basket_from),
        *beside_the_price(view),
        Method("price"),
    )
    capability = capability_of(view, controls.measure, controls.threshold or "", controls.seller)
    if capability is None:
        return nothing_known("no well-known model has a score on this measure as of this date.", also)
    capability = among(view, capability, controls)
    way = cheapest_way(view, capability)
    if way.steps.window is None:
        return nothing_known(
            f"no model that reaches {capability.words} has a {capability.basis.value}.", also
        )
    fall = fall_within_error(view, capability, way)
    rests = way.evidence(view)
    is_usual = (controls.measure, controls.threshold) == (DEFAULT_BENCHMARK, DEFAULT_NAME)
    ended = of_benchmark(view, controls.measure)
    caveat, more = as_fit((ended, rests.caveat, *capability.notes, way.note))
    return Answer(
        first_line=words.first_line(way.steps, capability, fall, rests),
        caveat=caveat,
        rests_on=" ".join(filter(None, (words.rests_on(way.steps), words.WHICH_LEVEL * is_usual, more))),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *_steps(view, capability, way, log=controls.log_price),
            *_of_steps(view, way),
            *_spread(view, capability, way),
            Heading("How it fell"),
            *((Paragraph(fall_words.of_fall(fall, way.steps.basis)),) if fall else ()),
            *_parts(fall),
            Later(lambda: _newly_asked(view, way), height=60),
            *((Paragraph(words.OF_ALL_MODELS),) if scope(controls) else ()),
            *also,
        ),
    )


def _parts(fall: PriceFall | None) -> tuple[Block, ...]:
    """The fall by its stretches; nothing where none is known."""
    if fall is None:
        return ()
    return (Table(FALLS, fall_words.parts_of(fall), fall_words.COLUMNS, wraps=True),)


def _steps(view: View, capability: Capability, way: CheapestWay, *, log: bool) -> tuple[Block, ...]:
    """The steps, and the models that reach the score without a price."""
    said = words.unpriced(way.steps)
    footing = way.footing(view, said if way.steps.unpriced else "")
    chart = price_of_capability(way.steps, capability.words, titles(capability.scores), footing, log=log)
    if not way.steps.unpriced:
        return (Drawn(chart),)
    reach = capability.scores.filter(pl.col("model_id").is_in(list(way.steps.unpriced)))
    shown = reach.select("model_id", "title", "organization", "released_on", "value")
    return (Drawn(chart), Folded(said, (Table("unpriced", shown),)))


def _of_steps(view: View, way: CheapestWay) -> tuple[Block, ...]:
    """Which steps are no change of a price, and when the cheapest model goes off sale."""
    named = titles(way.scores)
    model_id = way.steps.asked_last["model_id"]
    if model_id is None:
        return _said(step_words.of_steps(way.steps, way.used, named))
    makers = way.scores.filter(model_id=model_id)["organization"].drop_nulls().unique()
    notices = view.ask("shutdown_notices", view.known_then).filter(
        pl.col("model_id") == model_id, pl.col("organization").is_in(makers.implode())
    )
    shutdown = step_words.of_shutdown(way.steps, way.used, notices, named.get(model_id, model_id))
    return _said(step_words.of_steps(way.steps, way.used, named), shutdown)


def _said(*sentences: str) -> tuple[Block, ...]:
    said = " ".join(filter(None, sentences))
    return (Paragraph(said),) if said else ()


def _spread(view: View, capability: Capability, way: CheapestWay) -> tuple[Block, ...]:
    """What the error of the score does to the price; nothing where the error is not known."""
    if capability.spread is None:
        return ()
    assert way.steps.window is not None
    price, day = way.steps.steps["price_usd_per_mtok"][-1], way.steps.window.end

    def said() -> tuple[Block, ...]:
        return (Paragraph(words.of_spread(capability, price, price_of_ends(view, capability, way, day))),)

    return (Later(said, height=40),)


def _newly_asked(view: View, way: CheapestWay) -> tuple[Block, ...]:
    """Another question beside it: whether new list prices fall."""
    said = words.of_newly_asked(decline_of(view, way), way.steps.basis)
    return (Folded("Another question: do new list prices fall?", (Paragraph(said),)),)


def _reference(view: View) -> tuple[Block, ...]:
    """Epoch AI's factors for its own thresholds, computed anew from its prices."""
    known = view.ask("price_records_of_epoch", view.known_now)
    by = view.known_since(min(known["observed_at"].to_list(), default=None))
    prices = view.ask("price_records_of_epoch", by)
    prices = prices.filter(pl.col("valid_on") <= view.as_of)
    if prices.is_empty():
        return ()
    declines = record_declines(prices)
    rates = {f"{bench}, {model}": decline for (bench, model), decline in declines.items()}
    title = words.of_reference(declines.values())
    subtitle = "Each benchmark at the score of the model named."
    footing = view.footing(prices, "successive cheapest prices")
    note = words.of_known(by)
    chart = Drawn(decline_rates(REFERENCE, rates, title, subtitle, footing))
    return (
        Heading("For reference: Epoch AI's thresholds"),
        Folded(title, (*([Paragraph(note)] if note else []), chart)),
    )


QUESTION: Final = Question(
    name="price",
    title="Falling price",
    asks="What does a score that was once the frontier cost, and how fast does that fall?",
    answer=answer,
    controls=PriceControls,
    charts=(CHEAPEST_WAY, REFERENCE, SAME_MODEL),
)
