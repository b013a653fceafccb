"""Which addresses stay on this machine: only there may desk and platform speak without TLS."""

from __future__ import annotations

from ipaddress import ip_address


def is_this_machine(host: str) -> bool:
    """``host`` as it stands in a URL or is listened on: a name or an address. Other names than localhost are not looked up."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
