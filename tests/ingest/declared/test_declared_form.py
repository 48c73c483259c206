"""What a form may say, and messages that point at the line when it says something else."""

from __future__ import annotations

import pytest

from ingest.declared.check import FormError, read_form
from ingest.declared.reader import nearest
from ingest.declared.toml_lines import line_of, lines_of_keys

GOOD = """\
title = "Example"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "https://example.org/{today:%Y-%m-%d}.json"
format = "json"
rows = "data[]"
cadence = "6h"

[paging]
parameter = "page"
more = "has_more"

[[score]]
model_name = "name"
score = { column = "accuracy", unit = "percent" }
constants = { benchmark_id = "exam", unit = "fraction", reported_by = "vendor" }

[[score]]
from = "second"
model_name = ["name", "model"]
score = { column = "points", scale = 0.5 }
constants = { benchmark_id = "exam-2", unit = "points", reported_by = "vendor" }
"""


def test_a_good_form_is_read() -> None:
    """All parts of a form arrive in its fields."""
    form = read_form(GOOD, "example-exam")
    assert form.id == "example-exam"
    assert form.table.rows == "data[]"
    assert form.paging is not None
    assert form.paging.parameter == "page"
    first, second = form.records
    assert first.fields["score"].scale == 0.01
    assert second.fields["model_name"].columns == ("name", "model")
    assert second.source_part == "second"
    assert first.fields["setting"].constant == ""


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('format = "json"', 'format = "jsn"', 6, "did you mean 'json'"),
        ("cadence =", "cadense =", 8, "did you mean 'cadence'"),
        ('cadence = "6h"', 'cadence = "often"', 8, '"6h"'),
        ('rows = "data[]"', 'rows = "data[["', 7, "not a valid JMESPath"),
        ('cadence = "6h"', 'frozen = "since 2025"\ncadence = "6h"', 9, "once a month"),
        ('cadence = "6h"', 'fallbacks = ["mirror.csv"]\ncadence = "6h"', 8, "must be an address"),
        (
            'cadence = "6h"',
            'fallbacks = { url = "https://example.org/?k={key}" }\ncadence = "6h"',
            8,
            "environment variable",
        ),
        ('homepage = "https://example.org/"', 'homepage = "example.org"', 2, "must be an address"),
        ("{today:%Y-%m-%d}", "{tomorrow:%Y}", 5, "{tomorrow:%Y}"),
        ("{today:%Y-%m-%d}", "{__import__('os')}", 5, "become dates"),
        ('model_name = "name"\n', 'model_nam = "name"\n', 15, "did you mean 'model_name'"),
        ('unit = "percent"', 'unit = "percents"', 16, "did you mean 'percent'"),
        ('unit = "percent"', 'unite = "percent"', 16, "did you mean 'unit'"),
        ('column = "points", scale = 0.5', 'column = "points", scale = "half"', 22, "must be a number"),
        ('column = "points"', 'pattern = "x"', 22, "exactly one of 'column'"),
        ('column = "points"', 'column = "points", pattern = "("', 22, "not a valid regular expression"),
        ('column = "points"', 'column = "points", pattern = "(?=x)"', 22, "not a valid regular expression"),
        ('score = { column = "points", scale = 0.5 }', "score = 5", 22, "under constants"),
        ("parameter =", "next = 'x'\nparameter =", 10, "exactly one of 'next'"),
        ('reported_by = "vendor"', 'reported_by = "us"', 23, "there are: independent, vendor, community"),
        ('unit = "points"', 'unit = "point"', 23, "did you mean 'points'"),
        ('benchmark_id = "exam-2"', 'benchmark_id = "Exam 2"', 23, "must be an identifier"),
        ('column = "points"', 'column = "points", formula = "1"', 22, "exactly one of 'column'"),
        ('column = "points", scale = 0.5', 'formula = "{a} +"', 22, "not a valid formula: it ends where"),
        ('column = "points", scale = 0.5', 'formula = "os.system(1)"', 22, "not a valid formula"),
        ('column = "points"', 'column = "points", currency = "euro"', 22, "'currency' cannot be 'euro'"),
        ('column = "points"', 'column = "points", other = "x"', 22, "'other' needs 'words'"),
        ('format = "json"', 'format = "json"\ncurrency = "EUR"\ndecimal = ";"', 8, "'decimal' cannot be ';'"),
        ('format = "json"', 'format = "json"\nseparator = ";;"', 7, "must be one sign"),
        ('format = "json"', 'format = "json"\nencoding = "klingon"', 7, "'encoding' cannot be 'klingon'"),
        ('format = "json"', 'format = "json"\nencoding = "rot13"', 7, "'encoding' cannot be 'rot13'"),
        ('format = "json"', 'format = "json"\nheader_rows = 0', 7, "whole number from 1"),
        ('format = "json"', 'format = "json"\nparent = "a[["', 7, "not a valid JMESPath"),
        ('format = "json"', 'format = "json"\ndate_order = "dd/mm"', 7, "there are: dmy, mdy, ymd"),
        ('format = "json"', 'format = "json"\npivot = { keep = "a" }', 7, "pivot needs 'name'"),
        (
            'column = "points"',
            'column = "points", pattern = "(a)\\\\1"',
            22,
            "not a valid regular expression",
        ),
    ],
)
def test_a_wrong_form_is_refused_at_its_line(old: str, new: str, line: int, says: str) -> None:
    """Each kind of mistake is one problem, with the line where it stands and words that help."""
    assert old in GOOD
    with pytest.raises(FormError) as error:
        read_form(GOOD.replace(old, new), "example-exam")
    assert (line, True) in [(problem.line, says in problem.message) for problem in error.value.problems], [
        str(problem) for problem in error.value.problems
    ]


