"""Where a team's data lie, and what the engine's errors about them mean."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from store.team.address import TeamAddress, s3_settings, team_address
from store.team.lake import CrossedError, meaning
from store.team.postgres import AwayError, RefusedError
from store.trouble import DamagedError, QueryError, StorageError

CATALOG = "host=db dbname=team"
BUCKET = TeamAddress(CATALOG, "s3://b/p")
FILE = "http://127.0.0.1:9000/b/p/rows/main/score/ducklake-0198.parquet"


@pytest.mark.parametrize(
    "catalog", ["", CATALOG, "postgresql://me@db/team?sslmode=require", "postgresql:///team", "service=team"]
)
def test_a_database_that_is_named_without_a_password_will_do(catalog: str) -> None:
    """As libpq takes it, in words or as an address; the environment may say the rest."""
    address = team_address(f"ducklake:postgres:{catalog}", "s3://b/p/")
    assert address == TeamAddress(catalog, "s3://b/p")
    assert (address.is_bucket, address.rows, address.payloads) == (True, "s3://b/p/rows/", "s3://b/p/archive")


def test_a_folder_is_named_by_its_whole_path(tmp_path: Path) -> None:
    """Or from the home of who runs it, and is no bucket."""
    assert team_address("ducklake:postgres:", f" {tmp_path}/ ") == TeamAddress("", str(tmp_path))
    assert team_address("ducklake:postgres:", "~/shared").data == str(Path.home() / "shared")
    assert not TeamAddress("", str(tmp_path)).is_bucket


def test_object_storage_is_set_as_for_all_programs_of_aws() -> None:
    """What is empty counts as not set; its own region comes before the usual one, and that before ours."""
    assert s3_settings({}) == {"region": "us-east-1"}
    assert s3_settings({"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": ""}) == {"region": "eu-west-1"}
    assert s3_settings({"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "x", "AWS_ACCESS_KEY_ID": "k"}) == {
        "region": "x",
        "key_id": "k",
    }


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        (
            f"HTTP GET error on '{FILE}' (HTTP 404)\nNoSuchKey",
            DamagedError,
            "missing (ducklake-0198.parquet)",
        ),
        (
            f"Unable to connect to URL {FILE}: 404 (Not Found).",
            DamagedError,
            "missing (ducklake-0198.parquet)",
        ),
        (f"HTTP GET error on '{FILE}' (HTTP 404)\nNoSuchBucket", StorageError, "s3://b/p may not be used"),
        ("HTTP GET error on 'http://h/b/?list-type=2' (HTTP 404)", StorageError, "s3://b/p may not be used"),
        (f"HTTP GET error on '{FILE}' (HTTP 403)", StorageError, "s3://b/p may not be used"),
        (f"HTTP PUT error on '{FILE}' (HTTP 503)", AwayError, "s3://b/p cannot be reached"),
        (f"No magic bytes found at end of file '{FILE}'", DamagedError, "damaged (ducklake-0198.parquet)"),
        ("ZSTD Decompression failure", DamagedError, "damaged (ZSTD Decompression failure)"),
        ("permission denied for schema public", RefusedError, "ALTER DATABASE"),
        ("server closed the connection unexpectedly", AwayError, "dbname=team) cannot be reached"),
        ("Failed to commit: Transaction conflict - attempting to insert", CrossedError, "Another machine"),
    ],
)
def test_an_error_of_the_engine_about_the_lake_is_a_sentence(
    text: str, kind: type[StorageError], says: str
) -> None:
    """Which half is at fault, and what to do: lost rows are made again, a lost bucket is not."""
    for error in (duckdb.IOException(text), QueryError(text)):
        meant = meaning(error, BUCKET)
        assert type(meant) is kind
        assert says in str(meant)


def test_an_error_about_something_else_is_not_the_lakes() -> None:
    """A statement that is wrong, and what is no error of the engine, whatever its words."""
    assert meaning(duckdb.BinderException("Referenced column x not found"), BUCKET) is None
    assert meaning(ValueError(f"HTTP GET error on '{FILE}' (HTTP 404)"), BUCKET) is None
