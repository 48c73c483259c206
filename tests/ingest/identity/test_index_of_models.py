"""The index of known models: which one a name means by its words, date, number, or with a word left out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from ingest.identity.catalogue import Model, ModelKind, load_spellings
from ingest.identity.model_index import LISTING_LAG, Line, ModelIndex
from ingest.identity.observed_names import is_listing_slug, observe
from ingest.identity.own_prefixes import own_prefixes
from ingest.identity.spelling.left_out_words import (
    point_or_active_size_left_out,
    weights_that_think,
    word_left_out,
)
from ingest.identity.spelling.model_names import ParsedName, default_reading
from ingest.identity.spelling.name_dates import date_of
from ingest.identity.spelling.name_settings import (
    is_default_peel,
    is_mode,
    is_scaffold,
    is_setting,
    joined,
    peel,
    scaffold_and_model,
    settings_last,
    strip_wrapping,
)

SPELLINGS = load_spellings()


def model(
    model_id: str,
    kind: ModelKind = ModelKind.DATED,
    released_on: str | None = None,
    maker: str = "Lab",
    **more: Any,
) -> Model:
    return Model(model_id, maker, more.pop("family", "m"), kind, None, released_on, **more)


def parsed(name: str) -> ParsedName:
    return default_reading(name, SPELLINGS)


def index(*models: tuple[str, Model], aliases: tuple[tuple[str, Model], ...] = ()) -> ModelIndex:
    found = ModelIndex()
    for name, one in models:
        found.add_model(parsed(name), one)
    for name, one in aliases:
        found.add_alias(parsed(name), one)
    return found


def found(of: ModelIndex, name: str) -> tuple[str, str] | None:
    hit = of.find(parsed(name))
    return (hit.model.model_id, hit.rule) if hit else None


UNDATED = model("foo-1", ModelKind.UNDATED, "2025-03-10")
OLD, NEW = model("foo-1-2025-01-01", released_on="2025-01-05"), model("foo-1-2025-06-01")
ALIAS = model("foo-1", ModelKind.ALIAS)


@pytest.mark.parametrize(
    ("of", "name", "hit"),
    [
        (index(("foo-1", UNDATED)), "foo-1", ("foo-1", "exact")),
        (index(("foo-1", ALIAS)), "foo-1", ("foo-1", "moving alias")),
        (index(aliases=(("foo-1", UNDATED),)), "foo-1", ("foo-1", "alias")),
        (index(("foo-1-2025-01-01", OLD)), "foo-1", ("foo-1-2025-01-01", "only version")),
        (index(("foo-1-2025-01-01", OLD), ("foo-1-2025-06-01", NEW)), "foo-1", None),
        (index(("foo-1-2025-01-01", OLD)), "foo-2", None),
        (index(("foo-1-2025-01-01", OLD)), "foo-1-2025-01-01", ("foo-1-2025-01-01", "date")),
        (index(("foo-1-2025-01-01", OLD)), "foo-1-0101", ("foo-1-2025-01-01", "date")),
        (index(aliases=(("foo-1-2025-01-01", OLD),)), "foo-1-2025-01-01", ("foo-1-2025-01-01", "alias")),
        (index(("foo-1", UNDATED)), "foo-1-2025-03-10", ("foo-1", "release date")),
        (index(("foo-1", UNDATED)), "foo-1-2025-04-10", ("foo-1", "listing date")),
        (index(("foo-1", UNDATED)), "foo-1-2025-04-11", None),
        (index(("foo-1", UNDATED)), "foo-1-2025-02-07", ("foo-1", "listing date")),
        (index(("foo-1", UNDATED)), "foo-1-2025-02-06", None),
        (
            index(("foo-1", model("foo-1", ModelKind.UNDATED, "2025-03"))),
            "foo-1-2025-03-10",
            ("foo-1", "release date"),
        ),
        (index(("foo-1", model("foo-1", ModelKind.UNDATED))), "foo-1-2025-03-10", None),
        (index(("foo-1", ALIAS)), "foo-1-2025-03-10", None),
        (index(("foo-1-2025-01-01", OLD)), "foo-1-2025-01-20", None),
        (index(("foo-1-002", model("foo-1-002"))), "foo-1-002", ("foo-1-002", "version number")),
        (index(("foo-1", UNDATED)), "foo-1-001", ("foo-1", "first version")),
        (index(("foo-1", UNDATED)), "foo-1-002", None),
        (index(("foo-1", model("foo-1", ModelKind.UNDATED, maker="Google"))), "foo-1-001", None),
        (index(("foo-1", UNDATED), ("foo-1-002", model("foo-1-002"))), "foo-1-001", None),
    ],
)
def test_a_name_means_the_one_model_that_it_can_mean(
    of: ModelIndex, name: str, hit: tuple[str, str] | None
) -> None:
    """By its words, then by a version's date, a release, or the day of a listing near it; else none."""
    assert found(of, name) == hit
    assert timedelta(days=31) == LISTING_LAG


