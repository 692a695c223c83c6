"""The methods of the area `service`, for both clients. Generated; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import operations
from .._async_client import AsyncClient
from .._sync_client import SyncClient

if TYPE_CHECKING:
    pass


class AsyncService(AsyncClient):
    """The asynchronous methods of the area `service`."""

    async def get_root(self) -> str:
        """Read the product name and version.

        Answers with one line of text, such as `Framecast API v0.0.1-SNAPSHOT`. Needs no credentials and
        ignores wrong ones. Has no rate limit.

        `GET /`
        """
        return await self.call(operations.get_root())

    async def get_health(self) -> str:
        """Ask whether the server is up.

        Answers `OK` while the server can answer at all. Needs no credentials and ignores wrong ones. Has
        no rate limit.

        `GET /health`
        """
        return await self.call(operations.get_health())


class SyncService(SyncClient):
    """The blocking methods of the area `service`."""

    def get_root(self) -> str:
        """Read the product name and version.

        Answers with one line of text, such as `Framecast API v0.0.1-SNAPSHOT`. Needs no credentials and
        ignores wrong ones. Has no rate limit.

        `GET /`
        """
        return self.call(operations.get_root())

    def get_health(self) -> str:
        """Ask whether the server is up.

        Answers `OK` while the server can answer at all. Needs no credentials and ignores wrong ones. Has
        no rate limit.

        `GET /health`
        """
        return self.call(operations.get_health())
