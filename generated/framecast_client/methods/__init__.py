"""The methods of the clients, grouped by area. Generated; do not edit."""

from .account import AsyncAccount, SyncAccount
from .api_keys import AsyncApiKeys, SyncApiKeys
from .artifacts import AsyncArtifacts, SyncArtifacts
from .assets import AsyncAssets, SyncAssets
from .conversations import AsyncConversations, SyncConversations
from .internal import AsyncInternal, SyncInternal
from .invitations import AsyncInvitations, SyncInvitations
from .jobs import AsyncJobs, SyncJobs
from .members import AsyncMembers, SyncMembers
from .projects import AsyncProjects, SyncProjects
from .service import AsyncService, SyncService
from .specs import AsyncSpecs, SyncSpecs
from .system_assets import AsyncSystemAssets, SyncSystemAssets
from .teams import AsyncTeams, SyncTeams
from .webhooks import AsyncWebhooks, SyncWebhooks

__all__ = [
    "AsyncService",
    "SyncService",
    "AsyncAccount",
    "SyncAccount",
    "AsyncApiKeys",
    "SyncApiKeys",
    "AsyncTeams",
    "SyncTeams",
    "AsyncMembers",
    "SyncMembers",
    "AsyncInvitations",
    "SyncInvitations",
    "AsyncSpecs",
    "SyncSpecs",
    "AsyncJobs",
    "SyncJobs",
    "AsyncProjects",
    "SyncProjects",
    "AsyncAssets",
    "SyncAssets",
    "AsyncArtifacts",
    "SyncArtifacts",
    "AsyncConversations",
    "SyncConversations",
    "AsyncInternal",
    "SyncInternal",
    "AsyncSystemAssets",
    "SyncSystemAssets",
    "AsyncWebhooks",
    "SyncWebhooks",
]
