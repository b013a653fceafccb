"""Becoming a desk, and who this desk is afterwards. All of it is kept in the encrypted store."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.sync.http import HttpTransport, ask_to_enrol
from kiosk.sync.trust import refuse_plain_lines
from kiosk.wire.chain import link_by
from kiosk.wire.models import EnrolRequest
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import INTERNATIONAL, Suite
from offline_cache.store import Store

_KEY = "desk.key"
_NAME = "desk.name"
_SCHOOL, _SCHOOL_NAME, _DISTRICT = "school.code", "school.name", "school.district"
_URL, _PLATFORM_KEY, _AUTHORITY = "platform.url", "platform.key", "platform.authority"


@dataclass(frozen=True)
class Enrolment:
    """This desk as the platform knows it. ``key`` signs its requests and its receipts; ``authority``: whose certificates it believes
    (kiosk.sync.trust)."""

    desk_id: str
    desk_name: str
    school_code: str
    school_name: str
    district: str
    platform_url: str
    platform_key: str
    key: SigningKey
    authority: str = ""


def enrol(
    url: str,
    code: str,
    store: Store,
    desk_name: str = "",
    suite: Suite = INTERNATIONAL,
    authority: str = "",
) -> Enrolment:
    """Exchanges a one-time code for this desk's identity. Raises Unreachable, Refused, PlainLine, AuthorityProblem, StoreProblem; and
    ValueError when the store holds another desk's events.

    The key is made and kept before it is told to the platform: if the answer is lost, the same code and key get the same answer.
    ``suite``: by what this desk signs, chains and seals from then on.
    """
    key = _key_of(store, suite)
    answer = ask_to_enrol(url, EnrolRequest(code=code, public_key=key.public, desk_name=desk_name), key, authority)
    store.become_desk(
        answer.desk_id,
        {
            _NAME: answer.desk_name,
            _SCHOOL: answer.school_code,
            _SCHOOL_NAME: answer.school_name,
            _DISTRICT: answer.district,
            _URL: url,
            _PLATFORM_KEY: answer.platform_public_key,
            _AUTHORITY: authority,
        },
    )
    enrolled = enrolment(store)
    if enrolled is None:
        raise RuntimeError("an enrolment that was just written cannot be read")
    return enrolled


def move(store: Store, url: str, authority: str = "") -> Enrolment:
    """The platform this desk belongs to has another address or another authority. Kept only once it has answered there, with its own
    signature: a mistake changes nothing.

    Raises LookupError when this machine is no desk; Unreachable, Refused, PlainLine, AuthorityProblem, StoreProblem.
    """
    desk = enrolment(store)
    if desk is None:
        raise LookupError("not a desk")
    refuse_plain_lines(url)
    moved = replace(desk, platform_url=url, authority=authority)
    with transport_for(moved) as line:
        line.changes(store.cursor, 1)
    store.put_settings({_URL: url, _AUTHORITY: authority})
    return moved


def enrolment(store: Store) -> Enrolment | None:
    """Who this desk is; None before enrolment."""
    desk_id, url, platform_key = store.desk_id, store.setting(_URL), store.setting(_PLATFORM_KEY)
    if desk_id is None or url is None or platform_key is None:
        return None
    key = _key_of(store)
    store.use_chain(link_by(key.suite))
    store.use_cipher(key.suite)
    return Enrolment(
        desk_id=desk_id,
        desk_name=store.setting(_NAME) or "",
        school_code=store.setting(_SCHOOL) or "",
        school_name=store.setting(_SCHOOL_NAME) or "",
        district=store.setting(_DISTRICT) or "",
        platform_url=url,
        platform_key=platform_key,
        key=key,
        authority=store.setting(_AUTHORITY) or "",
    )


def transport_for(desk: Enrolment) -> HttpTransport:
    return HttpTransport(desk.platform_url, desk.desk_id, desk.key, desk.platform_key, authority=desk.authority)


def school_settings(name: str, district: str) -> dict[str, str]:
    """What the store keeps of a school's own data when the platform changes them."""
    return {_SCHOOL_NAME: name, _DISTRICT: district}


def trusted_keys(store: Store) -> dict[str, str]:
    """Every desk's public key (base64) by desk id, this desk's own among them: whose receipts this desk can verify."""
    keys = {desk_id: str(body["public_key"]) for desk_id, body in store.desk_keys().items()}
    desk_id = store.desk_id
    return {**keys, desk_id: _key_of(store).public} if desk_id else keys


def _key_of(store: Store, suite: Suite = INTERNATIONAL) -> SigningKey:
    kept = store.setting(_KEY)
    if kept is None:
        store.use_cipher(suite)  # first: the key itself is sealed by it
        key = SigningKey.new(suite)
        store.put_settings({_KEY: key.text})
        return key
    return SigningKey(kept)
