"""What desks ask: to become one, what changed, to take their events and images. Every request but the first is signed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from central.authentication import KnownDesk, SignedRequest, authenticate, check_time, nonce_is_usable
from central.changes import changes_for, record_of
from central.enrolment import enrol
from central.images import MAX_IMAGE_BYTES
from central.ingest import take
from central.platform import ThePlatform
from central.problems import ApiProblem, documented
from central.refusals import note_refusal
from central.tables import Application
from kiosk.wire.models import (
    ApplicationRecord,
    Changes,
    EnrolAnswer,
    EnrolRequest,
    PushAnswer,
    PushEvents,
    UploadState,
)
from kiosk.wire.signing import (
    DESK_HEADER,
    NEW_DESK,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    is_public_key,
)

MAX_BODY_BYTES = MAX_IMAGE_BYTES
routes = APIRouter(prefix="/v1", tags=["desks"])

Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the image, lower-case hex")]


async def signed_request(request: Request) -> SignedRequest:
    """The request as its signature covers it. Raises ApiProblem unsigned."""
    headers = request.headers
    values = [headers.get(name, "") for name in (DESK_HEADER, TIME_HEADER, NONCE_HEADER, SIGNATURE_HEADER)]
    if not all(values) or not nonce_is_usable(values[2]):
        raise ApiProblem(401, "unsigned")
    query = request.scope["query_string"].decode("latin-1")
    target = request.scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
    return SignedRequest(request.method, target, *values, body=await request.body())


async def asking_desk(platform: ThePlatform, signed: Annotated[SignedRequest, Depends(signed_request)]) -> KnownDesk:
    """The enrolled desk that signed this request."""

    def check() -> KnownDesk:
        try:
            with platform.database.writing() as session:
                return authenticate(session, signed)
        except ApiProblem as problem:
            with platform.database.writing() as session:
                note_refusal(session, signed.desk_id, problem.code, f"{signed.method} {signed.target}")
            raise

    return await run_in_threadpool(check)


AskingDesk = Annotated[KnownDesk, Depends(asking_desk)]


@routes.post("/desks/enrol", responses=documented(401, 403, 409))
def enrol_desk(
    platform: ThePlatform, request: EnrolRequest, signed: Annotated[SignedRequest, Depends(signed_request)]
) -> EnrolAnswer:
    """Exchange a one-time code for a desk id. Signed with the key that is being enrolled, desk id ``new``."""
    if signed.desk_id != NEW_DESK or not is_public_key(request.public_key) or not signed.signed_by(request.public_key):
        raise ApiProblem(401, "bad_signature")
    check_time(signed.at)
    with platform.database.writing() as session:
        return enrol(session, request, platform.key.public)


@routes.get("/changes", responses=documented(400, 401))
def changes(
    platform: ThePlatform,
    desk: AskingDesk,
    cursor: Annotated[str, Query(max_length=80, description="from the page before; empty for all")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> Changes:
    """What changed since ``cursor`` for the desk's own school, with the public keys of all the district's desks."""
    try:
        with platform.database.reading() as session:
            return changes_for(session, desk.school_code, cursor, limit)
    except ApiProblem as problem:
        with platform.database.writing() as session:
            note_refusal(session, desk.desk_id, problem.code, f"cursor {cursor}")
        raise


@routes.get("/applications/{application_no}", responses=documented(401, 404))
def application(
    platform: ThePlatform, desk: AskingDesk, application_no: Annotated[str, Path(max_length=64)]
) -> ApplicationRecord:
    """One application of the desk's own school. Another school's is ``not_found`` like one that does not exist, and is noted."""
    with platform.database.reading() as session:
        row = session.get(Application, application_no)
        if row is not None and row.school_code == desk.school_code:
            return record_of(row)
    with platform.database.writing() as session:
        what = "unknown_application" if row is None else "other_school"
        note_refusal(session, desk.desk_id, what, f"application {application_no}")
    raise ApiProblem(404, "not_found")


@routes.post("/events", responses=documented(401))
def push_events(platform: ThePlatform, desk: AskingDesk, push: PushEvents) -> PushAnswer:
    """Take the desk's next events, in its order. Safe to repeat: what is held already is answered ``duplicate``."""
    with platform.database.writing() as session:
        return take(session, desk, push, platform.key)


@routes.head("/images/{digest}", responses=documented(401, 404))
def has_image(platform: ThePlatform, desk: AskingDesk, digest: Digest) -> Response:
    """200 when the platform holds this image, 404 when it does not."""
    with platform.database.reading() as session:
        if not platform.images.holds(session, digest):
            raise ApiProblem(404, "not_found")
    return Response()


@routes.put("/images/{digest}", status_code=204, responses=documented(400, 401, 411, 413))
def put_image(
    platform: ThePlatform,
    desk: AskingDesk,
    digest: Digest,
    image: Annotated[bytes, Body(media_type="application/octet-stream")],
) -> Response:
    """Take an image. Its bytes must give the digest; sending it again changes nothing."""
    with platform.database.writing() as session:
        platform.images.keep(session, digest, image, desk.desk_id)
    return Response(status_code=204)


@routes.get("/images/{digest}/pieces", responses=documented(401))
def upload_state(platform: ThePlatform, desk: AskingDesk, digest: Digest) -> UploadState:
    """How much of this image the platform holds of the desk's piecewise upload."""
    with platform.database.reading() as session:
        return platform.images.upload_state(session, digest, desk.desk_id)


@routes.put("/images/{digest}/pieces", responses=documented(400, 401, 411, 413))
def put_piece(
    platform: ThePlatform,
    desk: AskingDesk,
    digest: Digest,
    offset: Annotated[int, Query(ge=0, description="where in the image the piece begins")],
    total: Annotated[int, Query(ge=1, description="bytes of the whole image")],
    piece: Annotated[bytes, Body(media_type="application/octet-stream")],
) -> UploadState:
    """Take a piece of an image; after a cut the desk asks how far it came and goes on there. The last piece is answered when the whole
    gives the digest."""
    with platform.database.writing() as session:
        return platform.images.append(session, digest, piece, offset, total, desk.desk_id)
