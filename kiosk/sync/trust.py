"""Whose certificates a desk believes, and over which lines it speaks at all."""

from __future__ import annotations

import ssl
from urllib.parse import urlsplit

import certifi

from kiosk.wire.addresses import is_this_machine


class AuthorityProblem(ValueError):
    """What was given as a district's own authority holds no certificate (PEM)."""


class PlainLine(ValueError):
    """An address without TLS that leads off this machine."""


def refuse_plain_lines(url: str) -> None:
    """Raises PlainLine: a one-time code, names and numbers never cross a network in the clear. On this machine (practice) they may."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(parts.hostname or "")):
        raise PlainLine(url)


def trusted(url: str, authority: str = "") -> ssl.SSLContext:
    """For a connection to ``url``. ``authority``: the certificates (PEM) of the district's own authority, and then nobody else is trusted;
    without it those of this machine (which its administrator keeps) and the public ones of `certifi` (machines whose own list is old).

    Raises AuthorityProblem.
    """
    if url.startswith("http://"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reading certificates takes a while, and none will be shown
    if not authority:
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context
    try:
        return ssl.create_default_context(cadata=authority)
    except (ssl.SSLError, ValueError) as error:
        raise AuthorityProblem("no certificate in it") from error
