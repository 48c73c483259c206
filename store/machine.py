"""By which name the others of a team know this machine."""

from __future__ import annotations

import socket
from typing import Final

MACHINE: Final = socket.gethostname()
"""The name that the system gives it; a container has one of its own."""
