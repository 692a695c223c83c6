"""The methods of the area `service`, for both clients. Generated; do not edit."""

from __future__ import annotations

from .. import operations
from .._client import AsyncClient, SyncClient


class AsyncService(AsyncClient):
    """The asynchronous methods of the area `service`."""

    async def get_root(self) -> str:
        """Read the product name and version.

        Answers with one line of text, such as `Framecast API v0.0.1-SNAPSHOT`. Needs no credentials and
        ignores wrong ones. Has no rate limit.
        """
        request = operations.get_root()
        return (await self.send(request)).result

    async def get_health(self) -> str:
        """Ask whether the server is up.

        Answers `OK` while the server can answer at all. Needs no credentials and ignores wrong ones. Has
        no rate limit.
        """
        request = operations.get_health()
        return (await self.send(request)).result


class SyncService(SyncClient):
    """The blocking methods of the area `service`."""

    def get_root(self) -> str:
        """Read the product name and version.

        Answers with one line of text, such as `Framecast API v0.0.1-SNAPSHOT`. Needs no credentials and
        ignores wrong ones. Has no rate limit.
        """
        request = operations.get_root()
        return self.send(request).result

    def get_health(self) -> str:
        """Ask whether the server is up.

        Answers `OK` while the server can answer at all. Needs no credentials and ignores wrong ones. Has
        no rate limit.
        """
        request = operations.get_health()
        return self.send(request).result
