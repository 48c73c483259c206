"""The price history that stood here until November 2026, to be measured against: one fixed order of lists.

A step is believed when a second list says the same or when it lasted 30 days; the first list of a fixed order
that has a model speaks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

LASTING_DAYS: Final = 30
JUMP: Final = 10.0
AGREEMENT: Final = 0.02
"""Two prices agree when they differ by less than this share."""
LAUNCH_DAYS: Final = 92
"""A first listing within so many days of the release is taken as the launch price."""
LAUNCH_DAYS_OF_A_NEW_LIST: Final = 270
NEW_LIST_DAYS: Final = 62
"""The same for a list that began after the release, in the first months of which we know."""
INPUT_ABOVE_OUTPUT: Final = 2.0
"""Input that costs so many times the output is a slip, unless a second source says the same."""

SOURCE_ORDER: Final = (
    "litellm-prices",
    "llm-prices",
    "models-dev",
    "model-prices",
    "modelpricewatch",
    "llmstats-providers",
    "genai-prices",
    "openrouter-models",
)
"""Who speaks first for a maker. genai-prices comes late: for some makers it repeats a router's prices."""
REPEATS_ROUTERS: Final = "genai-prices"
CLOUDS: Final = ("vertex_ai", "azure", "bedrock")
"""A maker's own cloud lists by its own units and dates: the maker's direct listing goes first."""

SELLER_ORDER: Final = {"maker": 0, "router": 100, "reseller": 200}

CHAIN: Final = ["source_id", "model_name", "provider"]
_PRICES: Final = ["input_usd_per_mtok", "output_usd_per_mtok"]


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """`steps` has the columns of the table price_step, `doubts` those of price_doubt."""

    steps: pl.DataFrame
    doubts: pl.DataFrame


NO_MOVES: Final = pl.DataFrame(schema={"model_id": pl.String, "target_id": pl.String, "moved_on": pl.Date})


def price_history(stated: pl.DataFrame, moves: pl.DataFrame = NO_MOVES) -> PriceHistory:
    """Judge and date every statement; `stated` is what the query prices_stated gives.

    Prices in USD per million tokens. Statements of one source about one name at one seller form a chain;
    only changes along it become steps, and a name that is no longer listed ends it (`listed` false).

    moves   when a moving name (`model_id`) came to point to a version (`target_id`, `moved_on`)
    """
    chained = _chained(stated)
    judged = _judged(chained, _agreements(chained))
    doubts = judged.filter(pl.col("reason").is_not_null())
    believed = _changes_only(judged.filter(pl.col("reason").is_null()))
    steps = _superseded(_moved(_confirmed(_dated(believed)), moves))
    return PriceHistory(
        steps.select(
            "model_id",
            *CHAIN,
            "seller",
            "starts_on",
            "starts_after",
            "basis",
            *_PRICES,
            "cached_input_usd_per_mtok",
            "listed",
            "preference",
            "n_agreeing",
            "observed_at",
            "url",
            "payload_sha256",
        ).sort(pl.all()),
        doubts.select("model_id", *CHAIN, *_PRICES, "observed_at", "payload_sha256", "reason").sort(pl.all()),
    )


def _chained(stated: pl.DataFrame) -> pl.DataFrame:
    """Statements in order along their chain, with the seller carried over tombstones and their duration."""
    today = pl.col("newest_at").dt.date()
    since = pl.coalesce("valid_on", pl.col("observed_at").dt.date())
    return (
        stated.with_columns(since=since, listed=~pl.col("gone"))
        .filter(pl.col("since") <= today)
        .sort(*CHAIN, "since", "observed_at")
        .with_columns(
            seller=pl.col("seller").forward_fill().over(CHAIN),
            place=pl.int_range(pl.len()).over(CHAIN),
            lasted_days=(
                pl.col("since").shift(-1).over(CHAIN).fill_null(today) - pl.col("since")
            ).dt.total_days(),
            is_newest=pl.col("since").shift(-1).over(CHAIN).is_null(),
            **{f"{name}_before": pl.col(name).shift(1).over(CHAIN) for name in _PRICES},
            **{f"{name}_after": pl.col(name).shift(-1).over(CHAIN) for name in _PRICES},
        )
        .with_columns(
            lasted_before=pl.col("lasted_days").shift(1).over(CHAIN),
            lasted_after=pl.col("lasted_days").shift(-1).over(CHAIN),
        )
        .with_row_index("statement")
    )


