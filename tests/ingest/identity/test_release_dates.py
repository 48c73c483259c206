"""The release date of a model: the best evidence wins, disagreement is kept."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ingest.identity.release_dates import RANKS, best_release_dates

SCHEMA = {
    "model_id": pl.String,
    "released_on": pl.Date,
    "precision": pl.String,
    "evidence": pl.String,
    "source_id": pl.String,
}


def evidence(*rows: tuple[str, date | None, str, str]) -> pl.DataFrame:
    """Rows of (model_id, released_on, precision, evidence), each from a source of its own."""
    return pl.DataFrame(
        [(*row, f"source-{number}") for number, row in enumerate(rows)], schema=SCHEMA, orient="row"
    )


def only(frame: pl.DataFrame) -> dict[str, object]:
    assert frame.height == 1
    return frame.row(0, named=True)


def test_ranking_is_the_documented_one() -> None:
    """A maker's change log stands before curated lists, these before the dated name, sightings come last."""
    documented = [
        "change log",
        "curated",
        "models.dev",
        "leaderboard",
        "price listing",
        "dated name",
        "leaderboard first seen",
        "price listing first seen",
        "dated leaderboard first seen",
        "dated price listing first seen",
    ]
    assert [kind for kind in sorted(RANKS, key=RANKS.__getitem__) if kind in documented] == documented


def test_better_evidence_wins_and_the_spread_is_kept() -> None:
    """The change log's day is taken; how far the others stand apart is said in days."""
    best = only(
        best_release_dates(
            evidence(
                ("a", date(2024, 5, 20), "day", "models.dev"),
                ("a", date(2024, 5, 13), "day", "change log"),
                ("a", date(2024, 5, 14), "day", "curated"),
            )
        )
    )
    assert (best["released_on"], best["basis"]) == (date(2024, 5, 13), "change log")
    assert (best["spread_days"], best["n_evidence"]) == (7, 3)


def test_a_day_beats_a_month_of_better_evidence() -> None:
    """A month is not its first day: a date to the day is preferred whatever its kind."""
    best = only(
        best_release_dates(
            evidence(
                ("a", date(2024, 5, 1), "month", "change log"), ("a", date(2024, 5, 13), "day", "models.dev")
            )
        )
    )
    assert (best["released_on"], best["precision"]) == (date(2024, 5, 13), "day")


def test_a_month_is_no_disagreement_with_a_day() -> None:
    """Only dates stated to the day spread."""
    best = only(
        best_release_dates(
            evidence(
                ("a", date(2024, 5, 1), "month", "curated"), ("a", date(2024, 5, 13), "day", "models.dev")
            )
        )
    )
    assert best["spread_days"] == 0


def test_first_sightings_only_stand_in() -> None:
    """A day on which a model was merely seen yields to a stated month and never widens the spread."""
    best = only(
        best_release_dates(
            evidence(
                ("a", date(2024, 9, 1), "day", "leaderboard first seen"),
                ("a", date(2024, 5, 1), "month", "curated"),
            )
        )
    )
    assert (best["precision"], best["basis"]) == ("month", "curated")
    assert best["spread_days"] is None
    seen = only(best_release_dates(evidence(("b", date(2024, 9, 1), "day", "price listing first seen"))))
    assert seen["released_on"] == date(2024, 9, 1)


def test_most_sources_of_a_kind_decide() -> None:
    """Where evidence of one kind disagrees, the day that more sources say wins."""
    best = only(
        best_release_dates(
            evidence(
                ("a", date(2024, 5, 1), "day", "curated"),
                ("a", date(2024, 5, 2), "day", "curated"),
                ("a", date(2024, 5, 2), "day", "curated"),
            )
        )
    )
    assert best["released_on"] == date(2024, 5, 2)


