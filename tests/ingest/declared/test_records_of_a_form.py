"""What the tables of records in a form become, key by key, and what is refused about them."""

from __future__ import annotations

import pytest

from ingest.declared.check import FormError, read_form
from ingest.declared.check_records import KINDS
from ingest.declared.form import Condition, FieldForm, Pivot, RecordForm, SourceForm, Unpivot
from ingest.records import Kind

HEAD = """\
title = "x"
homepage = "https://example.org/"
licence = "x"
credit = "x"
url = "https://example.org/x"
cadence = "1d"
"""
SCORE = """\
[score]
model_name = "m"
score = "s"
constants = { benchmark_id = "exam", unit = "points", reported_by = "vendor" }
"""


def _form(records: str, *, top: str = "", form: str = "csv") -> SourceForm:
    return read_form(f'{HEAD}format = "{form}"\n{top}{records}', "x")


def _score(top: str = "", inside: str = "") -> RecordForm:
    (record,) = _form(SCORE + inside, top=top).records
    return record


def _problems(records: str, *, top: str = "", form: str = "csv") -> list[tuple[int, str]]:
    with pytest.raises(FormError) as error:
        _form(records, top=top, form=form)
    return [(problem.line, problem.message) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ('"s"', FieldForm(columns=("s",))),
        ('["s", "t"]', FieldForm(columns=("s", "t"))),
        ('{ column = "s" }', FieldForm(columns=("s",))),
        ('{ template = "{a} {b}" }', FieldForm(template="{a} {b}")),
        ("{ constant = 1.5 }", FieldForm(constant="1.5")),
        ('{ formula = "{a} + 1" }', FieldForm(formula="{a} + 1")),
        ('{ column = "s", unit = "percent" }', FieldForm(columns=("s",), scale=0.01, has_unit=True)),
        ('{ column = "s", scale = 3 }', FieldForm(columns=("s",), scale=3.0, has_unit=True)),
        (
            '{ column = "s", scale = 3, unit = "thousands" }',
            FieldForm(columns=("s",), scale=3000.0, has_unit=True),
        ),
        (
            '{ column = "s", decimal = ",", currency = "EUR", usd = 1.5, date = "unix", missing = "-" }',
            FieldForm(columns=("s",), decimal=",", currency="EUR", usd=1.5, dates=("unix",), missing=("-",)),
        ),
        (
            '{ column = "s", pattern = "a(b)", words = { a = "1" }, other = "2", default = "0" }',
            FieldForm(columns=("s",), pattern="a(b)", words={"a": "1"}, other="2", default="0"),
        ),
        (
            '{ column = "s", prefix = "p-", slug = true, optional = true, default = "" }',
            FieldForm(columns=("s",), prefix="p-", slug=True, optional=True, default=""),
        ),
    ],
)
def test_a_field_says_what_its_keys_say(said: str, field: FieldForm) -> None:
    """Every key arrives, and what is not said stays at rest."""
    (record,) = _form(SCORE.replace('"s"', said)).records
    assert record.fields["score"] == field


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ('"a"', Condition("c", one_of=("a",))),
        ('["a", "b"]', Condition("c", one_of=("a", "b"))),
        ('{ is = "a", not = ["b", "d"] }', Condition("c", one_of=("a",), none_of=("b", "d"))),
        ('{ matches = "^a", lacks = "b$" }', Condition("c", matches="^a", lacks="b$")),
        ("{ min = 1, max = 2.5 }", Condition("c", least=1.0, most=2.5)),
        ("{ present = true }", Condition("c", present=True)),
        ("{ present = false }", Condition("c", present=False)),
    ],
)
def test_a_condition_says_what_its_keys_say(said: str, condition: Condition) -> None:
    """Every key arrives, and what is not said stays at rest."""
    assert _score(inside=f"where = {{ c = {said} }}\n").where == (condition,)


def test_the_limits_of_a_condition_are_read_as_the_source_writes_figures() -> None:
    """The form's sign for decimals holds for the cells that are compared."""
    record = _score(top='decimal = ","\n', inside="where = { c = { min = 1 } }\n")
    assert record.where == (Condition("c", least=1.0, decimal=","),)


def test_what_a_form_says_of_all_rows_holds_for_each_kind() -> None:
    """Conditions add up, the form's first; a derived column of the kind wins over the form's."""
    record = _score(
        top='where = { a = "1" }\nderive = { x = "{p} + 1", y = "{p} + 2" }\n',
        inside='where = { b = "2" }\nderive = { y = "{q} * 3", z = { column = "zz" } }\n',
    )
    assert [condition.column for condition in record.where] == ["a", "b"]
    assert record.derived == {
        "x": FieldForm(formula="{p} + 1"),
        "y": FieldForm(formula="{q} * 3"),
        "z": FieldForm(columns=("zz",)),
    }


_UNPIVOT = 'unpivot = { keep = ["m"], name = "n", value = "v" }\n'
_PIVOT = 'pivot = { keep = "m", name = "n", value = "v" }\n'


