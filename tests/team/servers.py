"""Real servers for a team's store: a PostgreSQL of the tests' own, and S3 over a real socket."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from tests.install_postgres import programs

GUARDED: Final = "guarded"
"""The group of users that have to give a password."""

SETTINGS: Final = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
fsync = off
max_connections = 100
"""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server that was started for the tests; `catalog` reaches one of its databases."""

    folder: Path
    port: int

    def catalog(self, database: str) -> str:
        """How libpq finds a database here."""
        return f"host=127.0.0.1 port={self.port} user=postgres dbname={database}"

    def create(self, database: str, template: str = "template1") -> str:
        """A new database, empty or a copy of another one that nobody uses; how to find it."""
        import psycopg  # noqa: PLC0415 - tests without a server do not need it

        with psycopg.connect(self.catalog("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.catalog(database)

    def guarded(self, password: str) -> str:
        """A user that has to give this password; all others are let in without one."""
        import psycopg  # noqa: PLC0415
        from psycopg import sql  # noqa: PLC0415

        user = f"{GUARDED}_{uuid4().hex[:8]}"
        with psycopg.connect(self.catalog("postgres"), autocommit=True) as connection:
            said = sql.SQL("CREATE ROLE {} SUPERUSER LOGIN PASSWORD {} IN ROLE {}")
            group = sql.Identifier(GUARDED)
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [GUARDED]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {}").format(group))
            connection.execute(said.format(sql.Identifier(user), sql.Literal(password), group))
        return user

    def move(self, database: str, before: str, after: str) -> None:
        """Let the data of an empty store, made from a copy, lie in a place of their own."""
        import psycopg  # noqa: PLC0415

        with psycopg.connect(self.catalog(database)) as connection:
            for table, where in (
                ("hypecurve.agreed", "name = 'data'"),
                ("ducklake_metadata", "key = 'data_path'"),
            ):
                sql = f"UPDATE {table} SET value = replace(value, %s, %s) WHERE {where}"
                changed = connection.execute(sql, [before, after]).rowcount
                assert changed == 1, f"{table} names no place of data"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it at once; connections are cut, and `immediate` leaves it to its next start to recover."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", how, "-w", "stop")

    def run(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs as its own user, since it refuses root."""
        folder = programs()
        assert folder is not None
        user = "postgres" if os.geteuid() == 0 else None
        subprocess.run(
            [str(folder / program), *words],
            check=True,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server in a folder of its own, which its user owns; gone with the block."""
    folder = Path(tempfile.mkdtemp(prefix="hypecurve-postgres-"))
    server = PostgresServer(folder, _free_port())
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        server.run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "--no-sync")
        rules = folder / "data" / "pg_hba.conf"
        others = rules.read_text(encoding="utf-8")
        rules.write_text(f"host all +{GUARDED} 127.0.0.1/32 scram-sha-256\n{others}", encoding="utf-8")
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(SETTINGS.format(port=server.port, folder=folder))
        server.start()
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def s3_server(bucket: str) -> Iterator[dict[str, str]]:
    """A server of object storage with one bucket; what the environment has to say to use it."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - loads for a second

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    try:
        urllib.request.urlopen(urllib.request.Request(f"{address}/{bucket}", method="PUT")).close()
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
        }
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