def test_all_problems_are_told_at_once() -> None:
    """A form with three mistakes names three, in order of lines."""
    with pytest.raises(FormError) as error:
        read_form('title = ""\nformat = "csv"\n\n[price]\nmodel_name = "m"\nspeed = 3\n', "Bad Name")
    problems = error.value.problems
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    said = " ".join(problem.message for problem in problems)
    for word in ("'title' is empty", "'homepage' is missing", "'Bad Name'", "no 'speed'", "needs 'provider'"):
        assert word in said


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('title = "x"\nurl = "unclosed\n', 2, "Illegal character"),
        ("title = 1\n\ntitle = 2\n", 3, "Cannot overwrite a value"),
        ("title = [\n1,\n2,", 3, "Invalid value"),
    ],
)
def test_broken_toml_is_told_by_line(text: str, line: int, says: str) -> None:
    """It has one problem, in the parser's words and line; for a text that lacks its end, the last one."""
    with pytest.raises(FormError) as error:
        read_form(text, "x")
    (problem,) = error.value.problems
    assert problem.line == line
    assert problem.message.startswith(f"not valid TOML: {says}")
    assert "(at" not in problem.message


def test_a_form_without_records_is_refused() -> None:
    """A source that maps nothing is a mistake."""
    head = GOOD.split("[[score]]", maxsplit=1)[0]
    with pytest.raises(FormError, match="no kind of record is mapped"):
        read_form(head, "x")


@pytest.mark.parametrize("begins", ["", "first", "\\t "])
@pytest.mark.parametrize("quote", ['"""', "'''"])
def test_what_a_text_of_several_lines_holds_opens_nothing(quote: str, begins: str) -> None:
    """Neither a bracket nor a single quote in it, nor a mark that is escaped; behind its end keys go on."""
    escaped = '\\"""' if quote == '"""' else "#"
    lines = [f"a = {quote}{begins}", f"[ {{ ' \" {escaped}", "b = 1", f"last{quote} # [", "c = 2"]
    lines += ["d = '[' # { [", 'e = "\\"["', "[t]", "f = 1"]
    found = lines_of_keys("\n".join(lines))
    assert found == {("a",): 1, ("c",): 5, ("d",): 6, ("e",): 7, ("t",): 8, ("t", "f"): 9}


def test_lines_of_keys_see_through_texts_and_arrays() -> None:
    """Keys inside multi-line texts and arrays are not keys; members of arrays of tables are counted."""
    text = 'a = """\nb = 1\n"""\nc = [\n  "d = 2", # e = 3\n]\n'
    text += '[[t]]\nx = 1\n[[t]]\nx = { y = 1, z.q = 2 }\n"f g" = 1\n'
    lines = lines_of_keys(text)
    assert lines[("a",)] == 1
    assert lines[("c",)] == 4
    assert ("b",) not in lines
    assert lines[("t", 0, "x")] == 8
    assert lines[("t", 1, "x", "y")] == 10
    assert lines[("t", 1, "x", "z", "q")] == 10
    assert lines[("t", 1, "f g")] == 11
    assert line_of(lines, ("t", 1, "missing")) == 9
    assert line_of(lines, ("nowhere",)) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = " + "[" * 50_000, "not valid TOML"),
        ("a." * 50_000 + "a = 1", "not valid TOML"),
        ("a = " + "{ b = " * 20_000, "not valid TOML"),
        ("x = 1\n" * 100_000, "this is no form"),
        (GOOD.replace('rows = "data[]"', 'rows = "' + "[" * 400 + '"'), "not a valid JMESPath"),
        (GOOD.replace('rows = "data[]"', 'rows = "' + "(" * 499 + '"'), "not a valid JMESPath"),
        (GOOD.replace('rows = "data[]"', f'rows = "{"a|" * 300}a"'), "longer than 500"),
        (GOOD.replace("scale = 0.5", f'pattern = "{"(" * 900}"'), "not a valid regular expression"),
        (GOOD.replace("scale = 0.5", f'pattern = "{"a" * 2000}"'), "longer than 1000"),
        (
            GOOD.replace("scale = 0.5", 'pattern = "((a{1,1000}){1,1000}){1,1000}"'),
            "not a valid regular expression",
        ),
    ],
)
def test_a_hostile_form_is_told_in_a_sentence(text: str, says: str) -> None:
    """Nesting without end, patterns that explode: one problem or more, and the command goes on."""
    with pytest.raises(FormError) as error:
        read_form(text, "x")
    assert any(says in problem.message for problem in error.value.problems)
    assert all(len(problem.message) < 1000 for problem in error.value.problems)


def test_a_money_field_in_another_currency_needs_its_rate() -> None:
    """Euro is no dollar, and no rate is ours to choose."""
    text = """title = "x"
homepage = "https://example.org/"
licence = "x"
credit = "x"
url = "https://example.org/x"
format = "csv"
cadence = "1d"
currency = "EUR"
[price]
model_name = "m"
input_usd_per_mtok = "in"
output_usd_per_mtok = { column = "out", usd = 1.1 }
constants = { provider = "p", tier = "standard", seller = "reseller" }
"""
    with pytest.raises(FormError) as error:
        read_form(text, "x")
    (problem,) = error.value.problems
    assert problem.line == 11
    assert "say what one EUR is, such as usd = 1.08" in problem.message


def test_many_names_are_not_all_listed() -> None:
    """A message stays readable in a pipe."""
    assert len(nearest("zzz", [f"column number {n}" * 20 for n in range(5000)])) < 3000
    assert nearest("zzz", [f"c{n}" for n in range(50)]).endswith("and 10 more")