def _agreements(chained: pl.DataFrame) -> pl.DataFrame:
    """Per statement, what other sources say of the model.

    n_agreeing ever said the same, `sellers_agreeing` as the price of which sellers; n_meanwhile spoke while
    it stood, the nearest of them least_off times off.
    """
    until = pl.col("since") + pl.duration(days=pl.col("lasted_days"))
    said = chained.filter("listed").select(
        "statement", "model_id", "source_id", "seller", "since", *_PRICES, until=until
    )
    pairs = said.join(said.drop("statement"), on="model_id", suffix="_other").filter(
        pl.col("source_id") != pl.col("source_id_other")
    )
    same = pl.all_horizontal(_agree(pl.col(name), pl.col(f"{name}_other")) for name in _PRICES)
    meanwhile = (pl.col("since_other") <= pl.col("until")) & (pl.col("until_other") >= pl.col("since"))
    off = _ratio(pl.col("input_usd_per_mtok"), pl.col("input_usd_per_mtok_other"))
    return pairs.group_by("statement").agg(
        n_agreeing=pl.col("source_id_other").filter(same).n_unique().cast(pl.Int32),
        sellers_agreeing=pl.col("seller_other").filter(same).unique(),
        n_meanwhile=pl.col("source_id_other").filter(meanwhile).n_unique(),
        least_off=off.filter(meanwhile).min(),
    )


def _agree(ours: pl.Expr, theirs: pl.Expr) -> pl.Expr:
    close = (ours - theirs).abs() <= AGREEMENT * pl.max_horizontal(ours, theirs)
    return close.fill_null(False) | (ours.is_null() & theirs.is_null())


def _judged(chained: pl.DataFrame, agreements: pl.DataFrame) -> pl.DataFrame:
    jumped = _slip_beside("before") | _slip_beside("after")
    far_off = ((pl.col("least_off") >= JUMP) & (pl.col("n_meanwhile") >= 2)).fill_null(False)
    alone = pl.col("n_agreeing") == 0
    brief = (pl.col("lasted_days") < LASTING_DAYS) & ~pl.col("is_newest") & pl.col("valid_on").is_null()
    input_price, output_price = (pl.col(name) for name in _PRICES)
    reason = (
        pl.when(~pl.col("listed"))
        .then(None)
        .when((input_price == 0) & (output_price > 0))
        .then(pl.lit("input for nothing beside output at a price: rather not known"))
        .when(alone & jumped)
        .then(pl.lit("a jump of ten times or more that no other source confirms"))
        .when(alone & _point_shifted())
        .then(pl.lit("a shifted decimal point: the digits of a confirmed price, and no other source says so"))
        .when(alone & (output_price > 0) & (input_price >= INPUT_ABOVE_OUTPUT * output_price))
        .then(pl.lit("input at twice the price of output or more, and no other source says so"))
        .when(alone & far_off)
        .then(pl.lit("ten times or more off what every other source said meanwhile"))
        .when(alone & brief)
        .then(pl.lit("stood for less than 30 days and no other source says the same: rather a correction"))
    )
    joined = chained.join(agreements, on="statement", how="left", maintain_order="left").with_columns(
        pl.col("n_agreeing").fill_null(0)
    )
    beside = {
        "agreeing_before": pl.col("n_agreeing").shift(1).over(CHAIN),
        "agreeing_after": pl.col("n_agreeing").shift(-1).over(CHAIN),
    }
    return joined.with_columns(**beside).with_columns(
        reason=reason, seller=pl.when("listed").then(_whose()).forward_fill().over(CHAIN)
    )


def _whose() -> pl.Expr:
    """The seller; where a source that repeats routers' prices as a maker's is alone with that, a router."""
    agreeing = pl.col("sellers_agreeing")
    repeated = agreeing.list.contains("router") & ~agreeing.list.contains("maker")
    is_maker = (pl.col("source_id") == REPEATS_ROUTERS) & (pl.col("seller") == "maker")
    return pl.when(is_maker & repeated.fill_null(False)).then(pl.lit("router")).otherwise("seller")


