"""Models: find one, and see its scores, its price steps, its releases and the sources of all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from charts.price.price_of_model import NAME as STEPS_OF_MODEL
from questions.answer import Answer, Block, Folded, Heading, Link, Notice, Paragraph, Table, nothing_known
from questions.benchmarks.known import is_part
from questions.controls import Choice, Chosen, Option, control
from questions.models import prices, words
from questions.models.tables import (
    SCORES,
    place_in_index,
    setting_once,
    with_rules_told,
    with_source_titles,
    with_texts,
)
from questions.offers import price_steps as all_price_steps
from questions.question import Question
from questions.reach import newest_day
from questions.scores import headline_scores
from questions.trends.series import index_note
from questions.view import KnownBy, View
from questions.wording import as_fit, counted


def makers_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The makers, those of most models first."""
    makers = _models(view).drop_nulls("organization").group_by("organization").len()
    names = makers.sort("len", "organization", descending=[True, False])["organization"]
    return [Option(name, name) for name in names]


def models_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The models of the chosen maker, or all; those with the most benchmarks first.

    By their names, with the id where two models of any maker share one.
    """
    models = _models(view)
    twice = pl.col("title").str.to_lowercase().is_duplicated()
    label = pl.when(twice).then(pl.format("{} ({})", "title", "model_id")).otherwise("title")
    named = models.with_columns(label=label)
    listed = named.filter(pl.col("organization") == chosen["maker"]) if chosen["maker"] else named
    return [Option(*pair) for pair in listed.select("model_id", "label").iter_rows()]


@dataclass(frozen=True, slots=True)
class ModelsControls:
    """Which model is shown."""

    maker: str | None = control(None, Choice("Maker", makers_to_choose, optional=True))
    find: str | None = control(None, Choice("Model", models_to_choose, help="Type to search."))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one model: rows of the queries named for them."""

    model: dict[str, Any]
    known_by: KnownBy
    headline: pl.DataFrame
    scores: pl.DataFrame
    steps: pl.DataFrame
    asked: pl.DataFrame
    releases: pl.DataFrame
    index: pl.DataFrame
    left_out: pl.DataFrame


def answer(view: View, controls: ModelsControls) -> Answer:
    """All that is known of one model."""
    if controls.find is None:
        return nothing_known("no model is known as of this date.")
    known = _known(view, controls.find)
    headline = with_texts(known.headline)
    place = place_in_index(known.index, controls.find)
    newest = newest_day(known.scores, view.as_of, known.asked)
    caveat, rest = as_fit([known.known_by.note, index_note(view), words.not_measured(place, known.left_out)])
    rests = words.rests_on(
        known.headline["benchmark_id"], known.scores, known.asked, known.releases.height, newest
    )
    return Answer(
        first_line=words.first_line(known.model, known.steps, place, newest),
        caveat=caveat,
        rests_on=f"{rests} {rest}".strip(),
        would_change=words.WOULD_CHANGE,
        blocks=(
            Paragraph(words.description(known.model, place)),
            _comparison(known),
            *prices.of_model(view, known.model, known.steps, known.asked),
            *_scores(*(with_source_titles(rows, view.source_titles()) for rows in (known.scores, headline))),
            *_others(view, known),
        ),
    )


def _comparison(known: Known) -> Link:
    """Beside the model of the highest index, or that beside the next."""
    own = known.model["model_id"]
    others = known.index.filter(pl.col("model_id") != own).sort("value", "model_id", descending=[True, False])
    if others.is_empty():
        return Link("compare", "Compare models")
    other = others.row(0, named=True)
    pairs = (("models", own), ("models", other["model_id"]))
    return Link("compare", f"Compare with {other['title']}, or with others", pairs)


def _known_by(view: View) -> KnownBy:
    return view.known_since(view.ask("score_reach")["first_observed_at"].item())


def _models(view: View) -> pl.DataFrame:
    return view.ask("models", _known_by(view))


def _known(view: View, model_id: str) -> Known:
    by = _known_by(view)
    headline, scores = (
        rows.with_columns(pl.col("setting").map_elements(setting_once, return_dtype=pl.String))
        for rows in (
            headline_scores(view, by, [model_id]).drop("model_id"),
            view.ask("scores_of_model", by, model=model_id),
        )
    )
    return Known(
        model=_models(view).row(by_predicate=pl.col("model_id") == model_id, named=True),
        known_by=by,
        headline=headline,
        scores=scores,
        steps=all_price_steps(view, view.as_of).filter(pl.col("model_id") == model_id),
        asked=view.ask("prices_of_model", model=model_id),
        releases=view.ask("releases_of_model", model=model_id),
        index=view.ask("index_for_trend"),
        left_out=view.ask("index_left_out_of_model", model=model_id),
    )


def _scores(scores: pl.DataFrame, headline: pl.DataFrame) -> tuple[Block, ...]:
    """The headline score of each benchmark; every setting and source is one click away."""
    if headline.is_empty():
        return (Heading("Scores"), Notice("No data yet: no score of this model."))
    of_board = pl.col("benchmark_id").map_elements(is_part, return_dtype=pl.Boolean)
    wholes, parts = headline.filter(~of_board), headline.filter(of_board)
    return (
        Heading(f"Scores on {counted(wholes.height, 'benchmark')}"),
        Paragraph(words.OF_SCORES),
        *([] if wholes.is_empty() else [Table("scores", wholes, SCORES)]),
        *([] if parts.is_empty() else [_parts(parts)]),
        Folded(
            f"All {counted(scores.height, 'statement')}, every setting and source",
            (Table("all-scores", scores),),
        ),
    )


def _parts(parts: pl.DataFrame) -> Folded:
    return Folded(words.of_parts(parts.height), (Table("scores-on-parts", parts, SCORES),))


def _others(view: View, known: Known) -> tuple[Block, ...]:
    """What was announced of it, what dates it, and what its sources call it."""
    model_id = known.model["model_id"]
    evidence = view.ask("release_evidence_of_model", model=model_id)
    names = view.ask("names_of_model", model=model_id)
    titles = view.source_titles()
    releases = with_source_titles(known.releases, titles)
    folded = (
        ("What its release day rests on", "evidence", evidence, "nothing dates this model."),
        ("Names and sources", "names", names, "no source names it."),
    )
    return (
        Heading("Announcements"),
        _table("announcements", with_rules_told(releases), "no post names this model."),
        *(
            _behind(title, _table(name, with_source_titles(rows, titles), nothing))
            for title, name, rows, nothing in folded
        ),
    )


def _table(name: str, rows: pl.DataFrame, nothing: str) -> Table | Notice:
    """The rows, or a sentence that there are none."""
    return Notice(f"No data yet: {nothing}") if rows.is_empty() else Table(name, rows)


def _behind(title: str, block: Table | Notice) -> Block:
    """A table behind one line; that there is none is no line to open."""
    return Folded(title, (block,)) if isinstance(block, Table) else block


QUESTION: Final = Question(
    name="models",
    title="One model",
    asks="What is known of one model: its scores, its price, its release, and by which sources?",
    answer=answer,
    controls=ModelsControls,
    charts=(STEPS_OF_MODEL,),
)