@pytest.mark.parametrize(
    ("top", "inside", "unpivot", "pivot"),
    [
        ("", "", None, None),
        (_UNPIVOT, "", Unpivot(("m",), "n", "v"), None),
        (_PIVOT, "", None, Pivot(("m",), "n", "v")),
        ("", _UNPIVOT, Unpivot(("m",), "n", "v"), None),
        ("", _PIVOT, None, Pivot(("m",), "n", "v")),
        ("", 'unpivot = { keep = "m" }\n', Unpivot(("m",), "name", "value"), None),
        ("", "unpivot = {}\n", Unpivot((), "name", "value"), None),
        (_UNPIVOT, 'unpivot = { keep = "k" }\n', Unpivot(("k",), "name", "value"), None),
        (_PIVOT, _PIVOT.replace('"m"', '"k"'), None, Pivot(("k",), "n", "v")),
        (_PIVOT, _UNPIVOT, Unpivot(("m",), "n", "v"), None),
        (_UNPIVOT, _PIVOT, None, Pivot(("m",), "n", "v")),
    ],
)
def test_how_a_table_is_turned(top: str, inside: str, unpivot: Unpivot | None, pivot: Pivot | None) -> None:
    """What a kind says replaces what the form says of all, in whichever direction."""
    record = _score(top, inside)
    assert (record.unpivot, record.pivot) == (unpivot, pivot)


def test_where_a_kind_finds_its_rows() -> None:
    """Part, rows and parents are the kind's own; without them nothing is said, which is not an empty list."""
    plain = _score()
    assert (plain.source_part, plain.rows, plain.parents) == (None, None, None)
    (own,) = _form(SCORE + 'from = "b.json"\nrows = "data[]"\nparent = ["a", "b"]\n', form="json").records
    assert (own.source_part, own.rows, own.parents) == ("b.json", "data[]", ("a", "b"))


@pytest.mark.parametrize(
    ("setting", "field"),
    [
        ("", FieldForm(constant="", default="")),
        ('setting = "effort"\n', FieldForm(columns=("effort",), default="")),
        (
            'setting = { column = "effort", default = "high" }\n',
            FieldForm(columns=("effort",), default="high"),
        ),
    ],
)
def test_no_setting_stated_is_the_empty_setting(setting: str, field: FieldForm) -> None:
    """A blank cell of a setting must not lose the row; a default that is stated stays."""
    assert _score(inside=setting).fields["setting"] == field


def test_other_kinds_have_no_setting() -> None:
    """The empty setting is put only where a kind has one."""
    price = '[price]\nmodel_name = "m"\ninput_usd_per_mtok = "i"\noutput_usd_per_mtok = "o"\n'
    price += 'constants = { provider = "p", tier = "standard", seller = "reseller" }\n'
    (record,) = _form(price).records
    assert record.kind is Kind.PRICE
    assert "setting" not in record.fields


def test_a_feed_names_its_columns_itself() -> None:
    """Only those that may be absent in a record are optional; what a form maps itself stays."""
    (record,) = _form('[release]\ntitle = "headline"\nconstants = { kind = "post" }\n', form="feed").records
    assert record.fields["title"] == FieldForm(columns=("headline",))
    assert record.fields["entry_id"] == FieldForm(columns=("entry_id",))
    assert record.fields["excerpt"] == FieldForm(columns=("excerpt",), optional=True)
    assert record.fields["kind"] == FieldForm(constant="post")
    assert "published" not in record.fields


def test_kinds_stand_in_the_order_of_their_definition() -> None:
    """A list of tables of one kind gives as many records, in the order that they are written."""
    assert list(KINDS) == [kind.value for kind in Kind]
    text = SCORE.replace("[score]", "[[score]]")
    records = _form(text + text.replace('"exam"', '"exam-2"')).records
    assert [record.fields["benchmark_id"].constant for record in records] == ["exam", "exam-2"]


