"""The line's light: no flicker, the reason told as what it is, the next attempt known."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.desk.view import Light
from kiosk.sync.http import HttpTransport
from kiosk.sync.steady import GRACE_S, Link, Steady
from kiosk.sync.transport import Unreachable
from kiosk.sync.why import unreachable, unwilling
from kiosk.sync.worker import SyncState
from kiosk.texts import LANGUAGES, say
from kiosk.wire.signing import SigningKey
from offline_cache.outbox import OutboxCounts
from practice.faults.line import FAULTS, FaultyTransport


class Line:
    def __init__(self) -> None:
        self.now = 0.0
        self.steady = Steady(lambda: self.now)

    def hear(self, *links: Link, for_s: float = 0.0) -> Link:
        for link in links:
            self.steady.heard(link)
        self.now += for_s
        return self.steady.shown


def test_a_short_gap_is_not_called_offline_and_a_long_one_is() -> None:
    line = Line()
    assert line.hear(Link.SYNCING, Link.ONLINE, for_s=60) is Link.ONLINE
    assert line.hear(Link.SYNCING, Link.OFFLINE, for_s=GRACE_S / 2) is Link.ONLINE
    assert line.hear(Link.SYNCING, Link.OFFLINE, for_s=GRACE_S) is Link.OFFLINE
    assert line.hear(Link.SYNCING) is Link.OFFLINE  # another attempt: no flicker
    assert line.hear(Link.ONLINE) is Link.ONLINE


def test_a_desk_that_starts_without_a_line_says_so_at_once() -> None:
    assert Line().hear(Link.SYNCING, Link.OFFLINE) is Link.OFFLINE


def test_every_pull_and_every_act_do_not_show_as_sending_but_a_long_one_does() -> None:
    line = Line()
    line.hear(Link.SYNCING, Link.ONLINE, for_s=30)
    assert line.hear(Link.SYNCING, for_s=0.4) is Link.ONLINE
    assert line.hear(for_s=5) is Link.SYNCING


def test_a_line_that_comes_and_goes_is_called_that_until_it_is_calm() -> None:
    line = Line()
    line.hear(Link.ONLINE, for_s=10)
    shown = [line.hear(link, for_s=3) for _ in range(4) for link in (Link.OFFLINE, Link.ONLINE)]
    assert Link.OFFLINE not in shown
    assert shown[-1] is Link.UNSTABLE
    assert shown[2:].count(Link.ONLINE) <= 2  # and once it is called unstable it stays so
    assert line.hear(for_s=70) is Link.ONLINE


def test_what_is_no_matter_of_waiting_is_said_at_once() -> None:
    line = Line()
    line.hear(Link.ONLINE, for_s=10)
    assert line.hear(Link.REJECTED) is Link.REJECTED
    assert line.hear(Link.BROKEN) is Link.BROKEN


def state(**changes: object) -> SyncState:
    base = {"link": Link.OFFLINE, "last_contact": None, "counts": OutboxCounts()}
    return SyncState(**{**base, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", [f for f in FAULTS if f != "flapping"])
def test_each_reason_has_its_own_words(fault: str, language: str) -> None:
    with pytest.raises(Unreachable) as failed:
        transport = FaultyTransport(None)  # type: ignore[arg-type]
        transport.fault = "slow" if fault == "slow" else fault
        if fault == "slow":
            raise Unreachable("ReadTimeout", "slow")
        transport.changes("", 1)
    view = state(why=failed.value.why, status=failed.value.status).device()
    said = " ".join(say(part, language) for part in (view.what, view.do, view.safe) if part is not None)
    assert view.light in (Light.WARN, Light.BAD)
    assert "{" not in said
    assert "devices." not in said
    assert len(said) > 20


def test_the_status_page_hears_of_attempts_and_of_the_next_one() -> None:
    at = dt.datetime(2026, 4, 19, 9, 30, 5, tzinfo=dt.UTC)
    facts = [say(fact) for fact in state(failures=3, next_try=at).device().facts]
    assert "已试 3 次，下次 09:30:05" in facts
    assert "retry" in state().device().actions


@pytest.mark.parametrize(
    ("status", "headers", "why", "pause"),
    [
        (429, {"Retry-After": "20"}, "overloaded", 20),
        (503, {"Retry-After": "99999"}, "overloaded", 600),
        (500, {}, "server", 0),
        (502, {"Retry-After": "soon"}, "server", 0),
    ],
)
def test_what_the_platform_says_of_itself(status: int, headers: dict[str, str], why: str, pause: float) -> None:
    found = unwilling(httpx.Response(status, headers=headers))
    assert (found.why, found.retry_after_s, found.status) == (why, pause, status)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (httpx.ConnectError("refused"), "no_line"),
        (httpx.ConnectTimeout("no route"), "no_line"),
        (httpx.ReadTimeout("silent"), "slow"),
        (httpx.RemoteProtocolError("cut"), "no_line"),
    ],
)
def test_what_the_client_meets(error: httpx.HTTPError, why: str) -> None:
    assert unreachable(error).why == why


class _Silent(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None: ...


class _Server(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None: ...  # a client that does not trust us


def _certificate(folder: Path, days: tuple[int, int]) -> tuple[Path, Path]:
    """A certificate for this machine, signed by itself, valid from and to so many days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now + dt.timedelta(days=days[0]))
        .not_valid_after(now + dt.timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert, secret


@pytest.fixture
def secure_server(tmp_path: Path) -> Iterator[Callable[[tuple[int, int]], tuple[str, Path]]]:
    """Starts a server with a certificate of such days; (its address, its certificate)."""
    running: list[_Server] = []

    def start(days: tuple[int, int]) -> tuple[str, Path]:
        cert, secret = _certificate(tmp_path, days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, secret)
        server = _Server(("127.0.0.1", 0), _Silent)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.append(server)
        return f"https://127.0.0.1:{server.server_address[1]}", cert

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def _why(url: str) -> str:
    key = SigningKey.new()
    with HttpTransport(url, "X01-desk", key, key.public) as transport, pytest.raises(Unreachable) as failed:
        transport.changes("", 1)
    return failed.value.why


def test_a_certificate_nobody_vouches_for_is_told_as_such(
    secure_server: Callable[[tuple[int, int]], tuple[str, Path]],
) -> None:
    url, _ = secure_server((-1, 10))
    assert _why(url) == "certificate"


@pytest.mark.parametrize("days", [(-20, -10), (10, 20)])
def test_a_certificate_of_the_wrong_days_points_at_the_clock(
    secure_server: Callable[[tuple[int, int]], tuple[str, Path]], days: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, cert = secure_server(days)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    assert _why(url) == "certificate_date"


def test_somebody_who_answers_without_the_platforms_signature_is_a_stranger(
    secure_server: Callable[[tuple[int, int]], tuple[str, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, cert = secure_server((-1, 10))
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    assert _why(url) == "stranger"
