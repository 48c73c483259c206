"""Rows of all formats become records as the form says; what cannot be read is refused with its reason."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime

import polars as pl
import pytest

from ingest.declared.parse import source_from_toml
from ingest.errors import ParseError
from ingest.records import Kind, Records, check
from ingest.source import Payload, Source, State
from tests.places import FIXTURES

FIXTURE_WORKBOOK = FIXTURES / "census-btos" / "State.xlsx"

HEAD = """\
title = "Example"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "https://example.org/x"
cadence = "1d"
"""

POINTS = """
[series_point]
valid_on = "Day"
value = "Views"
constants = { series_id = "views" }
"""


def source(text: str) -> Source:
    return source_from_toml(HEAD + text, "example")


def payload(body: bytes | str, url: str = "https://example.org/x") -> Payload:
    raw = body.encode() if isinstance(body, str) else body
    return Payload("example", url, datetime(2026, 6, 1, tzinfo=UTC), "0" * 64, raw)


def parsed(text: str, body: bytes | str, url: str = "https://example.org/x") -> Records:
    return check(source(text).parse((payload(body, url),)))


def points(records: Records) -> list[tuple[date, float]]:
    return list(records.frames[Kind.SERIES_POINT].select("valid_on", "value").iter_rows())


def zipped(members: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def parquet() -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame({"Day": [date(2026, 5, 1)], "Views": [7.5], "Tags": [["a"]]}).write_parquet(buffer)
    return buffer.getvalue()


DAILY = "Day,Views\n2026-05-01,7.5\n"
HTML = """<p><table><tr><td>1</td></tr></table>
<table><tr><th>Day</th><th>Views</th></tr><tr><td>2026-05-01</td><td> 7.5 </td></tr></table>"""
MARKDOWN = """| A |
|---|
| 1 |

| **Day** | [Views](x) |
|---|--:|
| 2026-05-01 | `7.5` |
"""

TABLES = [
    ('format = "csv"', "Day,Views\n2026-05-01,7.5\n"),
    ('format = "csv"', "\ufeffViews ,day\r\n7.5,2026-05-01\r\n"),
    ('format = "tsv"', "Day\tViews\n2026-05-01\t7.5\n"),
    ('format = "csv"\nheader_row = 3', "Category: all\n\nDay,Views\n2026-05-01,7.5\n"),
    ('format = "csv"\nheader_row = "Day"', "Category: all\n\n\nDay,Views\n2026-05-01,7.5\n"),
    ('format = "json"\nrows = "data.rows"', '{"data": {"rows": [{"Day": "2026-05-01", "Views": 7.5}]}}'),
    ('format = "json"', '{"first": {"Day": "2026-05-01", "Views": "7.5"}}'),
    ('format = "jsonl"', '{"Day": "2026-05-01", "Views": 7.5}\n\n'),
    ('format = "yaml"', "- Day: 2026-05-01\n  Views: 7.5\n"),
    ('format = "parquet"', parquet()),
    ('format = "zip"\nmembers = "*_views.csv"', zipped({"a_views.csv": DAILY, "b.csv": "x\n"})),
    ('format = "html"\ntable = 2', HTML),
    ('format = "markdown"\ntable = "Views"', MARKDOWN),
]


@pytest.mark.parametrize(("form", "body"), TABLES, ids=[form.replace("\n", " ") for form, _ in TABLES])
def test_a_table_of_any_format_gives_the_same_record(form: str, body: bytes | str) -> None:
    """The format is how the rows come, never what they mean."""
    records = parsed(form + POINTS, body)
    assert points(records) == [(date(2026, 5, 1), 7.5)]
    assert records.refused.is_empty()


@pytest.mark.parametrize(
    ("form", "body", "says"),
    [
        ('format = "csv"', b"", "empty body"),
        ('format = "csv"', "<!DOCTYPE html><html></html>", "web page"),
        ('format = "json"', "<html></html>", "web page"),
        ('format = "json"', "{", "not valid JSON"),
        ('format = "json"\nrows = "data"', '{"dat": []}', "finds nothing"),
        ('format = "yaml"', "a: [", "not valid YAML"),
        ('format = "parquet"', b"PAR1", "Parquet"),
        ('format = "zip"', b"PK", "ZIP"),
        ('format = "zip"\nmembers = "x*.csv"', zipped({"a.csv": "Day,Views\n"}), "no member"),
        ('format = "xlsx"', b"PK", "workbook"),
        ('format = "html"\ntable = 3', "<table><tr><td>1</td></tr></table>", "no table 3; it has 1"),
        ('format = "csv"\nheader_row = "Tag"', "Day,Views\n", "no line that holds 'Tag'"),
        ('format = "csv"', "Day,View\n2026-05-01,1\n", "has no column 'Views'; did you mean 'View'?"),
    ],
)
def test_a_payload_of_another_form_is_an_error_in_words(form: str, body: bytes | str, says: str) -> None:
    """Error pages, broken files and renamed columns raise, and the message says what to look at."""
    with pytest.raises(ParseError, match=says.replace("?", r"\?")) as error:
        source(form + POINTS).parse((payload(body),))
    assert "https://example.org/x" in str(error.value)


def test_cells_that_are_no_numbers_or_dates_are_refused_with_the_reason() -> None:
    """A bad cell costs its row only; an empty cell is missing, not bad; a line too long is refused."""
    body = "Day,Views\n2026-05-01,many\nsoon,3\n2026-05-03,\n2026-05-04,4,5,6\n2026-05-05,5\n"
    records = parsed('format = "csv"' + POINTS, body)
    assert points(records) == [(date(2026, 5, 5), 5.0)]
    assert records.refused["reason"].to_list() == [
        "value: 'many' is not a number",
        "valid_on: 'soon' is not a date",
        "the line has more cells than there are columns",
        "value is missing",
    ]


def test_units_scales_words_patterns_and_templates() -> None:
    """Figures are brought to our units; texts are cut, mapped, joined and made identifiers."""
    form = """format = "csv"