def _point_shifted() -> pl.Expr:
    """Whether both prices have the digits of the price before, which is confirmed, ten or more times off."""
    ratios = [_ratio(pl.col(name), pl.col(f"{name}_before")).log10() for name in _PRICES]
    is_power = pl.all_horizontal(
        (ratio >= 0.99) & ((ratio - ratio.round()).abs() < 0.005) for ratio in ratios
    )
    return is_power.fill_null(False) & (pl.col("agreeing_before") > 0).fill_null(False)


def _slip_beside(side: str) -> pl.Expr:
    """Whether the neighbour differs ten times or more and has the better claim.

    It stood for longer, and where a second source confirms it, this one did not even stand 30 days.
    """
    apart = pl.any_horizontal(
        (_ratio(pl.col(name), pl.col(f"{name}_{side}")) >= JUMP).fill_null(False) for name in _PRICES
    )
    shorter = (pl.col("lasted_days") <= pl.col(f"lasted_{side}")).fill_null(False)
    real_jump = (pl.col(f"agreeing_{side}") > 0) & (pl.col("lasted_days") >= LASTING_DAYS)
    return apart & shorter & ~real_jump.fill_null(False)


def _ratio(ours: pl.Expr, theirs: pl.Expr) -> pl.Expr:
    comparable = (ours > 0) & (theirs > 0)
    return pl.when(comparable).then(pl.max_horizontal(ours / theirs, theirs / ours))


def _changes_only(believed: pl.DataFrame) -> pl.DataFrame:
    before = [pl.col(name).shift(1).over(CHAIN) for name in (*_PRICES, "listed")]
    same = pl.all_horizontal(
        pl.col(name).eq_missing(earlier) for name, earlier in zip((*_PRICES, "listed"), before, strict=True)
    )
    first = pl.int_range(pl.len()).over(CHAIN) == 0
    return believed.filter((first & pl.col("listed")) | (~first & ~same))


def _dated(believed: pl.DataFrame) -> pl.DataFrame:
    first = pl.int_range(pl.len()).over(CHAIN) == 0
    seen_on = pl.col("observed_at").dt.date()
    waited = (seen_on - pl.col("released_on")).dt.total_days()
    list_age = (seen_on - seen_on.min().over("source_id")).dt.total_days()
    is_new_list = list_age <= NEW_LIST_DAYS
    within = pl.when(is_new_list).then(LAUNCH_DAYS_OF_A_NEW_LIST).otherwise(LAUNCH_DAYS)
    listed_first = seen_on == seen_on.min().over("source_id", "model_id", "provider")
    at_launch = (
        first & pl.col("valid_on").is_null() & listed_first & waited.is_between(0, within).fill_null(False)
    )
    order = {source: position for position, source in enumerate(SOURCE_ORDER)}
    rank = pl.col("source_id").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    seller = pl.col("seller").replace_strict(SELLER_ORDER, default=300, return_dtype=pl.Int32)
    return believed.with_columns(
        starts_on=pl.when(pl.col("valid_on").is_not_null())
        .then("valid_on")
        .when(at_launch)
        .then("released_on")
        .otherwise(seen_on),
        basis=pl.when(pl.col("valid_on").is_not_null())
        .then(pl.lit("stated"))
        .when(at_launch)
        .then(pl.lit("launch"))
        .otherwise(pl.lit("between sightings")),
        preference=rank + seller + pl.when(pl.col("provider").is_in(CLOUDS)).then(50).otherwise(0),
    ).with_columns(starts_after=pl.when(pl.col("basis") == "between sightings").then("seen_before_on"))


