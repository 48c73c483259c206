"""The question of claims: counts of verdicts, each claim with both sides, links, sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.benchmarks.standing import State, standings_of_benchmarks
from analysis.claims import CLAIMS
from analysis.claims.limits import MINIMUM_MODELS, used_up_benchmarks
from analysis.claims.statement import ClaimVerdict
from analysis.relay.frontiers import frontiers, with_share
from pages.registry import PAGES
from questions.answer import (
    Answer,
    Beside,
    Folded,
    Link,
    Paragraph,
    Table,
    Tiles,
    every_block,
)
from questions.claims.one_claim import SHOWN_BY
from questions.claims.question import QUESTION, VERDICTS, ClaimsControls, shared_data, verdicts_to_choose
from questions.claims.words import caveat, first_line, of_used_up
from questions.controls import ControlError, must_read, written
from questions.wording import MOST_WORDS
from tests.homes.judged_home import fill_judged
from tests.homes.small_home import fill
from tests.questions.asked import ask, table, view_of, words

CLAIMED = len({one.statement.partition(": ")[0] for one in CLAIMS})
"""The sentences of the article that are checked, one of them in several ways."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two judged claims."""
    folder = tmp_path_factory.mktemp("judged")
    fill_judged(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls."""
    return ask(QUESTION, home)


def folded(answer: Answer) -> list[str]:
    """The lines that open the claims, one by one."""
    return [block.title for block in answer.blocks if isinstance(block, Folded)]


def test_the_first_line_counts_the_verdicts(answer: Answer) -> None:
    """The counts are those of the deciding side: then for a state of affairs, now for a course of things."""
    assert answer.first_line == (
        "2 checks of the article's 2 claims: 1 held and 1 did not hold, judged by figures of October 2024."
    )


def test_how_the_past_was_read_and_what_it_rests_on_are_told(answer: Answer) -> None:
    """The claims whose past was observed later are counted; the newest figure has its day."""
    assert answer.caveat == (
        "For 2 of them December 2024 is told from models and figures dated by then, but first seen here "
        "later."
    )
    assert "those that decide up to 22 October 2024" in answer.rests_on
    assert "New measurements can change each verdict" in answer.would_change


def test_each_claim_shows_both_sides_with_intervals(answer: Answer) -> None:
    """Value, interval, number of figures and how the past was read stand on each side."""
    both = next(block for block in every_block(answer.blocks) if isinstance(block, Beside))
    then, now = (next(block for block in side if isinstance(block, Tiles)).tiles[0] for side in both.groups)
    assert (then.label, then.value) == ("In December 2024: held", "4x")
    assert then.note == (
        "90\u00a0% interval 3x to 5x; 7 figures, newest figure of 22 October 2024, by what had been released "
        "or dated by then, observed later"
    )
    assert (now.label, now.value) == ("By the newest data: held", "4x")
    assert now.note == "90\u00a0% interval 3x to 5x; 7 figures, newest figure of 22 October 2024"


def test_each_claim_has_its_verdict_its_reason_and_who_decides(answer: Answer) -> None:
    """What was measured stands beside the verdict, and which of both dates judges it."""
    assert folded(answer) == ["1. The old one is cheaper. Held.", "2. Data run out. Did not hold."]
    said = words(answer)
    assert "**Verdict: held.** Some ratio. A state of affairs: judged by the data on its own date." in said
    assert "**Verdict: did not hold.** Some ratio. A course of things: judged by what has followed." in said
    assert "Because it was measured." in said


def test_each_claim_names_its_sources_and_leads_to_its_question(answer: Answer) -> None:
    """Side, source and payload of each piece of evidence; where there is none it is said."""
    told = [block.text for block in every_block(answer.blocks) if isinstance(block, Paragraph)]
    origins = [text.partition("\n\n")[2] for text in told if text.startswith("**Where it comes from**")]
    assert origins == [f"- then: aider-edit, payload `{'c' * 12}`", "No payload was used."]
    links = [block.question for block in every_block(answer.blocks) if isinstance(block, Link)]
    assert links == ["worth", "datawall"]


@pytest.mark.parametrize("word", ["held", "Held"])
def test_verdicts_can_be_filtered(home: Path, word: str) -> None:
    """Only claims with the chosen verdict are listed and drawn; the first line still counts all."""
    filtered = ask(QUESTION, home, verdicts=word)
    assert folded(filtered) == ["1. The old one is cheaper. Held."]
    assert table(filtered, "verdicts").height == 1
    assert "2 checks of the article's 2 claims" in filtered.first_line


def test_a_verdict_that_no_claim_has_is_said(home: Path) -> None:
    """There is a sentence, and no table without rows."""
    none = ask(QUESTION, home, verdicts="partly")
    assert "No claim has such a verdict." in words(none)
    assert not any(isinstance(block, Table) for block in every_block(none.blocks))


def test_each_verdict_is_offered_with_its_count(home: Path) -> None:
    """As the first line counts them; before the claims of a past date are judged nothing is counted."""
    offered = verdicts_to_choose(view_of(home), {})
    assert [option.with_count for option in offered] == [
        "held 1",
        "partly 0",
        "did not hold 1",
        "cannot be told 0",
    ]
    past = verdicts_to_choose(view_of(home, "2025-03-01"), {})
    assert [option.with_count for option in past] == [verdict.value for verdict in VERDICTS.values()]


def test_the_label_of_a_verdict_in_an_old_link_is_understood(home: Path) -> None:
    """Links of before say the verdict in words; the address now says it in one word."""
    controls = must_read(ClaimsControls, view_of(home), {"verdicts": ["did not hold", "cannot be told"]})
    assert written(controls) == (("verdicts", "did-not-hold"), ("verdicts", "cannot-be-told"))
    with pytest.raises(ControlError, match="it takes 0 to 4 of held, partly, did-not-hold, cannot-be-told"):
        ask(QUESTION, home, verdicts="refuted")


def test_every_verdict_can_be_chosen() -> None:
    """The closed list of verdicts and the control agree."""
    assert set(VERDICTS.values()) == set(ClaimVerdict)


def test_before_the_article_there_is_nothing_to_judge(home: Path) -> None:
    """A date before 20 December 2024 is answered in words; the day itself is judged."""
    early = ask(QUESTION, home, as_of="2024-12-19")
    assert not early.known
    assert early.first_line == (
        "No data yet: the article with the claims is of 20 December 2024; choose that day or a later one."
    )
    assert ask(QUESTION, home, as_of="2024-12-20").known


def test_a_past_date_is_judged_by_what_was_known_then(home: Path) -> None:
    """All claims are judged anew as of the day, once for all filters; the derived table is of today."""
    past = ask(QUESTION, home, as_of="2025-06-01")
    assert f"{len(CLAIMS)} checks of the article's {CLAIMED} claims" in past.first_line
    assert past.first_line.endswith(", judged by figures from January 2023 to October 2024.")
    assert "The ratios divide by Claude 3.5 Sonnet (Jun 2024) on Aider code editing." in words(past)
    assert of_used_up() in words(past)
    again = ask(QUESTION, home, as_of="2025-06-01", verdicts="cannot-be-told")
    assert again.first_line == past.first_line


def test_without_a_judgement_a_refresh_is_named(tmp_path: Path) -> None:
    """Where no claim was judged the first line says what judges them."""
    fill(tmp_path)
    none = ask(QUESTION, tmp_path)
    assert not none.known
    assert none.first_line == "No data yet: no claim has been judged. A refresh judges them all."


def test_every_claim_leads_to_a_question_with_a_page() -> None:
    """The address that a claim names is that of a page, and the link leads to that page's question."""
    questions = {page.address: page.question for page in PAGES}
    assert {definition.page for definition in CLAIMS} <= set(SHOWN_BY)
    assert {address: link.question for address, link in SHOWN_BY.items()}.items() <= questions.items()


def test_first_line_and_caveat_are_short() -> None:
    """With claims of all four verdicts both hold thirty words at most."""
    claims = pl.DataFrame(
        {"verdict": [verdict.value for verdict in ClaimVerdict], "then_reading": "released"}
    ).with_columns(
        statement=pl.Series(["Steps: the pace.", "Steps: the size.", "It is so.", "It is slow."]),
        tense=pl.Series(["state", "course", "fact", "fact"]),
        then_observed_on=pl.lit(date(2023, 11, 3)),
        now_observed_on=pl.lit(date(2026, 12, 24)),
    )
    assert first_line(claims, date(2026, 11, 29)) == (
        "4 checks of the article's 3 claims: 1 held, 1 held partly, 1 did not hold and 1 cannot be told, "
        "judged by figures from November 2023 to November 2026."
    )
    assert len(first_line(claims, date(2026, 11, 29)).split()) <= MOST_WORDS
    assert len(caveat(claims).split()) <= MOST_WORDS


def test_the_day_of_the_last_judgement_is_read_from_it(home: Path) -> None:
    """The day before is judged anew."""
    assert "2 checks of the article's 2 claims" in ask(QUESTION, home, as_of="2026-07-17").first_line
    assert (
        f"{len(CLAIMS)} checks of the article's {CLAIMED} claims"
        in ask(QUESTION, home, as_of="2026-07-16").first_line
    )


def test_claims_on_the_same_data_name_each_other() -> None:
    """The index judges four, one board's runs three; a claim on data of its own names none."""
    rows = pl.DataFrame(
        {
            "claim_id": [definition.claim_id for definition in CLAIMS],
            "place": range(1, len(CLAIMS) + 1),
        }
    )
    shared = shared_data(rows)
    by_id = dict(rows.iter_rows())
    assert {by_id[claim_id]: others for claim_id, others in shared.items()} == {
        2: "3, 4",
        3: "2, 4",
        4: "2, 3",
        6: "8, 10, 13",
        8: "6, 10, 13",
        10: "6, 8, 13",
        13: "6, 8, 10",
        11: "12",
        12: "11",
    }
    assert shared_data(rows.head(1)) == {}


def test_the_other_count_of_tests_that_are_used_up_is_told() -> None:
    """Both follow one rule, so that only which tests they count can differ; that stands beside the claim."""
    said = of_used_up()
    assert "by the same rule but counts others" in said
    assert f"at least {MINIMUM_MODELS} models sat" in said
    scores = pl.DataFrame(
        {
            "benchmark_id": ["near"] * MINIMUM_MODELS,
            "benchmark": "Near",
            "model_id": [f"m{place}" for place in range(MINIMUM_MODELS)],
            "title": "M",
            "released_on": date(2026, 1, 1),
            "value": [0.5 + place / 100 for place in range(MINIMUM_MODELS - 1)] + [0.94],
            "unit": "fraction",
            "stderr": 0.04,
            "chance": 0.25,
            "ceiling": 1.0,
            "higher_is_better": True,
        }
    )
    for error, expected in ((0.04, True), (0.02, False)):
        known = scores.with_columns(stderr=pl.lit(error))
        page, relay = (
            standings_of_benchmarks(known),
            frontiers(with_share(known).with_columns(published_on=pl.lit(None, pl.Date))),
        )
        claimed = used_up_benchmarks(known)["used_up"].item()
        assert claimed is relay["used_up"].item() is (page["state"].item() == State.USED_UP) is expected