[price]
model_name = { template = "{Family} {Size|Version}" }
organization = { column = "Maker", pattern = '^([^,]+)' }
provider = { column = "Maker", slug = true, prefix = "p-" }
input_usd_per_mtok = { column = "In", unit = "per token" }
output_usd_per_mtok = { column = ["Out", "Old out"], unit = "cents", missing = ["-1"] }
seller = { column = "Kind", words = { Lab = "maker", Cloud = "reseller" } }
constants = { tier = "standard" }
"""
    body = (
        "Family,Version,Maker,In,Old out,Kind\n"
        'Example,2,"Lab One, Inc.",0.0000025,$1 000,Lab\n'
        "Example,3,B,1e-6,-1,Cloud\n"
    )
    frame = parsed(form, body).frames[Kind.PRICE]
    assert frame["model_name"].to_list() == ["Example 2", "Example 3"]
    assert frame["organization"].to_list() == ["Lab One", "B"]
    assert frame["provider"].to_list() == ["p-lab-one-inc", "p-b"]
    assert frame["input_usd_per_mtok"].to_list() == [2.5, 1.0]
    assert frame["output_usd_per_mtok"].to_list() == [10.0, None]
    assert frame["seller"].to_list() == ["maker", "reseller"]


def test_conditions_choose_rows() -> None:
    """All conditions of the file and of the table hold together."""
    form = """format = "csv"
[series_point]
valid_on = "Day"
value = "Views"
constants = { series_id = "views" }
[series_point.where]
Split = "test"
Views = { min = 2, max = 4 }
Note = { lacks = "draft" }
Day = { not = ["2026-05-09"] }
"""
    body = (
        "Day,Views,Split,Note\n2026-05-01,1,test,\n2026-05-02,2,test,\n2026-05-03,3,dev,\n"
        "2026-05-04,4,test,draft\n2026-05-05,5,test,\n2026-05-09,3,test,\n"
    )
    assert points(parsed(form, body)) == [(date(2026, 5, 2), 2.0)]


def test_one_column_per_thing_becomes_one_row_per_thing() -> None:
    """A wide table is turned before its rows are mapped; series and points come from the same rows."""
    form = """format = "csv"
