"""The bodies of the archive, one or two files each, found by their hash and held against it at every reading.

    bodies/ab/<sha256>.zst      a body, zstd
    bodies/ab/<sha256>.delta    the hash of another body that is there as a whole, and what differs from it

A body that lies as a difference rests on one that lies as a whole, never on another difference: so nothing
rests on itself, and to read it takes two files. A whole one is removed only after the difference was on the
disk and gave the very same bytes.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import Counter
from pathlib import Path
from typing import Final

import zstandard

from store.files import to_disk
from store.trouble import StorageError

ZSTD_LEVEL: Final = 10
UNFINISHED: Final = ".part"
WHOLE: Final = ".zst"
DIFFERENCE: Final = ".delta"
SMALLEST: Final = 8_192
"""A file of fewer bytes is left as it is: file systems give room by blocks of half of it."""
LARGEST: Final = 32_000_000
"""A longer body is left as it is: two of them must fit into memory."""
WORTH: Final = 0.5
"""A difference is kept where it takes at most this share of the whole."""
MOST_RESTING: Final = 60
"""So many differences rest on one body at most, so that one that is damaged takes few along."""
_MAGIC: Final = b"hcdelta1"
_HEAD: Final = len(_MAGIC) + 32


class ArchiveError(StorageError):
    """The archive holds something damaged or was asked for something it cannot do."""


_ADVICE: Final = "fetch or back-fill its source again, which writes it anew, or restore it from a backup"


class Bodies:
    """The bodies below an archive's folder; many processes may read and write at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "bodies"

    def file(self, sha256: str) -> Path:
        """Where a body lies as a whole."""
        return self.folder / sha256[:2] / f"{sha256}{WHOLE}"

    def difference(self, sha256: str) -> Path:
        """Where a body lies as what differs from another one."""
        return self.file(sha256).with_suffix(DIFFERENCE)

    def files(self, sha256: str) -> tuple[Path, ...]:
        """The files that a body is read from, by now; none where it is not there."""
        if self.file(sha256).is_file():
            return (self.file(sha256),)
        base = self.base(sha256)
        if base is None or not self.file(base).is_file():
            return ()
        return self.difference(sha256), self.file(base)

    def base(self, sha256: str) -> str | None:
        """The body that this one rests on; None where it does not lie as a difference."""
        try:
            with self.difference(sha256).open("rb") as file:
                return _base_of(file.read(_HEAD))
        except OSError:
            return None

    def resting(self) -> Counter[str]:
        """How many differences rest on each body that some rest on."""
        bases = (self.base(file.stem) for file in self.folder.glob(f"*/*{DIFFERENCE}"))
        return Counter(base for base in bases if base is not None)

    def stored_bytes(self) -> int:
        """What all of them take on the disk."""
        return sum(
            file.stat().st_size for form in (WHOLE, DIFFERENCE) for file in self.folder.glob(f"*/*{form}")
        )

    def read(self, sha256: str) -> bytes:
        """A body; raises ArchiveError, naming the file, where it is missing or damaged."""
        while True:
            try:
                return self._read_whole(sha256)
            except FileNotFoundError as error:
                if not self.difference(sha256).is_file():
                    if self.file(sha256).is_file():
                        continue  # it was just written again
                    file = self.file(sha256)
                    raise ArchiveError(f"{file} is missing from the archive: {_ADVICE}", file) from error
            return self._read_difference(sha256)

    def write(self, sha256: str, body: bytes) -> None:
        """Write a body as a whole, so that its file is there wholly or not at all."""
        self._put(self.file(sha256), zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body))

    def shrink(self, sha256: str, base: str) -> bool:
        """Let a body that lies as a whole rest on another whole one; whether that was worth it.

        Raises ArchiveError where one of them is damaged; both stay as they are then.
        """
        whole, difference = self.file(sha256), self.difference(sha256)
        body, before = self._read_whole(sha256), self._read_whole(base)
        packed = _MAGIC + bytes.fromhex(base) + _packed(body, before)
        if len(packed) > WORTH * whole.stat().st_size:
            return False
        self._put(difference, packed)
        if self._read_difference(sha256) != body:  # it raises by itself; a second look costs nothing
            raise ArchiveError(f"{difference} does not give the body back", difference)
        whole.unlink()
        to_disk(whole.parent)
        return True

    def remove(self, sha256: str) -> None:
        """Remove a body, however it lies."""
        self.file(sha256).unlink(missing_ok=True)
        self.difference(sha256).unlink(missing_ok=True)

    def _read_whole(self, sha256: str) -> bytes:
        file = self.file(sha256)
        try:
            body = zstandard.ZstdDecompressor().decompress(file.read_bytes())
        except FileNotFoundError:
            raise
        except (zstandard.ZstdError, OSError) as error:
            raise _unusable(file, error) from error
        return _checked(body, sha256, file)

    def _read_difference(self, sha256: str) -> bytes:
        file = self.difference(sha256)
        try:
            packed = file.read_bytes()
            base = _base_of(packed[:_HEAD])
            if base is None:
                raise zstandard.ZstdError("its head is none of ours")
            before = self._read_whole(base)
            body = zstandard.ZstdDecompressor(dict_data=_dictionary(before)).decompress(packed[_HEAD:])
        except FileNotFoundError as error:
            missing = Path(error.filename or file)
            raise ArchiveError(
                f"{missing} is missing from the archive, and {file} rests on it: {_ADVICE}", missing
            ) from error
        except (zstandard.ZstdError, OSError) as error:
            raise _unusable(file, error) from error
        return _checked(body, sha256, file)

    def _put(self, file: Path, packed: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}{UNFINISHED}")
        try:
            with part.open("wb") as stream:
                stream.write(packed)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(file)
            to_disk(file.parent)
        finally:
            part.unlink(missing_ok=True)


def _packed(body: bytes, before: bytes) -> bytes:
    window = (len(body) + len(before)).bit_length()
    parameters = zstandard.ZstdCompressionParameters.from_level(
        ZSTD_LEVEL,
        source_size=len(body),
        dict_size=len(before),
        window_log=max(zstandard.WINDOWLOG_MIN, min(window, zstandard.WINDOWLOG_MAX)),
        enable_ldm=True,
    )
    compressor = zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(before))
    return compressor.compress(body)


def _dictionary(body: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(body, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _base_of(head: bytes) -> str | None:
    if len(head) != _HEAD or not head.startswith(_MAGIC):
        return None
    return head[len(_MAGIC) :].hex()


def _checked(body: bytes, sha256: str, file: Path) -> bytes:
    if hashlib.sha256(body).hexdigest() != sha256:
        raise ArchiveError(f"{file} is damaged (its content has another hash): {_ADVICE}", file)
    return body


def _unusable(file: Path, error: Exception) -> ArchiveError:
    if isinstance(error, OSError):
        return ArchiveError(f"{file} cannot be read ({error.strerror}): {_ADVICE}", file)
    return ArchiveError(f"{file} is damaged ({error}): {_ADVICE}", file)