def test_a_line_knows_its_versions_and_what_was_released() -> None:
    """Each once, moving names apart."""
    line = Line(ALIAS, None, [(date_of(date(2025, 1, 1)), OLD)], [], {"002": OLD, "003": NEW})
    assert [one.model_id for one in line.versions()] == [OLD.model_id, NEW.model_id]
    assert [one.model_id for one in line.released()] == [OLD.model_id, NEW.model_id]
    assert line.any_model() == OLD
    assert Line(ALIAS).any_model() == ALIAS
    assert Line().any_model() is None
    assert Line(None, UNDATED).released() == [UNDATED]


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2025, 1, 1), True),
        (date(2025, 2, 5), True),
        (date(2025, 2, 6), False),
        (date(2024, 12, 1), True),
        (date(2024, 11, 30), False),
    ],
)
def test_a_day_is_known_a_month_around_a_version_or_its_release(day: date, known: bool) -> None:
    """A version of the first, which was released on the fifth."""
    line = Line(dated=[(date_of(date(2025, 1, 1)), OLD)])
    assert line.knows_about(date_of(day), day) is known
    alias = Line(dated_aliases=[(date_of(date(2025, 8, 1)), ALIAS)])
    assert alias.knows_about(date_of(date(2025, 8, 1)), date(2025, 8, 1))
    assert not alias.knows_about(date_of(date(2025, 8, 2)), date(2025, 8, 2))


def test_the_active_size_of_a_mixture_may_be_left_out_where_there_is_one() -> None:
    """Of two nobody knows which is meant."""
    one = index(("bar-235b-a22b", model("bar-235b-a22b")))
    key = parsed("bar-235b").key
    assert one.with_active_size(key) == parsed("bar-235b-a22b").key
    two = index(("bar-235b-a22b", model("x")), ("bar-235b-a3b", model("y")))
    assert two.with_active_size(key) is None
    hit = point_or_active_size_left_out(one, parsed("bar-235b"))
    assert hit is not None
    assert (hit.model.model_id, hit.rule) == ("bar-235b-a22b", "active size left out")
    assert point_or_active_size_left_out(two, parsed("bar-235b")) is None
    pointed = point_or_active_size_left_out(index(("bar-5.2", model("bar-5.2"))), parsed("bar-52"))
    assert pointed is not None
    assert pointed.rule == "point left out"
    assert "bar" in one.words()
    assert list(one.keys()) == [parsed("bar-235b-a22b").key]


@pytest.mark.parametrize(
    ("known", "released_on", "name", "rule"),
    [
        ("bar-5-preview", None, "bar-5", "preview left out"),
        ("bar-5-preview", None, "bar-5-beta", None),
        ("bar-70b-instruct", "2024-12-01", "bar-70b", "instruct left out"),
        ("bar-70b-instruct", "2024-12", "bar-70b", "instruct left out"),
        ("bar-70b-instruct", "2024-11-30", "bar-70b", None),
        ("bar-70b-instruct", None, "bar-70b", None),
        ("bar-5-instruct", "2025-01-01", "bar-5", None),
        ("bar-8x7b-instruct", "2025-01-01", "bar-8x7b", "instruct left out"),
    ],
)
def test_a_word_may_be_left_out_where_nothing_else_can_be_meant(
    known: str, released_on: str | None, name: str, rule: str | None
) -> None:
    """Before December 2024 the bare name was that of the base."""
    hit = word_left_out(index((known, model(known, released_on=released_on))), parsed(name))
    assert (hit.rule if hit else None) == rule


def test_two_words_left_out_are_no_answer() -> None:
    """A preview and an instruct model: either may be meant."""
    both = index(("bar-70b-preview", model("p")), ("bar-70b-instruct", model("i", released_on="2025-01-01")))
    assert word_left_out(both, parsed("bar-70b")) is None


