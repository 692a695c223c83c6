"""The two clients: every operation as a method. Generated; do not edit."""

from .methods import (
    AsyncAccount,
    AsyncApiKeys,
    AsyncInternal,
    AsyncJobs,
    AsyncService,
    AsyncSpecs,
    AsyncSystemAssets,
    SyncAccount,
    SyncApiKeys,
    SyncInternal,
    SyncJobs,
    SyncService,
    SyncSpecs,
    SyncSystemAssets,
)


class FramecastClient(
    AsyncService, AsyncAccount, AsyncApiKeys, AsyncSpecs, AsyncJobs, AsyncInternal, AsyncSystemAssets
):
    """The asynchronous client. Open one and share it.

        async with FramecastClient(base_url, token) as client:
            account = await client.get_account()

    Args:
        base_url: The server, without `/v1`.
        token: A JWT or an API key; none for operations that need none.
        transport: What replaces the network, such as an application in the same process.
        timeout: Seconds to wait for an answer.
        stream_timeout: Seconds an event stream may be silent.
        headers: Added to every request.
    """

    user_agent = "framecast-client/0.0.1-SNAPSHOT"


class SyncFramecastClient(
    SyncService, SyncAccount, SyncApiKeys, SyncSpecs, SyncJobs, SyncInternal, SyncSystemAssets
):
    """The blocking client. Open one and share it.

        with SyncFramecastClient(base_url, token) as client:
            account = client.get_account()

    Args:
        base_url: The server, without `/v1`.
        token: A JWT or an API key; none for operations that need none.
        transport: What replaces the network, such as an application in the same process.
        timeout: Seconds to wait for an answer.
        stream_timeout: Seconds an event stream may be silent.
        headers: Added to every request.
    """

    user_agent = "framecast-client/0.0.1-SNAPSHOT"
