"""TLS from the platform's own program to the desk's, with a certificate as a district makes it."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from central.cli import main as central
from kiosk.sync.enrolment import enrol, enrolment, move, transport_for
from kiosk.sync.exchange import Exchange
from kiosk.sync.transport import Unreachable
from kiosk.sync.trust import AuthorityProblem, PlainLine
from offline_cache.store import Store
from yanhe.main import main as yanhe
from yanhe.platform_process import PlatformProcess

NOW = dt.datetime.now(dt.UTC)


class Authority:
    """A district's own: its certificate, and what it signs."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "虚构区教育局")])
        self._certificate = self._sign(
            self._name, self._key, x509.BasicConstraints(ca=True, path_length=0), days=(-1, 30)
        )

    @property
    def pem(self) -> str:
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")

    def server(self, file: Path, days: tuple[int, int] = (-1, 30)) -> Path:
        """Certificate and key of a server on this machine, in one file; valid from and to so many days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "platform")])
        here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        certificate = self._sign(name, key, x509.BasicConstraints(ca=False, path_length=None), here, days=days)
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return file

    def _sign(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *extensions: x509.ExtensionType,
        days: tuple[int, int],
    ) -> x509.Certificate:
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW + dt.timedelta(days=days[0]))
            .not_valid_after(NOW + dt.timedelta(days=days[1]))
        )
        for extension in extensions:
            certificate = certificate.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        return certificate.sign(self._key, hashes.SHA256())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def platform(
    platform_folder: Path, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PlatformProcess]:
    folder = tmp_path_factory.mktemp("certificates")
    process = PlatformProcess(platform_folder, certificate=authority.server(folder / "server.pem"))
    process.start()
    yield process
    process.stop()


@pytest.fixture
def code(platform: PlatformProcess) -> str:
    return platform.enrol_code("X01", "2号桌")


def test_a_desk_enrols_and_pulls_over_the_districts_own_authority(
    platform: PlatformProcess, code: str, authority: Authority, store: Store
) -> None:
    assert platform.url.startswith("https://")
    enrol(platform.url, code, store, authority=authority.pem)
    desk = enrolment(store)  # as the program finds it when it starts again
    assert desk is not None
    with transport_for(desk) as line:
        Exchange(store, line).pull()
    assert store.count_applications() > 0


def test_another_authority_of_the_same_name_is_not_believed_and_the_code_not_spent(
    platform: PlatformProcess, code: str, authority: Authority, store: Store
) -> None:
    with pytest.raises(Unreachable) as failed:
        enrol(platform.url, code, store, authority=Authority().pem)
    assert failed.value.why == "certificate"
    assert enrolment(store) is None
    enrol(platform.url, code, store, authority=authority.pem)


def test_an_unknown_authority_is_not_believed_without_being_told(
    platform: PlatformProcess, code: str, store: Store
) -> None:
    with pytest.raises(Unreachable) as failed:
        enrol(platform.url, code, store)
    assert failed.value.why == "certificate"


@pytest.mark.parametrize(
    "url", ["http://10.0.0.7:8600", "http://platform.example", "http://[2001:db8::7]", "ftp://127.0.0.1", "platform"]
)
def test_nothing_is_said_over_a_plain_line_to_a_network(url: str, store: Store) -> None:
    with pytest.raises(PlainLine):
        enrol(url, "7Q2K-M9XD-04TB", store)


def test_a_file_that_is_no_certificate_is_told_as_such(platform: PlatformProcess, code: str, store: Store) -> None:
    with pytest.raises(AuthorityProblem):
        enrol(platform.url, code, store, authority="-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")


@pytest.fixture
def enrols(platform: PlatformProcess, code: str, tmp_path: Path) -> Callable[..., int]:
    def run(*options: str, url: str = "") -> int:
        return yanhe(
            ["enrol", "--url", url or platform.url, "--code", code, "--home", str(tmp_path / "home"), *options]
        )

    return run


def test_the_command_takes_the_authority_from_a_file(
    enrols: Callable[..., int], authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "authority.pem"
    file.write_text(authority.pem, encoding="ascii")
    assert enrols("--authority", str(file)) == 0
    assert "已登记" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "url", "said"),
    [
        ((), "", "证书不受信任"),
        ((), "http://10.0.0.7", "不加密"),
        (("--authority", "/nowhere/authority.pem"), "", "没有能用的证书"),
        (("--authority", __file__), "", "没有能用的证书"),
    ],
)
def test_the_command_says_what_is_wrong_and_what_to_do(
    options: tuple[str, ...], url: str, said: str, enrols: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert enrols(*options, url=url) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "没有发送任何内容" in told


def test_the_command_points_at_the_clock_when_the_days_do_not_fit(
    platform_folder: Path, enrols: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Authority()
    file = tmp_path / "authority.pem"
    file.write_text(other.pem, encoding="ascii")
    old = PlatformProcess(platform_folder, certificate=other.server(tmp_path / "old.pem", days=(-20, -10)))
    old.start()
    try:
        assert enrols("--authority", str(file), url=old.url) == 1
    finally:
        old.stop()
    assert "日期" in capsys.readouterr().err


def test_a_platform_that_moved_is_followed_without_a_code_and_only_when_it_is_the_same(
    platform: PlatformProcess, platform_folder: Path, code: str, authority: Authority, store: Store, tmp_path: Path
) -> None:
    enrol(platform.url, code, store, authority=authority.pem)
    newer = Authority()
    moved = PlatformProcess(platform_folder, certificate=newer.server(tmp_path / "new.pem"))
    other = PlatformProcess(tmp_path / "other", certificate=newer.server(tmp_path / "other.pem"))
    moved.start()
    other.start()
    try:
        with pytest.raises(Unreachable, match="not signed by the platform"):
            move(store, other.url, newer.pem)
        assert _address(store) == platform.url, "a mistake changes nothing"
        move(store, moved.url, newer.pem)
        assert _address(store) == moved.url
    finally:
        moved.stop()
        other.stop()


def test_a_machine_that_is_no_desk_needs_a_code(store: Store) -> None:
    with pytest.raises(LookupError):
        move(store, "https://127.0.0.1:1")


def _address(store: Store) -> str:
    desk = enrolment(store)
    assert desk is not None
    return desk.platform_url


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::"])
def test_the_platform_does_not_listen_in_the_clear_on_a_network(
    host: str, platform_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert central(["serve", "--data", str(platform_folder), "--host", host, "--port", "0"]) == 1
    assert "--certificate" in capsys.readouterr().err


def test_a_certificate_without_its_key_is_told_before_anybody_connects(
    platform_folder: Path, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "only.pem"
    file.write_text(authority.pem, encoding="ascii")
    assert central(["serve", "--data", str(platform_folder), "--port", "0", "--certificate", str(file)]) == 1
    assert "certificate cannot be used" in capsys.readouterr().err
