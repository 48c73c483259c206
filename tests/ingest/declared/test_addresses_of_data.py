"""Whoever pastes the address of a page that shows a file gets the file."""

from __future__ import annotations

import pytest

from ingest.declared.guess.addresses import address_of_data

SHEET = "https://docs.google.com/spreadsheets/d"


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("https://github.com/a/b/blob/main/x/y.csv", "https://raw.githubusercontent.com/a/b/main/x/y.csv"),
        (
            "https://github.com/a/b/blob/main/x.csv?plain=1#L3",
            "https://raw.githubusercontent.com/a/b/main/x.csv",
        ),
        (
            "https://huggingface.co/datasets/a/b/blob/main/x.parquet",
            "https://huggingface.co/datasets/a/b/resolve/main/x.parquet",
        ),
        (f"{SHEET}/1AbC-d/edit#gid=77", f"{SHEET}/1AbC-d/export?format=csv&gid=77"),
        (f"{SHEET}/1AbC-d/edit?gid=77#gid=77", f"{SHEET}/1AbC-d/export?format=csv&gid=77"),
        (f"{SHEET}/1AbC-d/edit?usp=sharing", f"{SHEET}/1AbC-d/export?format=csv"),
        (f"{SHEET}/1AbC-d/gviz/tq?tqx=out:json&gid=3", f"{SHEET}/1AbC-d/export?format=csv&gid=3"),
        (f"{SHEET}/1AbC-d/gviz/tq?sheet=Top+10", f"{SHEET}/1AbC-d/gviz/tq?tqx=out%3Acsv&sheet=Top+10"),
        (
            f"{SHEET}/e/2PACX-1v/pubhtml?gid=5&single=true",
            f"{SHEET}/e/2PACX-1v/pub?single=true&gid=5&output=csv",
        ),
        (f"{SHEET}/e/2PACX-1v/pubhtml", f"{SHEET}/e/2PACX-1v/pub?output=csv"),
    ],
)
def test_a_page_that_shows_a_file_becomes_the_file(page: str, data: str) -> None:
    """Files on GitHub and Hugging Face, sheets as CSV; a sheet by its name only Google's queries know."""
    assert address_of_data(page) == data


@pytest.mark.parametrize(
    "address",
    [
        "https://e.org/a/b/blob/main/x.csv",
        "https://github.com/a/b",
        "https://docs.google.com/document/d/1/edit",
    ],
)
def test_other_addresses_stay(address: str) -> None:
    """What is no such page is asked as it is."""
    assert address_of_data(address) == address
