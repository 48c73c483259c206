"""Records as one file: a line of JSON that says what follows, then a frame after the other as Arrow."""

from __future__ import annotations

import io
import json
from pathlib import Path

import polars as pl

from ingest.records import Kind, Records

REFUSED = "refused"


def write_records(file: Path, parsed: Records | str) -> None:
    """Write what a parser found, or why it found nothing."""
    if isinstance(parsed, str):
        file.write_text(json.dumps({"error": parsed}) + "\n", encoding="utf-8")
        return
    frames = {**{kind.value: frame for kind, frame in parsed.frames.items()}, REFUSED: parsed.refused}
    blobs = {name: _arrow(frame) for name, frame in frames.items()}
    head = {
        "frames": [[name, len(blob)] for name, blob in blobs.items()],
        "repeated": {kind.value: count for kind, count in parsed.repeated.items()},
    }
    with file.open("wb") as stream:
        stream.write(json.dumps(head).encode() + b"\n")
        for blob in blobs.values():
            stream.write(blob)


def read_records(file: Path) -> Records | str:
    """What `write_records` wrote."""
    with file.open("rb") as stream:
        head = json.loads(stream.readline())
        if "error" in head:
            return str(head["error"])
        frames = {name: pl.read_ipc(io.BytesIO(stream.read(length))) for name, length in head["frames"]}
    refused = frames.pop(REFUSED)
    repeated = {Kind(name): count for name, count in head["repeated"].items()}
    return Records({Kind(name): frame for name, frame in frames.items()}, refused, repeated)


def _arrow(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_ipc(stream, compression="lz4")
    return stream.getvalue()
