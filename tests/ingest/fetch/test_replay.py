"""What ingest.replay promises: the fetcher's own code, with recordings in the place of the network."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import RecordingError, Refused
from ingest.fetch.client import Fetcher, Limits
from ingest.fetch.replay import Recordings, ReplayTransport
from tests.places import RECORDINGS

BOARD = "https://example.org/board.csv"
REAL = RECORDINGS


@dataclass(frozen=True)
class Row:
    """One entry of a manifest to be written, and its body."""

    as_of: str
    body: bytes
    url: str | None = BOARD
    source: str = "board"
    gzipped: bool = False


def written(folder: Path, rows: Sequence[Row]) -> Path:
    """A folder of recordings as the real one is made."""
    entries = []
    for number, row in enumerate(rows):
        name = f"{number}.csv"
        (folder / name).write_bytes(gzip.compress(row.body) if row.gzipped else row.body)
        entries.append(
            {
                "source": row.source,
                "url": row.url,
                "as_of": row.as_of,
                "file": name,
                "encoding": "gzip" if row.gzipped else None,
                "content_type": "text/csv",
                "sha256": hashlib.sha256(row.body).hexdigest(),
            }
        )
    (folder / "manifest.json").write_text(json.dumps(entries))
    return folder


def replaying(recordings: Recordings, on: date) -> Fetcher:
    limits = Limits(seconds_between_requests=0)
    return Fetcher.open("hypecurve/test", limits, transport=ReplayTransport(recordings, on))


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    rows = [
        Row("2026-01-05", b"january"),
        Row("2026-03-05", b"march, first", gzipped=True),
        Row("2026-03-05", b"march, second"),
        Row("2026-04", b"april", url="https://example.org/Bard_%28chatbot%29?a=1%2C2"),
        Row("2026-05-01", b"an extract", url=None),
        Row("2025-12-01", b"elsewhere", source="other"),
        Row("2025", b"old board", source="board-old", url="https://example.org/old.csv"),
    ]
    return Recordings(written(tmp_path, rows))


@pytest.mark.parametrize(
    ("on", "body"),
    [
        (date(2026, 1, 5), b"january"),
        (date(2026, 3, 4), b"january"),
        (date(2026, 3, 5), b"march, second"),
        (date(2027, 1, 1), b"march, second"),
    ],
)
def test_an_address_answers_as_of_a_date(recordings: Recordings, on: date, body: bytes):
    """The newest recording not after the date answers, decoded; of two of one day the later in the list."""
    with replaying(recordings, on) as fetcher:
        got = fetcher.fetch(BOARD)
    assert (got.status, got.body, got.content_type) == (200, body, "text/csv")


def test_before_the_first_recording_there_is_nothing(tmp_path: Path):
    """An address without a recording until then answers 404, as does an unknown one."""
    only = Recordings(written(tmp_path, [Row("2026-01-05", b"january")]))
    with replaying(only, date(2026, 1, 4)) as fetcher:
        for url in (BOARD, "https://example.org/unknown"):
            with pytest.raises(Refused) as refused:
                fetcher.fetch(url)
            assert refused.value.status == 404


def test_a_replay_says_since_when_its_bytes_were_served(recordings: Recordings):
    """`recorded_as_of` is midnight UTC plus one microsecond for each earlier recording of address and day."""
    with replaying(recordings, date(2026, 3, 5)) as fetcher:
        got = fetcher.fetch(BOARD)
    assert got.recorded_as_of == datetime(2026, 3, 5, 0, 0, 0, 1, tzinfo=UTC)


def test_what_has_not_changed_is_not_served_again(recordings: Recordings):
    """With the earlier headers a replay answers 304 until the recording changes, then 200."""
    with replaying(recordings, date(2026, 2, 1)) as fetcher:
        first = fetcher.fetch(BOARD)
        again = fetcher.fetch(BOARD, previous=first.headers)
    assert first.headers["etag"] == f'"{hashlib.sha256(b"january").hexdigest()}"'
    assert (again.unchanged, again.body, again.recorded_as_of) == (True, b"", first.recorded_as_of)
    with replaying(recordings, date(2026, 3, 5)) as fetcher:
        assert fetcher.fetch(BOARD, previous=first.headers).body == b"march, second"


def test_two_spellings_of_one_address_answer_alike(recordings: Recordings):
    """Percent-encoded or not, an address asks for the same recording; a month means its last day."""
    with replaying(recordings, date(2026, 4, 30)) as fetcher:
        for url in (
            "https://example.org/Bard_(chatbot)?a=1,2",
            "https://example.org/Bard_%28chatbot%29?a=1%2C2",
        ):
            assert fetcher.fetch(url).body == b"april"
    assert recordings.answer("https://example.org/Bard_(chatbot)?a=1,2", date(2026, 4, 29)) is None


def test_a_back_fill_takes_all_of_a_source_oldest_first(recordings: Recordings):
    """Own id and further ids together, unserved ones too (under `recording:FILE`), all as this source's."""
    payloads = list(recordings.of("board", ["board-old"]))
    assert [payload.body for payload in payloads] == [
        b"old board",
        b"january",
        b"march, first",
        b"march, second",
        b"april",
        b"an extract",
    ]
    assert {payload.source_id for payload in payloads} == {"board"}
    assert payloads[0].as_of == datetime(2025, 12, 31, tzinfo=UTC)
    assert payloads[-1].url == "recording:4.csv"
    assert all(hashlib.sha256(payload.body).hexdigest() == payload.sha256 for payload in payloads)