def test_a_way_of_thinking_set_apart_may_name_other_weights() -> None:
    """Where weights of that name exist."""
    of = index(("kimi-k2-thinking", model("kimi-k2-thinking")), ("kimi-k2", model("kimi-k2")))
    reading = parsed("kimi k2 (thinking)")
    assert "thinking" in (reading.setting or "")
    hit = weights_that_think(of, reading)
    assert hit is not None
    assert (hit.model.model_id, hit.rule) == ("kimi-k2-thinking", "thinking weights")
    assert weights_that_think(of, parsed("kimi k2")) is None
    assert weights_that_think(index(("kimi-k2", model("kimi-k2"))), reading) is None


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("openai/gpt-5-20250807", True),
        ("openai/gpt-5-20250807:free", True),
        ("anthropic/claude-4-20250514", False),
        ("gpt-5-20250807", False),
        ("openai/gpt-5-2025-08-07", False),
    ],
)
def test_a_router_dates_its_listings(name: str, is_one: bool) -> None:
    """But for those whose maker dates its versions so."""
    assert is_listing_slug(name) is is_one


def observed(*names: str, of: ModelIndex | None = None) -> Any:
    return observe(names, SPELLINGS, of or index(("foo-1", UNDATED)))


def test_names_tell_of_versions_that_nobody_has_catalogued() -> None:
    """A whole date, far from what is known of the model, and no router's."""
    versions = {
        one.model_id: one
        for _, one in observed("foo-1-2026-02-03", "foo-1-2025-03-20", "foo-1-2026-02").versions
    }
    assert set(versions) == {"m-2026-02-03"}
    one = versions["m-2026-02-03"]
    assert (one.organization, one.family, one.kind, one.version_on) == (
        "Lab",
        "m",
        ModelKind.DATED,
        "2026-02-03",
    )
    new = observed("frob-7-2026-02-03").versions
    assert [one.model_id for _, one in new] == ["frob-7-2026-02-03"]
    assert observed("openai/foo-1-20260203").versions == ()
    assert observed("foo-1 & bar-2", "").versions == ()


def test_names_tell_who_owns_words_and_how_they_are_spelt() -> None:
    """Of two owners nobody is; of two forms the shorter one, and only where there are two."""
    told = observed("someone/frob-7b-x", "frob-7b-y", "frob-y-7b")
    assert list(told.owners.values()) == ["someone"]
    assert parsed("frob-7b-y").key in told.undated
    assert list(told.stems.values()) == ["frob-7b-y"]
    assert observed("someone/frob-7b-x", "other/frob-7b-x").owners == {}
    assert observed("someone/frob").owners == {}
    assert observed("someone/foo-1").owners == {}


def prefixes(*rows: tuple[str, list[str] | None], known: tuple[str, ...] = ("m",)) -> frozenset[str]:
    frame = pl.DataFrame(rows, schema={"model_name": pl.String, "sellers": pl.List(pl.String)}, orient="row")
    return own_prefixes(frame, lambda name: name in known)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("Newgate/m", ["newgate"])], {"newgate"}),
        ([("new-gate/m", ["NewGate AI"])], {"new-gate"}),
        ([("newgate/m", ["other"])], set()),
        ([("newgate/m", None)], set()),
        ([("eu/m", ["eu"])], set()),
        ([("abc/m", ["abc"])], {"abc"}),
        ([("abc/x", ["abc"])], set()),
        ([("abc/m", ["abc"]), ("abc/x", ["abc"]), ("abc/y", ["abc"])], {"abc"}),
        ([("abc/m", ["abc"]), *((f"abc/{word}", ["abc"]) for word in "xyz")], set()),
        ([("newgate", ["newgate"])], set()),
    ],
)
def test_a_prefix_is_a_sellers_where_it_sells_what_is_known_without_it(
    rows: list[tuple[str, list[str] | None]], found: set[str]
) -> None:
    """One in three of its models; shorter words than three letters are regions."""
    assert prefixes(*rows) == found
    assert own_prefixes(pl.DataFrame({"model_name": ["abc/m"]}), lambda _: True) == frozenset()


