"""Parse in a child process with limits, one child for many payloads, a new one when it dies.

Nothing here holds the writer's lock. What was read waits in files of a folder of its own, so that it can be
taken in later, and is not read twice.
"""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Protocol

from ingest.errors import IngestError
from ingest.records import Records
from ingest.source import Source
from ingest.take_in.parse import parsed
from ingest.take_in.parse_child import MEMORY_EXIT, WALL_PER_PROCESSOR
from ingest.take_in.records_file import read_records
from store.archive import Archive, Entry, entry_to_json
from store.bodies import ArchiveError
from store.trouble import told

ROOT: Final = Path(__file__).parents[2]
PREFIX: Final = "parsing-"
GRACE_SECONDS: Final = 120
"""So much longer than the child allows itself the parent waits: for its start, on a busy machine."""
_NEEDED: Final = re.compile(
    r"PATH|HOME|LANG|LC_\w+|TZ|TZDIR|TE?MP(DIR)?|USER|PYTHON\w*|VIRTUAL_ENV|LD_LIBRARY_PATH|COVERAGE\w*"
)
KEPT_BYTES: Final = 200_000_000
"""So much of what was read is kept in memory besides its file."""


class ParserError(IngestError):
    """The process that parses could not be used; it says nothing of the payload."""


class PutAside(Protocol):
    """Where it is kept which payloads killed their parser."""

    def why_put_aside(self, key: str) -> str | None:
        """Why payloads with this key are not read any more."""

    def put_aside(self, source_id: str, key: str, reason: str, now: datetime) -> None:
        """Keep that they are not to be read again."""


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """What one reading may take.

    megabytes  of memory, the interpreter's own 150 or so among them
    seconds    of the processor, and several times as much of the clock
    """

    megabytes: int = 2_000
    seconds: int = 120


@dataclass(slots=True)
class Parsers:
    """Reads payloads of the sources in `files` for this process; use `open_parsers`.

    forms   the digest of each source's form
    """

    archive: Archive
    files: Mapping[str, Path]
    forms: Mapping[str, str]
    aside: PutAside
    folder: Path
    limits: ParseLimits
    _child: subprocess.Popen[bytes] | None = None
    _done: dict[str, Path] = field(default_factory=dict)
    _kept: dict[str, Records | str] = field(default_factory=dict)
    _kept_bytes: int = 0

    def read(self, source: Source, together: Sequence[Entry]) -> Records | str:
        """What the payloads say; a source that has no file is parsed in this process.

        Payloads that killed their parser are not tried again until they, the form or the code change.
        """
        if source.id not in self.files:
            return parsed(source, self.archive, together)
        key = self._key(source.id, together)
        if key in self._kept:
            return self._kept[key]
        if key in self._done:
            return read_records(self._done[key])
        aside = self.aside.why_put_aside(key)
        if aside is not None:
            return aside
        return self._keep(key, self._parsed(source.id, key, together))

    def do(self, asked: Mapping[str, Any]) -> str | None:
        """Have the child do something else within its limits; in words why that was stopped."""
        if self._ask(asked) is not None:
            return None
        why = _why(self._died(), self.limits)
        self._end()
        return f"Reading it was stopped, since {why}."

    def warm(self) -> None:
        """Start the child now, since something will have to be read."""
        if self._child is None:
            self._start()

    def forget(self, source_id: str) -> None:
        """Drop what was read of a source: it is in the warehouse now."""
        for key in [key for key in self._done if key.startswith(f"{source_id}:")]:
            self._done.pop(key).unlink(missing_ok=True)
            self._kept.pop(key, None)
        self._kept_bytes = sum(_size(kept) for kept in self._kept.values())

    def close(self) -> None:
        """End the child and remove what was read."""
        self._end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _key(self, source_id: str, together: Sequence[Entry]) -> str:
        said = [[entry.url, entry.as_of.isoformat(), entry.sha256] for entry in together]
        text = json.dumps([self.forms.get(source_id), sorted(said)])
        return f"{source_id}:{sha256(text.encode()).hexdigest()}"

    def _keep(self, key: str, found: Records | str) -> Records | str:
        if self._kept_bytes + _size(found) <= KEPT_BYTES:
            self._kept[key] = found
            self._kept_bytes += _size(found)
        return found

    def _parsed(self, source_id: str, key: str, together: Sequence[Entry]) -> Records | str:
        into = self.folder / f"{len(self._done)}-{key.rpartition(':')[2][:16]}"
        asked = {
            "file": str(self.files[source_id]),
            "source_id": source_id,
            "archive": str(self.archive.at_hand(together)),
            "entries": [entry_to_json(entry) for entry in together],
            "into": str(into),
        }
        answer = self._ask(asked)
        if answer is None and self._died() in (-signal.SIGKILL, -signal.SIGALRM):
            # perhaps somebody else's deed, or that of a machine that slept
            answer = self._ask(asked)
        if answer is None:
            reason = self._put_aside(source_id, key, together)
            self._end()
            return reason
        if "damaged" in answer:
            raise ArchiveError(answer["damaged"])
        if "broken" in answer:
            raise ParserError(f"what {source_id} serves could not be read: {answer['broken']}")
        self._done[key] = into
        return read_records(into)

    def _put_aside(self, source_id: str, key: str, together: Sequence[Entry]) -> str:
        code = self._died()
        if code in (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP):
            raise ParserError(f"the process that parses was ended from outside (signal {-code})")
        where = max(together, key=lambda entry: entry.as_of).url
        reason = (
            f"{where}: reading it was stopped, since {_why(code, self.limits)}. It is put aside and not "
            f"tried again until it, the form or the parser changes; `hypecurve rebuild {source_id}` tries it"
        )
        self.aside.put_aside(source_id, key, reason, datetime.now(UTC))
        return reason

    def _ask(self, asked: Mapping[str, Any]) -> dict[str, str] | None:
        """The child's answer; None where it died over it."""
        child = self._child if self._child and self._child.poll() is None else self._start()
        assert child.stdin is not None and child.stdout is not None
        try:
            child.stdin.write(json.dumps(asked).encode() + b"\n")
            child.stdin.flush()
            line = _line(child.stdout.fileno(), WALL_PER_PROCESSOR * self.limits.seconds + GRACE_SECONDS)
        except BrokenPipeError:
            line = b""
        if not line.endswith(b"\n"):
            if child.poll() is None and not line:
                _wait_or_kill(child)
            return None
        answer: dict[str, str] = json.loads(line)
        return answer

    def _died(self) -> int:
        return self._child.wait() if self._child else 0

    def _start(self) -> subprocess.Popen[bytes]:
        self._end()
        command = [sys.executable, "-m", "ingest.take_in.parse_child"]
        with told(self.folder):
            self._child = subprocess.Popen(
                [*command, str(self.limits.megabytes), str(self.limits.seconds)],
                cwd=ROOT,
                env=_bare(os.environ) | {"POLARS_MAX_THREADS": "2", "OPENBLAS_NUM_THREADS": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us; the child ends when its input does
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        child.kill()
        child.wait()


@contextmanager
def open_parsers(
    home: Path,
    archive: Archive,
    files: Mapping[str, Path],
    forms: Mapping[str, str],
    aside: PutAside,
    limits: ParseLimits | None = None,
) -> Iterator[Parsers]:
    """Parsers with a folder of their own under `home`, ended and cleared away with the block."""
    with told(home):
        home.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=home))
    parsers = Parsers(archive, files, forms, aside, folder, limits or ParseLimits())
    try:
        yield parsers
    finally:
        parsers.close()


