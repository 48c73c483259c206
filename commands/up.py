"""`hypecurve up`: the dashboard and the scheduler beside it."""

from __future__ import annotations

import os
import socket
from typing import Annotated, Final

import typer

from commands.printing import say, steps
from errors import ExpectedError

EVERYWHERE_OR_HERE: Final = {"0.0.0.0", "::", "127.0.0.1", "::1", "localhost"}

commands = typer.Typer()


class PortTakenError(ExpectedError):
    """Somebody listens on the port already; the message says how to choose another one."""


@commands.command()
def up(
    port: Annotated[int | None, typer.Option(help="Port of the dashboard (default 8501).")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default 127.0.0.1).")] = None,
    schedule: Annotated[bool, typer.Option(help="Refresh sources in the background.")] = True,
) -> None:
    """Start the scheduler and the dashboard; Ctrl-C stops both."""
    from config import load_settings

    settings = load_settings()
    os.environ["HYPECURVE_SCHEDULE"] = "true" if schedule and settings.schedule else "false"
    address = (host or settings.host, settings.port if port is None else port)
    _must_be_free(*address)
    import uvicorn

    from pipeline.refresh import start_with_bundle

    with steps("Opening the data") as tell:
        start_with_bundle(settings, tell)
    shown = "localhost" if address[0] in EVERYWHERE_OR_HERE else address[0]
    say(f"hypecurve: http://{shown}:{address[1]}  (data in {settings.home}; Ctrl-C stops)")
    uvicorn.run("app:app", host=address[0], port=address[1], log_level="warning", access_log=False)


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
