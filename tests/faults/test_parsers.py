"""A payload that kills its parser costs itself: it is put aside by hash, and every other source goes on."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from pipeline.rebuild import rebuild
from store.ledger import Status
from store.warehouse import open_warehouse
from tests.faults.small_place import BOARD, SmallPlace
from tests.loopback import page
from tests.places import ROOT, files_of

KILLERS: Final = {
    "memory": ("    bytearray(10_000_000_000)", "MB of memory"),
    "memory-in-polars": (
        "    pl.select(pl.int_range(0, 10_000_000_000)).to_series().to_frame()",
        "MB of memory",
    ),
    "endless-loop": ("    while True: pass", " seconds. It is put aside"),
    "endless-regex": (
        "    import re\n    re.match(r'(a+)+$', 'a' * 60 + 'b')",
        " seconds. It is put aside",
    ),
    "crash": ("    import os\n    os.kill(os.getpid(), 11)", "crashed the parser (SIGSEGV)"),
    "exit": ("    import os\n    os._exit(3)", "crashed the parser (exit code 3)"),
}


@pytest.fixture
def hasty(place: SmallPlace) -> SmallPlace:
    """A place where reading may take a second."""
    place.settings = replace(place.settings, parse_seconds=1)
    return place


def test_whatever_kills_a_parser_is_put_aside_and_the_others_go_on(hasty: SmallPlace) -> None:
    """Each is told why; none is tried again while it, its form and its code are the same."""
    for name, (parse, _) in KILLERS.items():
        hasty.serve(name, page(b"alpha beta"))
        hasty.module(name, parse)
    hasty.add("own-board")
    outcomes = hasty.refresh(*KILLERS, "own-board")
    for name, (_, reason) in KILLERS.items():
        assert outcomes[name].status is Status.FAILED
        assert reason in outcomes[name].message
        assert hasty.addresses[name] in outcomes[name].message
    assert outcomes["own-board"].status is Status.NEW
    assert hasty.scores() == [("alpha-1", 0.81), ("beta-2", 0.64)]
    asides = hasty.ledger.put_asides()
    again = hasty.refresh(*KILLERS)
    assert [again[name].message for name in KILLERS] == [outcomes[name].message for name in KILLERS]
    assert hasty.ledger.put_asides().equals(asides)


def test_a_killer_is_tried_again_once_its_form_has_changed_or_a_person_asks(hasty: SmallPlace) -> None:
    """What was put aside is still in the archive."""
    hasty.serve("counted", page(b"alpha beta"))
    hasty.module("counted", KILLERS["crash"][0])
    hasty.refresh("counted")
    first = hasty.ledger.put_asides()
    assert first["source_id"].to_list() == ["counted"]
    assert rebuild(hasty.settings, source_ids=["counted"]).refused == 1
    assert hasty.ledger.put_asides()["put_aside_at"][0] > first["put_aside_at"][0]
    hasty.module("counted", "    return rows(body)")
    assert hasty.refresh("counted")["counted"].loaded.added == 2


@pytest.mark.parametrize(
    ("parse", "says"),
    [
        ("    def down(n): return down(n + 1)\n    down(0)", "RecursionError"),
        ("    print('{}', flush=True)\n    1 / 0", "ZeroDivisionError"),
    ],
    ids=["recursion", "noise"],
)
def test_what_a_parser_survives_is_its_own_fault_in_words(hasty: SmallPlace, parse: str, says: str) -> None:
    """No process dies of it, and what a parser prints is no answer."""
    hasty.serve("counted", page(b"alpha beta"))
    hasty.module("counted", parse)
    outcome = hasty.refresh("counted")["counted"]
    assert outcome.status is Status.FAILED
    assert says in outcome.message


def test_parsing_does_not_hold_the_writers_lock(place: SmallPlace, tmp_path: Path) -> None:
    """While a slow parser is at work, another process writes to the warehouse."""
    begun, go_on = tmp_path / "begun", tmp_path / "go on"
    place.serve("slow", page(b"alpha beta"))
    place.module(
        "slow",
        f"    from pathlib import Path\n    import time\n    Path({str(begun)!r}).touch()\n"
        f"    while not Path({str(go_on)!r}).exists(): time.sleep(0.02)\n    return rows(body)",
    )
    script = (
        "import ingest.take_in.backfill as b, sys\nb.bundle_files = lambda *_: None\n"
        "from pathlib import Path\nfrom config import Settings\nfrom pipeline.refresh import refresh\n"
        f"settings = Settings(home=Path({str(place.settings.home)!r}), allow_private_urls=True)\n"
        "print(refresh(settings, ['slow'])[0].loaded.added)"
    )
    refreshing = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 60
        while not begun.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        with open_warehouse(files_of(place.settings).warehouse_file, wait_seconds=0.5) as warehouse:
            assert warehouse.payloads("slow").is_empty()
    finally:
        go_on.touch()
        said, _ = refreshing.communicate(timeout=60)
    assert said.strip() == "2"


def test_a_board_is_read_alike_in_a_child_and_here(place: SmallPlace) -> None:
    """Frames, dates, enumerations and refusals survive the way."""
    place.add("own-board", BOARD + b"gamma-3,300\n,4\n")
    outcome = place.refresh("own-board")["own-board"]
    assert (outcome.loaded.added, outcome.loaded.refused) == (2, 2)
