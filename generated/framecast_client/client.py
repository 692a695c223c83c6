"""The two clients: every operation as a method. Generated; do not edit."""

from .methods import (
    AsyncAccount,
    AsyncApiKeys,
    AsyncArtifacts,
    AsyncAssets,
    AsyncConversations,
    AsyncInternal,
    AsyncInvitations,
    AsyncJobs,
    AsyncMembers,
    AsyncProjects,
    AsyncService,
    AsyncSpecs,
    AsyncSystemAssets,
    AsyncTeams,
    AsyncWebhooks,
    SyncAccount,
    SyncApiKeys,
    SyncArtifacts,
    SyncAssets,
    SyncConversations,
    SyncInternal,
    SyncInvitations,
    SyncJobs,
    SyncMembers,
    SyncProjects,
    SyncService,
    SyncSpecs,
    SyncSystemAssets,
    SyncTeams,
    SyncWebhooks,
)


class FramecastClient(
    AsyncService,
    AsyncAccount,
    AsyncApiKeys,
    AsyncTeams,
    AsyncMembers,
    AsyncInvitations,
    AsyncSpecs,
    AsyncJobs,
    AsyncProjects,
    AsyncAssets,
    AsyncArtifacts,
    AsyncConversations,
    AsyncInternal,
    AsyncSystemAssets,
    AsyncWebhooks,
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
    SyncService,
    SyncAccount,
    SyncApiKeys,
    SyncTeams,
    SyncMembers,
    SyncInvitations,
    SyncSpecs,
    SyncJobs,
    SyncProjects,
    SyncAssets,
    SyncArtifacts,
    SyncConversations,
    SyncInternal,
    SyncSystemAssets,
    SyncWebhooks,
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
