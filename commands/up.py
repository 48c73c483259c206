"""`hypecurve up`: the dashboard and the scheduler beside it; `hypecurve serve`: the dashboard only."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated, Final

import typer

from commands.printing import LogFormat, say, set_log_format, steps
from errors import ExpectedError

EVERYWHERE_OR_HERE: Final = {"0.0.0.0", "::", "127.0.0.1", "::1", "localhost"}

commands = typer.Typer()


class PortTakenError(ExpectedError):
    """Somebody listens on the port already; the message says how to choose another one."""


Port = Annotated[int | None, typer.Option(help="Port of the dashboard (default 8501).")]
Host = Annotated[str | None, typer.Option(help="Address to listen on (default 127.0.0.1).")]


@commands.command()
def up(
    port: Port = None,
    host: Host = None,
    schedule: Annotated[bool, typer.Option(help="Refresh sources in the background.")] = True,
    log_format: LogFormat = None,
) -> None:
    """Start the scheduler and the dashboard; Ctrl-C stops both."""
    _serve(port, host, log_format, schedule=schedule)


@commands.command()
def serve(port: Port = None, host: Host = None, log_format: LogFormat = None) -> None:
    """Start the dashboard only.

    `hypecurve schedule` refreshes sources, in a program of its own.
    """
    _serve(port, host, log_format, schedule=False)


def _serve(port: int | None, host: str | None, log_format: LogFormat, *, schedule: bool) -> None:
    from config import load_settings

    set_log_format(log_format)
    settings = load_settings()
    os.environ["HYPECURVE_SCHEDULE"] = "true" if schedule and settings.schedule else "false"
    address = (host or settings.host, settings.port if port is None else port)
    os.environ["HYPECURVE_BOUND_TO"] = address[0]
    _must_be_free(*address)
    import uvicorn

    from logs import start_logging
    from pipeline.refresh import begun

    with steps("Opening the data") as tell:
        has_begun = begun(settings, tell)
    if not has_begun:
        say("Nothing of the team's store is here yet: pages say so, and fill when it can be reached.")
    shown = "localhost" if address[0] in EVERYWHERE_OR_HERE else address[0]
    say(f"hypecurve: http://{shown}:{address[1]}  (data in {settings.home}; Ctrl-C stops)")
    start_logging(settings.log_format)
    # who is at the other end is not taken from headers, which anybody can write
    uvicorn.run(
        "app:app", host=address[0], port=address[1], log_config=None, access_log=False, proxy_headers=False
    )
    sys.stdout.flush()
    os._exit(0)  # an answer that is still computed in a thread would abort the interpreter's own end


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(
                f"Port {port} of {host} cannot be used ({error.strerror}); perhaps another hypecurve runs. "
                f"Choose another one: `hypecurve up --port {port + 1}` or `make run PORT={port + 1}`."
            ) from error