def _confirmed(dated: pl.DataFrame) -> pl.DataFrame:
    """Where a source dates the same price of the same model within the chain's gap, its day is taken."""
    before = pl.col("starts_on").shift(1).over(CHAIN)
    asking = dated.with_row_index("step").with_columns(previous_on=before)
    told = (
        dated.filter((pl.col("basis") == "stated") & (pl.col("seller") == "maker"))
        .select("model_id", *_PRICES, told_on="starts_on", teller="source_id")
        .unique()
    )
    found = (
        asking.filter(
            (pl.col("basis") == "between sightings") & (pl.col("seller") == "maker") & pl.col("listed")
        )
        .join(told, on=["model_id", *_PRICES], nulls_equal=True)
        .filter(pl.col("told_on") <= pl.col("starts_on"))
        .filter((pl.col("told_on") > pl.col("previous_on")) | pl.col("previous_on").is_null())
        .group_by("step")
        .agg(pl.col("told_on").min())
    )
    return asking.join(found, on="step", how="left", maintain_order="left").with_columns(
        starts_on=pl.coalesce("told_on", "starts_on"),
        starts_after=pl.when(pl.col("told_on").is_null()).then("starts_after"),
        basis=pl.when(pl.col("told_on").is_not_null()).then(pl.lit("confirmed")).otherwise("basis"),
    )


def _moved(steps: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """Where a moving name came to cost what the version does that it had moved to, the day of the move.

    Only for steps that are known late or from sightings, and versions that cost so much when the name moved.
    """
    before = pl.col("starts_on").shift(1).over(CHAIN)
    asking = steps.with_row_index("asked").with_columns(began_on=before)
    costs = (
        steps.filter((pl.col("seller") == "maker") & pl.col("listed"))
        .select(*_PRICES, target_id="model_id", cost_since="starts_on")
        .unique()
    )
    found = (
        asking.filter(
            pl.col("basis").is_in(["between sightings", "confirmed"]),
            (pl.col("seller") == "maker") & pl.col("listed"),
        )
        .join(moves, on="model_id")
        .filter(pl.col("moved_on") <= pl.col("starts_on"))
        .filter(pl.col("moved_on") == pl.col("moved_on").max().over("asked"))
        .filter((pl.col("moved_on") > pl.col("began_on")) | pl.col("began_on").is_null())
        .join(costs, on=["target_id", *_PRICES], nulls_equal=True)
        .filter(pl.col("cost_since") <= pl.col("moved_on"))
        .group_by("asked")
        .agg(pl.col("moved_on").first())
    )
    return (
        asking.join(found, on="asked", how="left", maintain_order="left")
        .with_columns(
            starts_on=pl.coalesce("moved_on", "starts_on"),
            starts_after=pl.when(pl.col("moved_on").is_null()).then("starts_after"),
            basis=pl.when(pl.col("moved_on").is_not_null()).then(pl.lit("moved")).otherwise("basis"),
        )
        .select(steps.columns)
    )


def _superseded(steps: pl.DataFrame) -> pl.DataFrame:
    """End a maker's preferred listing that has gone stale: one that no source confirms, while another listing
    of the maker came later that at least two other sources confirm. That one takes its place.
    """
    maker = steps.filter((pl.col("seller") == "maker") & pl.col("listed"))
    stale = (
        maker.filter(pl.col("preference") == pl.col("preference").min().over("model_id"))
        .sort("starts_on")
        .group_by("model_id", *CHAIN)
        .last()
        .filter((pl.col("n_agreeing") == 0).all().over("model_id"))
    )
    successors = (
        maker.filter(pl.col("n_agreeing") >= 2)
        .join(stale.select("model_id", stale_on="starts_on", stale_rank="preference"), on="model_id")
        .filter((pl.col("starts_on") > pl.col("stale_on")) & (pl.col("preference") > pl.col("stale_rank")))
        .sort("starts_on", "preference")
        .unique("model_id", keep="first", maintain_order=True)
    )
    if successors.is_empty():
        return steps
    taken_over = successors.select("model_id", *CHAIN, taken_on="starts_on", rank="stale_rank")
    ends = stale.join(taken_over.select("model_id", "taken_on"), on="model_id").with_columns(
        starts_on="taken_on",
        starts_after=pl.lit(None, dtype=pl.Date),
        basis=pl.lit("superseded"),
        listed=pl.lit(False),
        **{name: pl.lit(None, dtype=pl.Float64) for name in (*_PRICES, "cached_input_usd_per_mtok")},
    )
    promoted = steps.join(
        taken_over, on=["model_id", *CHAIN], how="left", maintain_order="left"
    ).with_columns(
        preference=pl.when(pl.col("starts_on") >= pl.col("taken_on")).then("rank").otherwise("preference")
    )
    return pl.concat([promoted.select(steps.columns), ends.select(steps.columns)])