@pytest.mark.parametrize(
    ("inside", "line", "message"),
    [
        ("where = 3\n", 12, "'where' must be a table of conditions on columns that a row must meet"),
        ("pivot = 3\n", 12, "'pivot' must be a table: keep, name, value; turns rows that hold one figure"),
        ("unpivot = 3\n", 12, "'unpivot' must be a table: keep, name, value; turns one column per thing"),
        ("derive = 3\n", 12, "'derive' must be a table of further columns"),
        ("unpivot = { kep = 'm' }\n", 12, "unpivot has no 'kep'; did you mean 'keep'?"),
        ("pivot = { name = 'n', value = 'v' }\n", 12, "pivot needs 'keep'"),
        ("pivot = { keep = 'm', name = 'n' }\n", 12, "pivot needs 'value'"),
        ("where = { c = { mni = 1 } }\n", 12, "a condition has no 'mni'; did you mean 'min'?"),
        (
            "setting = 5\n",
            12,
            "'setting' must name a column in quotes; a fixed value belongs under constants",
        ),
        ("setting = {}\n", 12, "the field 'setting' needs exactly one of 'column', 'template', 'constant'"),
        ("setting = { column = 'e', colum = 'f' }\n", 12, "the field 'setting' has no 'colum'; did you mean"),
        ("derive = { x = 5 }\n", 12, "'x' must name a column in quotes"),
        ("derive = { x = '{a} +' }\n", 12, "'x' is not a valid formula"),
    ],
)
def test_a_fault_in_a_record_is_one_sentence_at_its_line(inside: str, line: int, message: str) -> None:
    """One fault gives one problem: a second sentence would send the reader elsewhere."""
    ((found, said),) = _problems(SCORE + inside)
    assert found == line
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            '"vendor"',
            '"us"',
            11,
            "'reported_by' cannot be 'us'; there are: independent, vendor, community",
        ),
        ('"exam"', '"-exam"', 11, "'benchmark_id' must be an identifier (a-z, 0-9, dots and hyphens)"),
        ('"exam"', '"a_b"', 11, "'benchmark_id' must be an identifier"),
        ('model_name = "m"\n', "", 8, "a score record needs 'model_name': name its column, or give it under"),
        ('benchmark_id = "exam"', 'benchmark = "x"', 11, "a score record has no 'benchmark'; did you mean"),
    ],
)
def test_a_fault_in_a_fixed_word_is_told(old: str, new: str, line: int, message: str) -> None:
    """What the form itself puts into a record is held to what the record may hold."""
    found = _problems(SCORE.replace(old, new))
    assert any(at == line and said.startswith(message) for at, said in found), found


@pytest.mark.parametrize("name", ["9", "exam-2.1", "a"])
def test_identifiers_begin_with_a_letter_or_a_figure(name: str) -> None:
    """Dots and hyphens may follow."""
    (record,) = _form(SCORE.replace('"exam"', f'"{name}"')).records
    assert record.fields["benchmark_id"].constant == name


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        ('words = { a = "vendor" }', 0),
        ('words = { a = "vendr" }', 1),
        ('words = { a = "vendr", b = "comunity" }', 2),
        ('words = { a = "vendor" }, other = "community"', 0),
        ('words = { a = "vendor" }, other = "comunity"', 1),
        ('default = "vendor"', 0),
        ('default = "vendr"', 1),
        ('default = ""', 0),
    ],
)
def test_words_of_ours_in_a_field_are_checked(said: str, problems: int) -> None:
    """Words, the word for all others and the default: each wrong one is told at the field."""
    text = SCORE.replace(', reported_by = "vendor"', "")
    text += f'reported_by = {{ column = "r", {said} }}\n'
    if not problems:
        (record,) = _form(text).records
        assert record.fields["reported_by"].columns == ("r",)
        return
    found = _problems(text)
    assert [line for line, _ in found] == [12] * problems
    assert all(message.startswith("'reported_by' cannot be") for _, message in found)


_PRICE = """\
[price]
model_name = "m"
input_usd_per_mtok = {input}
constants = {{ provider = "p", tier = "standard", seller = "reseller" }}
"""


@pytest.mark.parametrize(
    ("currency", "field", "asks"),
    [
        ("USD", '"i"', None),
        ("EUR", '"i"', "EUR"),
        ("EUR", '{ column = "i", usd = 1.1 }', None),
        ("EUR", '{ column = "i", currency = "USD" }', None),
        ("USD", '{ column = "i", currency = "EUR" }', "EUR"),
        ("USD", '{ column = "i", currency = "EUR", usd = 1.1 }', None),
        ("GBP", '{ column = "i", currency = "EUR" }', "EUR"),
    ],
)
def test_money_needs_its_rate_unless_it_is_in_dollars(currency: str, field: str, asks: str | None) -> None:
    """The field's currency goes before the form's."""
    text, top = _PRICE.format(input=field), f'currency = "{currency}"\n'
    if asks is None:
        (record,) = _form(text, top=top).records
        assert record.fields["input_usd_per_mtok"].columns == ("i",)
        return
    ((line, message),) = _problems(text, top=top)
    assert line == 11
    assert message.startswith(
        "the field 'input_usd_per_mtok' is in USD, and its figures are in EUR: say what"
    )


@pytest.mark.parametrize(
    ("records", "top", "message"),
    [
        ("score = 3\n", "", "'score' must be a table: [score]"),
        ("score = [3]\n", "", "'score' must be a table: [score]"),
        ("", "", "no kind of record is mapped; add a table such as [score]; there are: "),
        (
            SCORE,
            _PIVOT + _UNPIVOT,
            "'pivot' and 'unpivot' are each other's contrary: one of them is too many",
        ),
        (
            SCORE + _PIVOT + _UNPIVOT,
            "",
            "'pivot' and 'unpivot' are each other's contrary: one of them is too many",
        ),
    ],
)
def test_a_form_with_a_wrong_shape_is_refused(records: str, top: str, message: str) -> None:
    """Neither figures in place of tables nor a table that is turned both ways is taken."""
    assert any(said.startswith(message) for _, said in _problems(records, top=top))
