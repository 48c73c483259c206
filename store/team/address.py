"""Where a team's data lie: PostgreSQL for what must be agreed on, a bucket or folder for the rest."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from errors import ExpectedError
from store.store import TEAM

_SECRET: Final = ("password", "passfile", "sslpassword")


class StoreAddressError(ExpectedError):
    """What is set about the store cannot be used; the message says what would do."""


@dataclass(frozen=True, slots=True)
class TeamAddress:
    """Both halves of a team's store.

    catalog  how libpq finds the database, without any secret
    data     `s3://bucket/prefix`, or an absolute folder that all machines share; no slash at its end
    """

    catalog: str
    data: str

    @property
    def rows(self) -> str:
        """Where the rows of all tables lie."""
        return f"{self.data}/rows/"

    @property
    def payloads(self) -> str:
        """Where the bodies of all payloads lie."""
        return f"{self.data}/archive"

    @property
    def is_bucket(self) -> bool:
        """Whether the data lie in a bucket, else in a folder."""
        return self.data.startswith("s3://")


def team_address(url: str, data: str) -> TeamAddress:
    """The address that `store.url` and `store.data` name; raises StoreAddressError saying what is wrong."""
    catalog = url.removeprefix(TEAM).strip()
    _without_secrets(catalog)
    data = data.strip()
    if not data:
        raise StoreAddressError(
            "store.url names a team's store, so store.data has to say where its rows and payloads lie: "
            "s3://BUCKET/PREFIX, or a folder that all machines share (HYPECURVE_STORE_DATA)."
        )
    if data.startswith("s3://"):
        if not urlsplit(data).netloc:
            raise StoreAddressError(f"store.data = {data!r} names no bucket: s3://BUCKET/PREFIX does.")
        return TeamAddress(catalog, data.rstrip("/"))
    folder = Path(data).expanduser()
    if "://" in data or not folder.is_absolute():
        raise StoreAddressError(
            f"store.data = {data!r} is neither s3://BUCKET/PREFIX nor the whole path of a folder."
        )
    return TeamAddress(catalog, str(folder))


def s3_settings(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What the environment says about object storage, by the names that all AWS programs share."""
    names = {
        "key_id": "AWS_ACCESS_KEY_ID",
        "secret": "AWS_SECRET_ACCESS_KEY",
        "session_token": "AWS_SESSION_TOKEN",
        "region": "AWS_REGION",
        "endpoint": "AWS_ENDPOINT_URL",
    }
    found = {name: environment[variable] for name, variable in names.items() if environment.get(variable)}
    return {"region": environment.get("AWS_DEFAULT_REGION") or "us-east-1"} | found


def _without_secrets(catalog: str) -> None:
    parts = urlsplit(catalog) if "://" in catalog else None
    words = {word.partition("=")[0].strip() for word in catalog.split()}
    if (parts and parts.password) or words.intersection(_SECRET):
        raise StoreAddressError(
            "store.url holds a password. Keys come from the environment only: set PGPASSWORD, or name a "
            "file of passwords in PGPASSFILE."
        )
