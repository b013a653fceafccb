"""Errors of the API. Every error body is a ``wire.Problem``: a stable code, and a detail for engineers without personal data."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kiosk.wire.models import Problem


class ApiProblem(Exception):
    """Ends a request with ``status`` and a Problem body."""

    def __init__(self, status: int, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail


_CODES = {404: "not_found", 405: "method_not_allowed"}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route for OpenAPI: these statuses, and 422 for a body that is not as described, carry a Problem."""
    return {status: {"model": Problem} for status in (*statuses, 422)}


def answer_with_problems(app: FastAPI) -> None:
    """Makes every error of ``app`` a Problem."""

    @app.exception_handler(ApiProblem)
    def _ours(_request: Request, problem: ApiProblem) -> JSONResponse:
        return _body(problem.status, problem.code, problem.detail)

    @app.exception_handler(RequestValidationError)
    def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        # where and what kind, never the value: it may be a person's
        places = [".".join(str(step) for step in item["loc"]) + f": {item['type']}" for item in error.errors()]
        return _body(422, "invalid_request", "; ".join(places[:5]))

    @app.exception_handler(HTTPException)
    def _framework(_request: Request, error: HTTPException) -> JSONResponse:
        return _body(error.status_code, _CODES.get(error.status_code, "http_error"))


def _body(status: int, code: str, detail: str = "") -> JSONResponse:
    return JSONResponse(Problem(code=code, detail=detail).model_dump(), status)
