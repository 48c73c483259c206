"""Where this server is for who asks it: scheme and host, also behind a proxy that says so."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Scope


def origin(scope: Scope) -> str:
    """Scheme and host as the visitor names them, without a slash at the end."""
    headers = Headers(scope=scope)
    scheme = headers.get("x-forwarded-proto", scope.get("scheme", "http")).split(",")[0].strip()
    host = headers.get("x-forwarded-host", headers.get("host", "localhost")).split(",")[0].strip()
    return f"{scheme}://{host}"