[unpivot]
keep = ["Month"]
name = "product"
value = "share"
[series]
series_id = { column = "product", slug = true }
title = "product"
constants = { topic = "adoption", unit = "fraction" }
[series_point]
series_id = { column = "product", slug = true }
valid_on = "Month"
value = { column = "share", unit = "percent" }
"""
    records = parsed(form, "Month,Chat One,Chat Two\n2026-04,60,40\n2026-05,55,45\n")
    assert records.frames[Kind.SERIES]["series_id"].to_list() == ["chat-one", "chat-two"]
    frame = records.frames[Kind.SERIES_POINT]
    assert frame.filter(series_id="chat-two")["value"].to_list() == [0.4, 0.45]
    assert frame["valid_precision"].unique().to_list() == ["month"]


def test_tables_with_from_read_only_their_address_or_member() -> None:
    """`from` picks the payloads, and the members of an archive, that a table is meant for."""
    form = 'format = "zip"' + POINTS + 'from = "views"\n'
    body = zipped({"views.csv": "Day,Views\n2026-05-01,1\n", "other.csv": "A\n1\n"})
    assert points(parsed(form, body)) == [(date(2026, 5, 1), 1.0)]
    csv_form = 'format = "csv"' + POINTS + 'from = "views"\n'
    assert parsed(csv_form, "A\n1\n", "https://example.org/other.csv").frames == {}


def test_a_workbook_without_the_named_sheet_says_which_there_are() -> None:
    """A sheet that was renamed is an error with the names that exist."""
    body = FIXTURE_WORKBOOK.read_bytes()
    with pytest.raises(ParseError, match="no sheet 'Results'; it has Response Estimates"):
        source('format = "xlsx"\ntable = "Results"' + POINTS).parse((payload(body),))


def test_addresses_hold_dates_and_pages() -> None:
    """Dates of the day of the refresh are written into addresses; pages are counted or followed."""
    text = HEAD.replace("/x", "/{yesterday:%Y%m%d}/{today-30d:%Y-%m}.json?q=a%20b")
    dated = source_from_toml(
        text + 'format = "json"\npaging = { parameter = "page", more = "more", last = 2 }' + POINTS, "e"
    )
    assert callable(dated.urls)
    (first,) = dated.urls(State(now=datetime(2026, 6, 1, 12, tzinfo=UTC)))
    assert first == "https://example.org/20260531/2026-05.json?q=a+b&page=1"
    assert dated.follow is not None
    (second,) = dated.follow(payload('{"more": true}', first))
    assert second.endswith("page=2")
    assert not dated.follow(payload('{"more": true}', second))
    assert not dated.follow(payload('{"more": false}', first))
    assert not dated.follow(payload("no json", first))


def test_a_link_in_the_answer_is_followed() -> None:
    """The next page by its address in the JSON; a file by its link in a page, which itself holds no rows."""
    by_json = source('format = "json"\npaging = { next = "links.next" }' + POINTS)
    assert by_json.follow is not None
    assert by_json.follow(payload(json.dumps({"links": {"next": "/x?page=2"}}))) == (
        "https://example.org/x?page=2",
    )
    assert by_json.follow(payload('{"links": {"next": null}}')) == ()
    by_page = source('format = "csv"\npaging = { link = \'href="([^"]+csv[^"]*)"\' }' + POINTS)
    page = payload('<!doctype html><a href="//cdn.example.org/a.csv?v=1&amp;w=2">')
    assert by_page.follow is not None
    assert by_page.follow(page) == ("https://cdn.example.org/a.csv?v=1&w=2",)
    assert by_page.parse((page,)).frames == {}


def test_a_key_is_named_and_never_held() -> None:
    """A form names the variable that holds the key; its value is no part of the source."""
    keyed = source(
        'format = "csv"\nkey = "EXAMPLE_KEY"\nheaders = { x-api-key = "{key}" }\nshippable = false' + POINTS
    )
    assert keyed.key_env == "EXAMPLE_KEY"
    assert keyed.headers == {"x-api-key": "{key}"}
    assert not keyed.shippable


def test_an_optional_column_that_vanishes_loses_only_itself() -> None:
    """The rows stay; only what the column said is missing."""
    form = POINTS.replace('value = "Views"', 'value = "Views"\nnote = { column = "Remark", optional = true }')
    records = parsed('format = "csv"' + form, DAILY)
    assert points(records) == [(date(2026, 5, 1), 7.5)]
    assert records.frames[Kind.SERIES_POINT]["note"].to_list() == [None]


def test_conditions_that_no_row_meets_any_more_are_complained_of() -> None:
    """A word that was changed must not look like an empty list; of a few rows it is no wonder."""
    form = 'format = "csv"' + POINTS + 'where = { Kind = ["final"] }\n'
    lines = [f"2026-05-0{day},{day},Final v2\n" for day in range(1, 7)]
    many = parsed(form, "Day,Views,Kind\n" + "".join(lines))
    assert "not one of 6 rows meets the conditions for series_point records" in many.refused["reason"][0]
    assert parsed(form, "Day,Views,Kind\n" + lines[0]).refused.is_empty()


def test_a_column_of_percent_that_became_fractions_is_an_error() -> None:
    """A figure must not be taken in a hundred times too small."""
    form = 'format = "csv"' + POINTS.replace('"Views"', '{ column = "Views", unit = "percent" }')
    lines = [f"2026-05-0{day},0.{day}\n" for day in range(1, 7)]
    with pytest.raises(ParseError, match="'Views' should be percent, but none of 6 figures exceeds 1"):
        parsed(form, "Day,Views\n" + "".join(lines))
    assert len(points(parsed(form, "Day,Views\n" + "".join(lines) + "2026-05-08,8\n"))) == 7


def test_a_refused_row_keeps_what_is_stored_under_its_name() -> None:
    """A row in quarantine is doubtful, not gone: it bears the name by which its key is shielded."""
    form = """format = "csv"
