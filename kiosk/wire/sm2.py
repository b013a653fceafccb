"""SM2 digital signatures and key agreement on the recommended curve (GB/T 32918.1, .2, .3, .5-2017), with SM3 (GB/T 32905) for hashing.

Plain Python integers: about ten milliseconds a signature, and not hardened against timing. It is the interface's second voice and what tests run;
in production a district that must use SM2 puts a certified module behind the same functions.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives import hashes

# the curve of GB/T 32918.5-2017, y² = x³ + ax + b over the field of P, generator G of prime order N
P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
DEFAULT_ID = b"1234567812345678"  # the distinguishing identifier of the standard's examples and of common practice
Point = tuple[int, int]
_Jacobian = tuple[int, int, int]
_INFINITY: _Jacobian = (1, 1, 0)


def sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def new_private() -> int:
    return secrets.randbelow(N - 2) + 1


def public_of(private: int) -> Point:
    point = _affine(_times(private, G))
    assert point is not None
    return point


def on_curve(point: Point) -> bool:
    x, y = point
    return 0 <= x < P and 0 <= y < P and (y * y - (x * x * x + A * x + B)) % P == 0


def sign(private: int, message: bytes, *, nonce: int | None = None) -> tuple[int, int]:
    """(r, s). ``nonce`` only for the standard's example; a nonce used twice gives the key away."""
    e = _message_number(public_of(private), message)
    while True:
        k = nonce if nonce is not None else secrets.randbelow(N - 1) + 1
        x, _ = public_of(k)
        r = (e + x) % N
        s = pow(1 + private, -1, N) * (k - r * private) % N
        if r and s and (r + k) % N:
            return r, s


def verify(public: Point, message: bytes, signature: tuple[int, int]) -> bool:
    r, s = signature
    t = (r + s) % N
    if not (0 < r < N and 0 < s < N and t and on_curve(public)):
        return False
    point = _affine(_plus(_times(s, G), _times(t, public)))
    return point is not None and (_message_number(public, message) + point[0]) % N == r


def agreed(private: int, public: Point) -> bytes:
    """The x coordinate both sides of a Diffie-Hellman exchange come to, 32 bytes. Raises ValueError for a point off the curve."""
    if not on_curve(public):
        raise ValueError("not a point of the curve")
    point = _affine(_times(private, public))
    if point is None:
        raise ValueError("not a point of the curve")
    return point[0].to_bytes(32, "big")


def _message_number(public: Point, message: bytes) -> int:
    """e = SM3(Z ‖ M), Z binding the signer's identifier, the curve and the public key (GB/T 32918.2, 5.5)."""
    numbers = b"".join(number.to_bytes(32, "big") for number in (A, B, *G, *public))
    z = sm3((len(DEFAULT_ID) * 8).to_bytes(2, "big") + DEFAULT_ID + numbers)
    return int.from_bytes(sm3(z + message), "big")


def _times(scalar: int, point: Point) -> _Jacobian:
    result, base = _INFINITY, (*point, 1)
    for bit in bin(scalar)[2:]:
        result = _double(result)
        if bit == "1":
            result = _plus(result, base)
    return result


def _double(point: _Jacobian) -> _Jacobian:
    x, y, z = point
    if not z or not y:
        return _INFINITY
    yy, zz = y * y % P, z * z % P
    s = 4 * x * yy % P
    m = 3 * (x - zz) * (x + zz) % P  # a = -3
    nx = (m * m - 2 * s) % P
    return nx, (m * (s - nx) - 8 * yy * yy) % P, 2 * y * z % P


def _plus(one: _Jacobian, other: _Jacobian) -> _Jacobian:
    if not one[2]:
        return other
    if not other[2]:
        return one
    x1, y1, z1 = one
    x2, y2, z2 = other
    zz1, zz2 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * zz2 % P, x2 * zz1 % P
    s1, s2 = y1 * z2 * zz2 % P, y2 * z1 * zz1 % P
    h, r = (u2 - u1) % P, (s2 - s1) % P
    if not h:
        return _double(one) if not r else _INFINITY
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, h * z1 * z2 % P


def _affine(point: _Jacobian) -> Point | None:
    x, y, z = point
    if not z:
        return None
    inverse = pow(z, -1, P)
    return x * inverse * inverse % P, y * inverse * inverse * inverse % P