@pytest.mark.parametrize("seed", range(3))
def test_order_of_evidence_does_not_matter(seed: int) -> None:
    """The same rows in another order give the same dates."""
    rows = evidence(
        ("a", date(2024, 5, 1), "day", "curated"),
        ("a", date(2024, 5, 2), "day", "curated"),
        ("b", None, "day", "curated"),
        ("b", date(2023, 1, 1), "year", "models.dev"),
    )
    shuffled = rows.sample(fraction=1.0, shuffle=True, seed=seed)
    assert best_release_dates(shuffled).equals(best_release_dates(rows))


def test_what_most_publishers_say_wins_among_equals() -> None:
    """Three lists of one publisher are one voice; statements of lower kinds count as voices too."""
    rows = [
        ("a", date(2024, 3, 7), "day", "curated", "epoch-benchmarks"),
        ("a", date(2024, 3, 7), "day", "curated", "epoch-models"),
        ("a", date(2024, 3, 7), "day", "curated", "epoch-eci-scores"),
        ("a", date(2024, 3, 13), "day", "curated", "catalogue"),
        ("a", date(2024, 3, 13), "day", "announcement", "feed-maker"),
    ]
    best = only(best_release_dates(pl.DataFrame(rows, schema=SCHEMA, orient="row")))
    assert best["released_on"] == date(2024, 3, 13)


def test_our_own_catalogue_stands_before_what_lists_copy_of_each_other() -> None:
    """Of curated days; a better kind of evidence stands before it."""
    rows = [
        ("a", date(2024, 9, 19), "day", "curated", "epoch-benchmarks"),
        ("a", date(2024, 9, 19), "day", "models.dev", "models-dev"),
        ("a", date(2025, 1, 26), "day", "curated", "catalogue"),
    ]
    assert only(best_release_dates(pl.DataFrame(rows, schema=SCHEMA, orient="row")))["released_on"] == date(
        2025, 1, 26
    )
    better = [*rows, ("a", date(2025, 1, 20), "day", "change log", "docs")]
    assert only(best_release_dates(pl.DataFrame(better, schema=SCHEMA, orient="row")))["released_on"] == date(
        2025, 1, 20
    )


def test_a_version_is_not_much_older_than_its_name() -> None:
    """What is said of a dated version but was true of an earlier one does not count."""
    versions = pl.DataFrame({"model_id": ["a"], "version_on": [date(2025, 2, 10)]})
    said = evidence(("a", date(2024, 11, 6), "day", "curated"), ("a", date(2025, 2, 10), "day", "models.dev"))
    assert only(best_release_dates(said, versions))["released_on"] == date(2025, 2, 10)


def test_a_statement_later_than_two_lists_showed_the_model_does_not_count() -> None:
    """A model was out when lists showed it: the next best statement in time, else the first sighting."""
    rows = (
        ("a", date(2025, 10, 31), "day", "curated"),
        ("a", date(2025, 6, 1), "day", "price listing first seen"),
        ("a", date(2025, 6, 22), "day", "price listing first seen"),
    )
    seen = only(best_release_dates(evidence(*rows)))
    assert (seen["released_on"], seen["basis"]) == (date(2025, 6, 1), "price listing first seen")
    better = only(best_release_dates(evidence(*rows, ("a", date(2024, 12, 3), "day", "models.dev"))))
    assert (better["released_on"], better["basis"]) == (date(2024, 12, 3), "models.dev")


def test_one_list_alone_does_not_contradict_two_publishers() -> None:
    """A name that one list uses of another version is rather a slip; against one publisher it counts."""
    seen = ("a", date(2025, 9, 1), "day", "leaderboard first seen")
    said = ("a", date(2025, 12, 1), "day", "curated"), ("a", date(2025, 12, 1), "day", "models.dev")
    assert only(best_release_dates(evidence(seen, *said)))["released_on"] == date(2025, 12, 1)
    assert only(best_release_dates(evidence(seen, said[0])))["released_on"] == date(2025, 9, 1)


