"""All requests of the contract, to `send` or `stream` with a client. Generated; do not edit."""

from .account import get_account, get_whoami, update_account, upgrade_account
from .api_keys import create_api_key, get_api_key, list_api_keys, revoke_api_key, update_api_key
from .internal import receive_job_callback
from .jobs import cancel_job, clone_job, create_job, delete_job, get_job, get_job_events, list_jobs
from .service import get_health, get_root
from .specs import estimate_spec, validate_spec
from .system_assets import get_system_asset, list_system_assets

__all__ = [
    "get_root",
    "get_health",
    "get_whoami",
    "get_account",
    "update_account",
    "upgrade_account",
    "list_api_keys",
    "create_api_key",
    "get_api_key",
    "revoke_api_key",
    "update_api_key",
    "validate_spec",
    "estimate_spec",
    "create_job",
    "list_jobs",
    "get_job",
    "delete_job",
    "cancel_job",
    "clone_job",
    "get_job_events",
    "receive_job_callback",
    "list_system_assets",
    "get_system_asset",
]
