"""``yanhe-central serve``: answers desks and supervisors, with TLS of its own or behind a proxy that has it."""

from __future__ import annotations

import argparse
import socket
import ssl
from pathlib import Path

import uvicorn

from central.api import create_app
from central.platform import Platform
from kiosk.wire.addresses import is_this_machine

_WAITING = 128  # connections that the system keeps while the program comes up


class ServeProblem(Exception):
    """It will not listen like this; its words say why and what to do."""


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    serve = commands.add_parser("serve", parents=[common], help="answer desks and supervisors")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8600, help="0 takes a free one and prints it")
    serve.add_argument(
        "--certificate", type=Path, metavar="PEM", help="speak TLS: the certificate, those of its authorities after it"
    )
    serve.add_argument(
        "--key", type=Path, metavar="PEM", help="the certificate's private key (default: in the same file)"
    )
    serve.set_defaults(run=_serve)


def _serve(platform: Platform, options: argparse.Namespace) -> int:
    certificate: Path | None = options.certificate
    key: Path | None = options.key
    _check(options.host, certificate, key)
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((options.host, options.port))
        listener.listen(_WAITING)  # from here on a client waits instead of being refused
        host, port = listener.getsockname()[:2]
        scheme = "https" if certificate else "http"
        address = f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
        # no access log: its lines would hold application numbers
        config = uvicorn.Config(
            create_app(platform),
            log_level="warning",
            access_log=False,
            server_header=False,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        print(f"listening: {address}", flush=True)
        print(f"supervision: {address}/?token={platform.token}", flush=True)
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def _check(host: str, certificate: Path | None, key: Path | None) -> None:
    """Raises ServeProblem for a plain line to a network, and for a certificate that cannot be used, before anybody connects."""
    if certificate is None:
        if key is not None:
            raise ServeProblem("--key without --certificate")
        if not is_this_machine(host):
            raise ServeProblem(
                f"{host} can be reached from a network, and families' data must not cross one in the clear: "
                "give --certificate (and --key), or stay on 127.0.0.1 behind a proxy that speaks TLS"
            )
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise ServeProblem(f"the certificate cannot be used: {error.strerror or error}") from error