[usage]
model_name = "Model"
tokens = "Tokens"
"""
    refused = parsed(form, "Model,Tokens\nalpha,many\n").refused
    assert json.loads(refused["row"][0])["model_name"] == "alpha"


def test_a_page_without_the_link_to_the_file_is_an_error() -> None:
    """Where the address of a file stands on a page, a page without it must not look like nothing new."""
    form = (
        """format = "csv"
paging = { link = 'href="([^"]+\\.csv)"' }
"""
        + POINTS
    )
    assert parsed(form, '<html><a href="x.csv">x</a></html>').frames == {}
    with pytest.raises(ParseError, match="a web page without a link to the file"):
        parsed(form, "<html>moved</html>")


def test_an_empty_list_is_no_lost_column() -> None:
    """A search without results has no rows, and no columns either."""
    records = parsed('format = "json"\nrows = "hits"' + POINTS, '{"hits": []}')
    assert records.frames[Kind.SERIES_POINT].is_empty()
    assert records.refused.is_empty()


def test_a_path_that_multiplies_its_values_ends_in_an_error() -> None:
    """A few signs of JMESPath can ask for more than all memory holds."""
    path = "[@,@][]" + "|[@,@][]" * 60
    with pytest.raises(ParseError, match="finds too much"):
        parsed(f"format = \"json\"\nrows = '{path}'" + POINTS, "[1,2,3]")


def test_a_pattern_for_a_link_is_searched_without_backtracking() -> None:
    """A page made for it would hang an engine that tries all ways."""
    by_page = source("format = \"csv\"\npaging = { link = '(a+)+b' }" + POINTS)
    assert by_page.follow is not None
    assert by_page.follow(payload("<html>" + "a" * 200_000)) == ()


def test_thousands_of_columns_of_one_name_are_read() -> None:
    """In time linear in the line."""
    header = ",".join(["Day", "Views"] + ["x"] * 10_000)
    row = ",".join(["2026-05-01", "7.5"] + ["1"] * 10_000)
    assert points(parsed('format = "csv"' + POINTS, f"{header}\n{row}\n")) == [(date(2026, 5, 1), 7.5)]


def test_a_date_far_ahead_is_refused() -> None:
    """2099 stands for "no end" where it stands in a table."""
    refused = parsed('format = "csv"' + POINTS, "Day,Views\n2099-12-31,1\n06/05/2026,2\n").refused
    assert refused["reason"].to_list() == [
        "valid_on: '2099-12-31' lies too far ahead to be meant",
        'valid_on: \'06/05/2026\' may begin with the day or the month: say date_order = "dmy" or "mdy"',
    ]
    ordered = parsed('format = "csv"\ndate_order = "dmy"' + POINTS, "Day,Views\n06/05/2026,2\n")
    assert points(ordered) == [(date(2026, 5, 6), 2.0)]


def test_the_zero_of_clocks_is_no_day_of_a_score() -> None:
    """A program that knows no date writes 0, which is 1 January 1970; a series may go back to that day."""
    form = """format = "csv"
[score]
model_name = "Model"
score = "Score"
valid_on = { column = "At", date = "unix" }
constants = { benchmark_id = "own-board", unit = "points", reported_by = "community" }
"""
    refused = parsed(form, "Model,Score,At\nalpha,0.5,0\n").refused
    assert refused["reason"].to_list() == [
        "the date is 1 January 1970, which clocks say where no date is known"
    ]
    assert points(parsed('format = "csv"' + POINTS, "Day,Views\n1970-01-01,2\n")) == [(date(1970, 1, 1), 2.0)]


def test_a_word_that_is_not_allowed_is_refused_with_those_that_are() -> None:
    """The reason names the words."""
    form = """format = "csv"
[score]
model_name = "Model"
score = "Score"
reported_by = "By"
constants = { benchmark_id = "own-board", unit = "fraction" }
"""
    refused = parsed(form, "Model,Score,By\nalpha,0.5,us\n").refused
    assert refused["reason"].to_list() == ["reported_by is 'us'; it may be independent, vendor, community"]
