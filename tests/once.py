"""Folders that take long to fill: each is made once a run of the tests, whichever worker asks first."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from filelock import FileLock

from store.snapshot import Snapshot, latest

Options = ParamSpec("Options")


class Run:
    """The folder that all workers of this run share; None outside of one."""

    folder: Path | None = None

    @classmethod
    def begin(cls, base: Path) -> None:
        """Take the base of pytest's temporary folders; a worker of pytest-xdist has one below it."""
        cls.folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name, which `make` fills where no worker has done so yet; to be read only."""
    assert Run.folder is not None, "made_once is for tests that pytest runs"
    folder, unfinished = Run.folder / name, Run.folder / f"{name}.unfinished"
    with FileLock(Run.folder / f"{name}.lock"):
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


def home_copied(
    fill: Callable[Concatenate[Path, Options], Snapshot],
) -> Callable[Concatenate[Path, Options], Snapshot]:
    """What fills a home: the first of its options is made, every other one is a copy that may be changed.

    A home that holds something already is filled by hand.
    """

    @wraps(fill)
    def filled(home: Path, /, *args: Options.args, **options: Options.kwargs) -> Snapshot:
        if Run.folder is None or (home / "warehouse.duckdb").exists():
            return fill(home, *args, **options)
        told = [fill.__name__, *(f"{key}={value}" for key, value in sorted(options.items()))]
        name = re.sub(r"[^\w=]+", "-", " ".join(told))
        made = made_once(name, lambda folder: fill(folder, *args, **options))
        # Copies are as new as their making: a snapshot tells by its file when it was published.
        shutil.copytree(made, home, dirs_exist_ok=True, copy_function=shutil.copyfile)
        return latest(home / "snapshots")

    return filled