def remove_orphans(home: Path, is_alive: Callable[[int], bool]) -> None:
    """Remove the folders of processes that died."""
    for folder in home.glob(f"{PREFIX}*-*"):
        process = folder.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdecimal() and not is_alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _bare(environment: Mapping[str, str]) -> dict[str, str]:
    """What an interpreter needs to run; above all no key of any source."""
    return {name: value for name, value in environment.items() if _NEEDED.fullmatch(name)}


def _line(pipe: int, seconds: float) -> bytes:
    """What comes through a pipe up to the end of a line, of the pipe, or of the time."""
    said = b""
    while not said.endswith(b"\n"):
        ready, _, _ = select.select([pipe], [], [], seconds)
        more = os.read(pipe, 65_536) if ready else b""
        if not more:
            break
        said += more
    return said


def _wait_or_kill(child: subprocess.Popen[bytes]) -> None:
    """A child that closed its pipe is about to end; one that hangs is ended."""
    try:
        child.wait(timeout=2)
    except subprocess.TimeoutExpired:
        os.kill(child.pid, signal.SIGALRM)


def _why(code: int, limits: ParseLimits) -> str:
    if code == -signal.SIGXCPU:
        return f"it took the processor for more than {limits.seconds:,} seconds"
    if code == -signal.SIGALRM:
        return f"it took more than {WALL_PER_PROCESSOR * limits.seconds:,} seconds"
    if code in (MEMORY_EXIT, -signal.SIGABRT, -signal.SIGKILL):
        return f"it took more than {limits.megabytes:,} MB of memory"
    return f"it crashed the parser ({_named(code)})"


def _named(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _size(found: Records | str) -> int:
    if isinstance(found, str):
        return len(found)
    return sum(int(frame.estimated_size()) for frame in (*found.frames.values(), found.refused))
