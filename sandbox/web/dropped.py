"""Cutting a connection instead of answering."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Dropped(Response):
    """An answer that is never sent: the server takes the error as a lost connection."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Cut the connection."""
        raise ConnectionAbortedError
