"""What supervisors and the district's systems read: results, and a page that shows how the day goes."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jinja2 import Environment, FileSystemLoader, select_autoescape

from central.authentication import token_holds
from central.platform import ThePlatform
from central.problems import ApiProblem, documented
from central.results import all_results, result_of
from central.supervision import day
from kiosk.wire.results import ResultRecord, Results

routes = APIRouter()
_COOKIE = "yanhe_supervisor"
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_pages = Environment(
    loader=FileSystemLoader(FilePath(__file__).parent / "templates"), autoescape=select_autoescape(), trim_blocks=True
)
_bearer = HTTPBearer(auto_error=False)


def supervisor(platform: ThePlatform, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> None:
    if given is None or not token_holds(platform.token, given.credentials):
        raise ApiProblem(401, "bad_token")


@routes.get("/v1/results", tags=["results"], dependencies=[Depends(supervisor)], responses=documented(401))
def results(platform: ThePlatform) -> Results:
    """Every application a desk has opened, and what was decided."""
    with platform.database.reading() as session:
        return Results(results=all_results(session))


@routes.get(
    "/v1/results/{application_no}",
    tags=["results"],
    dependencies=[Depends(supervisor)],
    responses=documented(401, 404),
)
def result(platform: ThePlatform, application_no: Annotated[str, Path(max_length=64)]) -> ResultRecord:
    """One application; 404 ``not_found`` when no desk has opened it."""
    with platform.database.reading() as session:
        found = result_of(session, application_no)
    if found is None:
        raise ApiProblem(404, "not_found")
    return found


@routes.get("/", include_in_schema=False)
def page(platform: ThePlatform, request: Request, token: str = "") -> Response:
    if token and token_holds(platform.token, token):
        # the token leaves the address bar at once and lives on as a cookie no script can read
        away = RedirectResponse("/", status_code=303, headers=_HEADERS)
        secure = request.url.scheme == "https"
        away.set_cookie(_COOKIE, quote(platform.token), httponly=True, samesite="lax", secure=secure)
        return away
    if not token_holds(quote(platform.token), request.cookies.get(_COOKIE, "")):
        return HTMLResponse(_pages.get_template("sign_in.html").render(wrong=bool(token)), 401, headers=_HEADERS)
    with platform.database.reading() as session:
        return HTMLResponse(_pages.get_template("supervision.html").render(day=day(session)), headers=_HEADERS)