# --- settings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "after_colon", "is_one"),
    [
        ("high effort", False, True),
        ("thinking, 16k", False, True),
        ("beta", True, True),
        ("beta", False, False),
        ("3-shot", False, True),
        ("no tools", False, True),
        (" fp8 ", False, True),
        ("2025", False, False),
        ("instruct", False, False),
    ],
)
def test_a_marked_word_may_be_a_setting(note: str, after_colon: bool, is_one: bool) -> None:
    """Behind a colon a beta is a tier of prices."""
    assert is_setting(note, after_colon=after_colon) is is_one


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("claude code (sonnet 4.5)", ("claude code", "sonnet 4.5")),
        ("gpt-5/cline", ("cline", "gpt-5")),
        ("gpt/cline", None),
        ("gpt-5", None),
    ],
)
def test_a_scaffold_may_stand_before_or_behind_its_model(text: str, parts: tuple[str, str] | None) -> None:
    """A model has a number."""
    assert scaffold_and_model(text) == parts
    assert (is_scaffold(" Mini-SWE-agent scaffold ".lower()), is_scaffold("gpt-5")) == (True, False)


@pytest.mark.parametrize(
    ("name", "rest", "found"),
    [
        ("llama-3-70b-fp8", "llama-3-70b", ("fp8",)),
        ("llama-3-70b-awq-int4", "llama-3-70b", ("int4", "awq")),
        ("gpt-5 >200k", "gpt-5", (">200k",)),
        ("glm-4.5-free", "glm-4.5", ("free",)),
        ("llama-3-70b-instruct-turbo", "llama-3-70b-instruct", ("turbo",)),
        ("-free", "-free", ()),
        ("gpt-5", "gpt-5", ()),
    ],
)
def test_what_says_only_how_it_is_served_comes_off(name: str, rest: str, found: tuple[str, ...]) -> None:
    """Again and again, from the end."""
    assert strip_wrapping(name) == (rest, found)


@pytest.mark.parametrize(
    ("name", "peeled"),
    [
        ("gpt-5-high", ("gpt-5", "high")),
        ("claude-4-thinking-16k", ("claude-4", "thinking-16k")),
        ("o3-high", ("o3", "high")),
        ("x-high", None),
        ("gpt-5", None),
    ],
)
def test_the_last_bare_word_of_a_setting_comes_off(name: str, peeled: tuple[str, str] | None) -> None:
    """Where something is left that is a name."""
    assert peel(name) == peeled


@pytest.mark.parametrize(
    ("stem", "word", "is_dated", "is_one"),
    [
        ("claude-4", "thinking", False, True),
        ("foo-1", "thinking", False, False),
        ("qwen3-4b", "thinking", False, True),
        ("qwen3-4b", "thinking", True, False),
        ("gpt-5", "medium", False, True),
        ("foo-1", "medium", False, False),
        ("foo-1", "high", False, True),
        ("gpt-5-codex", "max", False, False),
        ("gpt-5", "max", False, True),
        ("claude-4", "base", False, True),
        ("gpt-5", "base", False, False),
        ("foo-1", "3-shot", False, True),
        ("foo-1", "thinking-16k", False, True),
        ("foo-1", "instruct", False, False),
    ],
)
def test_a_bare_word_is_a_setting_where_its_line_takes_it(
    stem: str, word: str, is_dated: bool, is_one: bool
) -> None:
    """Elsewhere it is a size, or names other weights."""
    assert is_default_peel(stem, word, is_dated=is_dated) is is_one


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (["thinking-16k"], "thinking 16k"),
        (["16k thinking"], "thinking 16k"),
        (["16k"], "thinking 16k"),
        (["no-thinking"], "no thinking"),
        (["nothink"], "no thinking"),
        (["x-high effort"], "xhigh"),
        (["high", "high", ""], "high"),
        (["high", "3-shot"], "high, 3 shot"),
        ([], None),
    ],
)
def test_settings_are_written_in_one_form(settings: list[str], said: str | None) -> None:
    """Each once, in the name's order."""
    assert joined(settings) == said


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("gpt-5-high-preview", "gpt-5-preview-high"),
        ("gemini-3-thinking-exp-1206", "gemini-3-exp-1206-thinking"),
        ("foo-medium-preview", "foo-medium-preview"),
        ("gpt-5-preview", "gpt-5-preview"),
    ],
)
def test_a_setting_before_a_state_goes_to_the_end(name: str, last: str) -> None:
    """Where it is one."""
    assert settings_last(name) == last
    assert (is_mode("high"), is_mode("base"), is_mode("instruct")) == (True, True, False)