def test_a_sighting_some_days_before_moves_the_day_and_keeps_the_statement() -> None:
    """A day's difference, as between time zones, makes no statement a mere sighting."""
    best = only(
        best_release_dates(
            evidence(
                ("a", date(2026, 4, 24), "day", "curated"),
                ("a", date(2026, 4, 23), "day", "leaderboard first seen"),
            )
        )
    )
    assert (best["released_on"], best["basis"]) == (date(2026, 4, 23), "curated")


@pytest.mark.parametrize("kind", ["change log", "announcement", "first version"])
def test_evidence_before_the_makers_day_moves_nothing(kind: str) -> None:
    """However many lists show it earlier: the maker's own day stands, and they are doubts."""
    best = only(
        best_release_dates(
            evidence(
                ("a", date(2024, 4, 9), "day", kind),
                ("a", date(2024, 2, 1), "day", "price listing first seen"),
                ("a", date(2024, 2, 3), "day", "leaderboard first seen"),
            )
        )
    )
    assert (best["released_on"], best["basis"]) == (date(2024, 4, 9), kind)


def test_among_sightings_the_earliest_counts_whatever_its_kind() -> None:
    """A leaderboard that came late says nothing against the price list of two years before."""
    best = only(
        best_release_dates(
            evidence(
                ("a", date(2026, 4, 23), "day", "leaderboard first seen"),
                ("a", date(2024, 7, 31), "day", "price listing first seen"),
            )
        )
    )
    assert best["released_on"] == date(2024, 7, 31)


@pytest.mark.parametrize(("models", "is_moved"), [(2, False), (3, True)])
def test_a_list_that_shows_several_models_too_early_is_not_of_its_date(models: int, is_moved: bool) -> None:
    """An edition's date is no day of observation: what it shows was there by the list's last reading."""
    edition, last, out = date(2025, 5, 30), date(2025, 11, 25), date(2025, 10, 15)
    rows = [("unknown", edition, "day", "leaderboard first seen", "board")]
    rows += [("newest", last, "day", "leaderboard first seen", "board")]
    for number in range(models):
        rows.append((f"m{number}", edition, "day", "leaderboard first seen", "board"))
        rows.append((f"m{number}", out, "day", "change log", f"maker-{number}"))
    dates = best_release_dates(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    told = dict(dates.select("model_id", "released_on").iter_rows())
    assert told["unknown"] == (last if is_moved else edition)
    assert {told[f"m{number}"] for number in range(models)} == {out}


def test_what_only_the_last_edition_shows_too_early_has_no_day() -> None:
    """There is no later reading by which it was there."""
    edition, out = date(2026, 6, 30), date(2026, 7, 9)
    rows = [(f"m{n}", edition, "day", "price listing first seen", "list") for n in range(4)]
    rows += [(f"m{n}", out, "day", "change log", "maker") for n in range(3)]
    dates = best_release_dates(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    assert set(dates["model_id"]) == {"m0", "m1", "m2"}
    assert set(dates["released_on"]) == {out}


@pytest.mark.parametrize(
    ("stated", "day", "basis"),
    [
        ([], date(2023, 7, 26), "dated price listing first seen"),
        ([("curated", date(2024, 5, 1))], date(2024, 5, 1), "curated"),
        ([("dated name", date(2024, 2, 1))], date(2024, 2, 1), "dated name"),
    ],
    ids=["nobody states it", "a list does", "its name does"],
)
def test_a_lists_own_date_bounds_what_nobody_dates_and_contradicts_nobody(
    stated: list[tuple[str, date]], day: date, basis: str
) -> None:
    """A payload of 2025 that says what was asked in 2023 shows that the model was there then."""
    rows = [
        ("a", date(2025, 12, 31), "day", "price listing first seen"),
        ("a", date(2023, 7, 26), "day", "dated price listing first seen"),
        ("a", date(2023, 8, 1), "day", "dated leaderboard first seen"),
        *[("a", on, "day", kind) for kind, on in stated],
    ]
    best = only(best_release_dates(evidence(*rows)))
    assert (best["released_on"], best["basis"]) == (day, basis)