def test_back_fill_and_replay_give_the_same_payload(recordings: Recordings):
    """A payload is the same whichever way it comes in: body, instant, headers."""
    filled = next(payload for payload in recordings.of("board") if payload.body == b"march, second")
    with replaying(recordings, date(2026, 3, 5)) as fetcher:
        got = fetcher.fetch(filled.url)
    assert (got.body, got.recorded_as_of, got.headers) == (filled.body, filled.as_of, filled.headers)


def test_another_id_means_another_source(recordings: Recordings):
    """Recordings listed under ids that were not asked for stay out."""
    assert [payload.body for payload in recordings.of("other")] == [b"elsewhere"]
    assert list(recordings.of("unknown")) == []


def test_recordings_that_are_not_there_are_told(tmp_path: Path):
    """A folder without a manifest, and a manifest that is not a list, say so and name the file."""
    with pytest.raises(RecordingError, match=r"manifest\.json.*cannot be read"):
        Recordings(tmp_path)
    (tmp_path / "manifest.json").write_text('{"files": []}')
    with pytest.raises(RecordingError, match="not a list"):
        Recordings(tmp_path)


@pytest.mark.parametrize("as_of", ["", "spring", "2026-02-30", "2026-01-01-01", None])
def test_an_unusable_entry_is_told_by_its_number(tmp_path: Path, as_of: str):
    """A manifest entry without a usable date is named by its place in the list."""
    written(tmp_path, [Row("2026-01-01", b"good"), Row(as_of, b"bad")])
    with pytest.raises(RecordingError, match="entry 2 is unusable"):
        Recordings(tmp_path)


@pytest.mark.parametrize(("damage", "words"), [(b"other", "not the one"), (None, "cannot be read")])
def test_a_damaged_recording_is_never_served(recordings: Recordings, damage: bytes | None, words: str):
    """A file that is gone or holds other bytes is an error that names it, in a fetch and in a back-fill."""
    file = recordings.folder / "0.csv"
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    with (
        replaying(recordings, date(2026, 1, 5)) as fetcher,
        pytest.raises(RecordingError, match=words) as error,
    ):
        fetcher.fetch(BOARD)
    assert str(file) in str(error.value)
    with pytest.raises(RecordingError, match=words):
        list(recordings.of("board"))


DAYS = st.dates(date(2024, 1, 1), date(2024, 1, 20))


@given(st.lists(st.tuples(DAYS, st.sampled_from(["A", "B", "C"])), min_size=1, max_size=12), DAYS)
def test_a_replay_ends_where_a_back_fill_until_that_day_ends(
    tmp_path_factory: pytest.TempPathFactory, listed: list[tuple[date, str]], on: date
):
    """As of any day, the answer is the last payload that a back-fill takes in until that day."""
    rows = [Row(day.isoformat(), body.encode()) for day, body in listed]
    recordings = Recordings(written(tmp_path_factory.mktemp("recordings"), rows))
    payloads = list(recordings.of("board"))
    assert len({payload.as_of for payload in payloads}) == len(payloads) == len(rows)
    end = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(days=1)
    until = [payload for payload in payloads if payload.as_of < end]
    answer = recordings.answer(BOARD, on)
    assert (answer and answer.as_of) == (until[-1].as_of if until else None)


@pytest.fixture(scope="module")
def real() -> Iterator[Recordings]:
    if not REAL.is_dir():
        pytest.skip("the real recordings (../shared/recordings) are not here")
    yield Recordings(REAL)


@pytest.mark.recordings
def test_every_real_recording_can_be_read(real: Recordings):
    """Each listed file is there, decodes, and has the hash under which it is listed."""
    listed = json.loads((REAL / "manifest.json").read_text())
    sizes = [len(entry.body()) for entry in real.entries]
    assert sizes == [row["bytes"] for row in listed]


@pytest.mark.recordings
def test_every_real_address_answers_on_its_day(real: Recordings):
    """Asked as of its day through the fetcher, each live address gives the last recording of that day."""
    last = {(entry.url, entry.as_of.date()): entry for entry in real.entries if "://" in entry.url}
    for (url, day), entry in last.items():
        with replaying(real, day) as fetcher:
            got = fetcher.fetch(url)
        assert (hashlib.sha256(got.body).hexdigest(), got.recorded_as_of) == (entry.sha256, entry.as_of)
