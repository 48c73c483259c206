"""The refresher without the data that ship with the code, which would take minutes to take in.

python -m tests.team.bare_refresher
"""

from __future__ import annotations

from pipeline.schedule.resident import main
from tests.faults.kills import without_bundle

if __name__ == "__main__":
    without_bundle()
    main()
