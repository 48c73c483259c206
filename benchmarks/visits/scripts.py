"""The script of each page by itself, without server and browser: its processor time once all is in memory.

    python -m benchmarks.visits.scripts ROUNDS

A process of its own, since Streamlit's test runner leaves a page as the main module. Prints a line of JSON
for each page: its question and the milliseconds of each round.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Final

from streamlit.testing.v1 import AppTest

from benchmarks.visits.serving import ROOT
from pages.registry import PAGES

_WAIT: Final = 600


def main() -> None:
    """Run each page twice to warm it, then as often as asked."""
    logging.disable(logging.WARNING)
    rounds = int(sys.argv[1])
    app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=_WAIT).run()
    for page in PAGES:
        app = app.switch_page(page.file).run().run()
        if app.exception:
            raise SystemExit(f"{page.question}: {app.exception[0].message}")
        print(json.dumps({"page": page.question, "ms": [_once(app) for _ in range(rounds)]}), flush=True)


def _once(app: AppTest) -> float:
    before = time.process_time()
    app.run()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    main()
