"""Make sure that the tests of a team's store have a PostgreSQL: Debian's when root, else say how."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ADVICE = (
    "No PostgreSQL for the tests of a team's store; they are skipped. Install one (Debian, Ubuntu: "
    "`sudo apt-get install postgresql`), or put pg_ctl on the PATH, then run `make test` again."
)


def programs() -> Path | None:
    """The folder of pg_ctl and initdb, the newest where there are several."""
    found = shutil.which("pg_ctl")
    if found and (beside := Path(found).resolve().parent).joinpath("initdb").exists():
        return beside
    debian = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "pg_ctl").exists()]
    return max(debian, key=lambda folder: int(folder.parent.name), default=None)


def _install() -> None:
    """Debian's package, without the server that it would start for everybody."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    common = Path("/etc/postgresql-common/createcluster.conf")
    common.parent.mkdir(parents=True, exist_ok=True)
    if not common.exists():
        common.write_text("create_main_cluster = false\n", encoding="ascii")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    keep = ["-o", "Dpkg::Options::=--force-confold"]
    subprocess.run(["apt-get", "install", "-y", "-qq", *keep, "postgresql"], check=False, env=environment)


if __name__ == "__main__":
    if programs() is None:
        _install()
    if programs() is None:
        sys.stderr.write(f"{ADVICE}\n")
