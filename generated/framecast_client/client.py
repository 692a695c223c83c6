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
            print(await client.get_whoami())

    Args:
        base_url: The server, without the path of an operation.
        token: A JWT or an API key, or a function that gives the present one before every try; none for
            operations that need none.
        strict: Whether anything that the contract does not declare is a `ContractViolation`: a status, media
            type, header, member or value. Otherwise what a newer server may add does no harm: values that no
            enum has stay text, objects keep members nobody knows.
        timeout: Seconds to wait for an answer.
        stream_timeout: Seconds an event stream may be silent.
        retries: When to try again; `NO_RETRIES` for never.
        headers: Added to every request.
        on_try: Called after every try, for logs and metrics; what it gets prints as one line without secrets.
        transport: What replaces the network: any transport of httpx, such as an application in the same
            process.
        upload_transport: The same for stores that take files.
        limits: How many connections to hold.
        ignored_headers: Undeclared headers that strict mode passes over, as names or patterns: `cf-*`.
        clock: Time, chance and sleep, for tests.
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
            print(client.get_whoami())

    Args:
        base_url: The server, without the path of an operation.
        token: A JWT or an API key, or a function that gives the present one before every try; none for
            operations that need none.
        strict: Whether anything that the contract does not declare is a `ContractViolation`: a status, media
            type, header, member or value. Otherwise what a newer server may add does no harm: values that no
            enum has stay text, objects keep members nobody knows.
        timeout: Seconds to wait for an answer.
        stream_timeout: Seconds an event stream may be silent.
        retries: When to try again; `NO_RETRIES` for never.
        headers: Added to every request.
        on_try: Called after every try, for logs and metrics; what it gets prints as one line without secrets.
        transport: What replaces the network: any transport of httpx, such as an application in the same
            process.
        upload_transport: The same for stores that take files.
        limits: How many connections to hold.
        ignored_headers: Undeclared headers that strict mode passes over, as names or patterns: `cf-*`.
        clock: Time, chance and sleep, for tests.
    """

    user_agent = "framecast-client/0.0.1-SNAPSHOT"
