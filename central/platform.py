"""What the routes work with, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from central.database import Database
from central.images import ImageFiles
from central.secrets_folder import platform_key, supervisor_token
from kiosk.wire.signing import SigningKey


@dataclass(frozen=True)
class Platform:
    database: Database
    images: ImageFiles
    key: SigningKey
    token: str

    @classmethod
    def open(cls, folder: Path, database_url: str | None = None) -> Platform:
        """The platform in ``folder``: its secrets, its images and, unless ``database_url`` names another, its database."""
        database = Database(database_url) if database_url else Database.embedded(folder)
        return cls(database, ImageFiles(folder / "images"), platform_key(folder), supervisor_token(folder))


def _of_this_app(request: Request) -> Platform:
    return request.app.state.platform


# a parameter of this type in a route is the platform the app was made for
ThePlatform = Annotated[Platform, Depends(_of_this_app)]
