"""The lake, opened: one DuckDB in memory that reads and writes a team's tables through DuckLake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import duckdb

from store.rows import literal
from store.team.address import TeamAddress, s3_settings
from store.team.parts import extension_files
from store.team.postgres import RefusedError, away, storage_trouble
from store.trouble import DamagedError, QueryError, StorageError

LAKE: Final = "lake"
_LOST: Final = (
    "connection",
    "server closed",
    "could not connect",
    "terminating",
    "shutting down",
    "ssl syscall",
)
_CROSSED: Final = "transaction conflict"
_OF_STORAGE: Final = ("http", "s3://")
_REFUSED: Final = re.compile(
    r"HTTP (?:GET|PUT|HEAD|POST|DELETE)\b.*\b(40[0134])\b|HTTP (?:code )?40[0134]", re.I | re.S
)
_ROWS: Final = re.compile(r"[^'\"\s/]+\.parquet")
_MISSING: Final = re.compile(r"NoSuchKey|404 \(?Not Found|No such file or directory", re.I)
_NO_BUCKET: Final = "NoSuchBucket"
_GARBLED: Final = re.compile(
    r"no magic bytes|mismatches requested range|TProtocolException|not a parquet file|invalid parquet|"
    r"corrupt|decompress|failed to read (?:page|column)|unexpected end|too small to be a parquet",
    re.I,
)
_NOT_ALLOWED: Final = re.compile(r"permission denied for (?:schema|table|sequence|relation) \S+")
_OTHER_CATALOGUE: Final = re.compile(
    r"catalog version is (?P<found>\S+), but the extension requires version (?P<own>\S+)\. ", re.I
)


class CrossedError(StorageError):
    """Another machine has changed the same rows at the same time."""


@contextmanager
def opened_lake(address: TeamAddress, version: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The lake as it is now, for writing; or as it was at a version, for reading only.

    Raises AwayError where catalogue or storage went away, StorageError where it refuses, CrossedError.
    """
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    try:
        for file in extension_files():
            connection.execute(f"LOAD {literal(str(file))}")
        connection.execute("SET TimeZone = 'UTC'")
        if address.is_bucket:
            connection.execute(_secret())
        how = f"SNAPSHOT_VERSION {version}, READ_ONLY" if version is not None else "READ_WRITE"
        connection.execute(
            f"ATTACH {literal(f'ducklake:postgres:{address.catalog}')} AS {LAKE} "
            f"(DATA_PATH {literal(address.rows)}, {how})"
        )
        connection.execute(f"USE {LAKE}")
        yield connection
    except (duckdb.Error, QueryError) as error:
        meant = meaning(error, address)
        if meant is None:
            raise
        raise meant from error
    finally:
        connection.close()


def is_crossed(error: BaseException) -> bool:
    """Whether another machine has changed the same rows meanwhile, so that it has to be done again."""
    return _CROSSED in str(error).lower()


def crossed() -> CrossedError:
    """The sentence for that."""
    return CrossedError("Another machine has changed the same rows of the team's store meanwhile.")


def meaning(error: BaseException, address: TeamAddress) -> StorageError | None:
    """What an error says of the lake as a whole; None where it is about something else."""
    if not isinstance(error, (duckdb.Error, QueryError)):
        return None
    text = str(error)
    if is_crossed(error):
        return crossed()
    if meant := _other_catalogue(text) or _not_allowed(text, address) or _damage(text):
        return meant
    if any(word in text.lower() for word in _OF_STORAGE):
        return storage_trouble(address.data, text, refused=_REFUSED.search(text) is not None)
    if any(word in text.lower() for word in _LOST):
        return away(address.catalog, error)
    return None


def _other_catalogue(text: str) -> StorageError | None:
    """The sentence for a catalogue that another version of DuckLake has made."""
    other = _OTHER_CATALOGUE.search(text)
    return other and StorageError(
        f"The catalogue of the team's rows is of DuckLake's version {other['found']}, and this machine's "
        f"extension of version {other['own']}. Install the version of hypecurve[team] that the other "
        "machines have. To move to another one: `hypecurve store copy --to FOLDER` with the old one, then "
        "copy the folder into a new store."
    )


def _not_allowed(text: str, address: TeamAddress) -> StorageError | None:
    """The sentence for a user of PostgreSQL who may not make, or use, DuckLake's tables."""
    said = _NOT_ALLOWED.search(text)
    return said and RefusedError(
        f"The user of the team's store ({address.catalog}) may not do what it needs ({said[0]}). Make it the "
        "owner of the database: ALTER DATABASE name OWNER TO user."
    )


def _damage(text: str) -> DamagedError | None:
    """The sentence for a file of rows that is gone, or is not what it was; None where it is about neither."""
    file = _ROWS.search(text)
    missing = file and _MISSING.search(text) and _NO_BUCKET not in text
    if not missing and not _GARBLED.search(text):
        return None
    which = file[0] if file else " ".join(text.split())[:80]
    return DamagedError(
        f"Rows of the team's store are {'missing' if missing else 'damaged'} ({which}). `hypecurve rebuild` "
        "makes all of them again from the archive; until then every machine shows what it copied last."
    )


def for_the_lake(script: str) -> str:
    """A script of tables, views and macros as DuckLake takes it.

    It knows no keys (the writers' locks stand in for them), and of an added column only a text as default.
    Views and macros live in the session, since those of another version would be found otherwise.
    """
    for ours, theirs in (
        (" PRIMARY KEY", ""),
        (" DEFAULT false", " DEFAULT 'false'"),
        ("CREATE OR REPLACE MACRO", "CREATE OR REPLACE TEMP MACRO"),
        ("CREATE OR REPLACE VIEW", "CREATE OR REPLACE TEMP VIEW"),
    ):
        script = script.replace(ours, theirs)
    return script


def _secret() -> str:
    """How the engine reaches object storage, from the environment only."""
    said = s3_settings()
    endpoint = said.get("endpoint", "")
    options = {
        "KEY_ID": said.get("key_id", ""),
        "SECRET": said.get("secret", ""),
        "SESSION_TOKEN": said.get("session_token", ""),
        "REGION": said["region"],
        "ENDPOINT": endpoint.partition("://")[2].rstrip("/") or endpoint,
    }
    written = [f"{name} {literal(value)}" for name, value in options.items() if value]
    if endpoint:
        written += ["URL_STYLE 'path'", f"USE_SSL {str(not endpoint.startswith('http://')).lower()}"]
    return f"CREATE SECRET (TYPE s3, {', '.join(written)})"
