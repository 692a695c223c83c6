"""The methods of the clients, grouped by area. Generated; do not edit."""

from .account import AsyncAccount, SyncAccount
from .api_keys import AsyncApiKeys, SyncApiKeys
from .internal import AsyncInternal, SyncInternal
from .jobs import AsyncJobs, SyncJobs
from .service import AsyncService, SyncService
from .specs import AsyncSpecs, SyncSpecs
from .system_assets import AsyncSystemAssets, SyncSystemAssets

__all__ = [
    "AsyncService",
    "SyncService",
    "AsyncAccount",
    "SyncAccount",
    "AsyncApiKeys",
    "SyncApiKeys",
    "AsyncSpecs",
    "SyncSpecs",
    "AsyncJobs",
    "SyncJobs",
    "AsyncInternal",
    "SyncInternal",
    "AsyncSystemAssets",
    "SyncSystemAssets",
]
