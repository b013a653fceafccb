"""The platform's HTTP API, put together. Its OpenAPI document at /openapi.json is the contract for districts with a platform of their own."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import FastAPI
from sqlalchemy import text

from central import desk_api, supervisor_api
from central.answers import BodyLimit, SignedAnswers
from central.platform import Platform, ThePlatform
from central.problems import answer_with_problems
from kiosk.wire.results import Health

API_VERSION = "1.0"


def create_app(platform: Platform) -> FastAPI:
    app = FastAPI(title="验核台 central platform", version=API_VERSION, docs_url=None, redoc_url=None)
    app.state.platform = platform
    answer_with_problems(app)

    @app.get("/v1/health", tags=["health"])
    def health(platform: ThePlatform) -> Health:
        """Answers when the platform and its database do."""
        with platform.database.reading() as session:
            session.execute(text("SELECT 1"))
        return Health(status="ok", at=datetime.now(UTC).isoformat(timespec="milliseconds"))

    app.include_router(desk_api.routes)
    app.include_router(supervisor_api.routes)
    # the last one added is the outermost: also a refusal for size is signed
    app.add_middleware(BodyLimit, limit=desk_api.MAX_BODY_BYTES)
    app.add_middleware(SignedAnswers, key=platform.key)
    return app
