"""All requests of the contract, to `send` or `stream` with a client. Generated; do not edit.

An area is imported when it is first used: that keeps the import of the package short.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account import DELETE_ACCOUNT as DELETE_ACCOUNT
    from .account import GET_ACCOUNT as GET_ACCOUNT
    from .account import GET_WHOAMI as GET_WHOAMI
    from .account import UPDATE_ACCOUNT as UPDATE_ACCOUNT
    from .account import UPGRADE_ACCOUNT as UPGRADE_ACCOUNT
    from .account import delete_account as delete_account
    from .account import get_account as get_account
    from .account import get_whoami as get_whoami
    from .account import update_account as update_account
    from .account import upgrade_account as upgrade_account
    from .api_keys import CREATE_API_KEY as CREATE_API_KEY
    from .api_keys import GET_API_KEY as GET_API_KEY
    from .api_keys import LIST_API_KEYS as LIST_API_KEYS
    from .api_keys import REVOKE_API_KEY as REVOKE_API_KEY
    from .api_keys import UPDATE_API_KEY as UPDATE_API_KEY
    from .api_keys import create_api_key as create_api_key
    from .api_keys import get_api_key as get_api_key
    from .api_keys import list_api_keys as list_api_keys
    from .api_keys import revoke_api_key as revoke_api_key
    from .api_keys import update_api_key as update_api_key
    from .artifacts import CREATE_CHARACTER as CREATE_CHARACTER
    from .artifacts import CREATE_STORYBOARD as CREATE_STORYBOARD
    from .artifacts import DELETE_ARTIFACT as DELETE_ARTIFACT
    from .artifacts import GET_ARTIFACT as GET_ARTIFACT
    from .artifacts import LIST_ARTIFACTS as LIST_ARTIFACTS
    from .artifacts import RENDER_ARTIFACT as RENDER_ARTIFACT
    from .artifacts import create_character as create_character
    from .artifacts import create_storyboard as create_storyboard
    from .artifacts import delete_artifact as delete_artifact
    from .artifacts import get_artifact as get_artifact
    from .artifacts import list_artifacts as list_artifacts
    from .artifacts import render_artifact as render_artifact
    from .assets import CONFIRM_ASSET_UPLOAD as CONFIRM_ASSET_UPLOAD
    from .assets import CREATE_ASSET_UPLOAD_URL as CREATE_ASSET_UPLOAD_URL
    from .assets import DELETE_ASSET as DELETE_ASSET
    from .assets import GET_ASSET as GET_ASSET
    from .assets import LIST_ASSETS as LIST_ASSETS
    from .assets import confirm_asset_upload as confirm_asset_upload
    from .assets import create_asset_upload_url as create_asset_upload_url
    from .assets import delete_asset as delete_asset
    from .assets import get_asset as get_asset
    from .assets import list_assets as list_assets
    from .conversations import CREATE_CONVERSATION as CREATE_CONVERSATION
    from .conversations import DELETE_CONVERSATION as DELETE_CONVERSATION
    from .conversations import GET_CONVERSATION as GET_CONVERSATION
    from .conversations import LIST_CONVERSATIONS as LIST_CONVERSATIONS
    from .conversations import LIST_MESSAGES as LIST_MESSAGES
    from .conversations import SEND_MESSAGE as SEND_MESSAGE
    from .conversations import UPDATE_CONVERSATION as UPDATE_CONVERSATION
    from .conversations import create_conversation as create_conversation
    from .conversations import delete_conversation as delete_conversation
    from .conversations import get_conversation as get_conversation
    from .conversations import list_conversations as list_conversations
    from .conversations import list_messages as list_messages
    from .conversations import send_message as send_message
    from .conversations import update_conversation as update_conversation
    from .internal import RECEIVE_JOB_CALLBACK as RECEIVE_JOB_CALLBACK
    from .internal import receive_job_callback as receive_job_callback
    from .invitations import ACCEPT_INVITATION as ACCEPT_INVITATION
    from .invitations import CREATE_INVITATION as CREATE_INVITATION
    from .invitations import DECLINE_INVITATION as DECLINE_INVITATION
    from .invitations import LIST_INVITATIONS as LIST_INVITATIONS
    from .invitations import RESEND_INVITATION as RESEND_INVITATION
    from .invitations import REVOKE_INVITATION as REVOKE_INVITATION
    from .invitations import accept_invitation as accept_invitation
    from .invitations import create_invitation as create_invitation
    from .invitations import decline_invitation as decline_invitation
    from .invitations import list_invitations as list_invitations
    from .invitations import resend_invitation as resend_invitation
    from .invitations import revoke_invitation as revoke_invitation
    from .jobs import CANCEL_JOB as CANCEL_JOB
    from .jobs import CLONE_JOB as CLONE_JOB
    from .jobs import CREATE_JOB as CREATE_JOB
    from .jobs import DELETE_JOB as DELETE_JOB
    from .jobs import GET_JOB as GET_JOB
    from .jobs import GET_JOB_EVENTS as GET_JOB_EVENTS
    from .jobs import LIST_JOBS as LIST_JOBS
    from .jobs import cancel_job as cancel_job
    from .jobs import clone_job as clone_job
    from .jobs import create_job as create_job
    from .jobs import delete_job as delete_job
    from .jobs import get_job as get_job
    from .jobs import get_job_events as get_job_events
    from .jobs import list_jobs as list_jobs
    from .members import LEAVE_TEAM as LEAVE_TEAM
    from .members import LIST_MEMBERS as LIST_MEMBERS
    from .members import REMOVE_MEMBER as REMOVE_MEMBER
    from .members import UPDATE_MEMBER_ROLE as UPDATE_MEMBER_ROLE
    from .members import leave_team as leave_team
    from .members import list_members as list_members
    from .members import remove_member as remove_member
    from .members import update_member_role as update_member_role
    from .projects import ARCHIVE_PROJECT as ARCHIVE_PROJECT
    from .projects import CREATE_PROJECT as CREATE_PROJECT
    from .projects import CREATE_PROJECT_JOB as CREATE_PROJECT_JOB
    from .projects import DELETE_PROJECT as DELETE_PROJECT
    from .projects import GET_PROJECT as GET_PROJECT
    from .projects import LIST_PROJECTS as LIST_PROJECTS
    from .projects import UNARCHIVE_PROJECT as UNARCHIVE_PROJECT
    from .projects import UPDATE_PROJECT as UPDATE_PROJECT
    from .projects import UPDATE_PROJECT_SPEC as UPDATE_PROJECT_SPEC
    from .projects import archive_project as archive_project
    from .projects import create_project as create_project
    from .projects import create_project_job as create_project_job
    from .projects import delete_project as delete_project
    from .projects import get_project as get_project
    from .projects import list_projects as list_projects
    from .projects import unarchive_project as unarchive_project
    from .projects import update_project as update_project
    from .projects import update_project_spec as update_project_spec
    from .service import GET_HEALTH as GET_HEALTH
    from .service import GET_ROOT as GET_ROOT
    from .service import get_health as get_health
    from .service import get_root as get_root
    from .specs import ESTIMATE_SPEC as ESTIMATE_SPEC
    from .specs import VALIDATE_SPEC as VALIDATE_SPEC
    from .specs import estimate_spec as estimate_spec
    from .specs import validate_spec as validate_spec
    from .system_assets import GET_SYSTEM_ASSET as GET_SYSTEM_ASSET
    from .system_assets import LIST_SYSTEM_ASSETS as LIST_SYSTEM_ASSETS
    from .system_assets import get_system_asset as get_system_asset
    from .system_assets import list_system_assets as list_system_assets
    from .teams import CREATE_TEAM as CREATE_TEAM
    from .teams import DELETE_TEAM as DELETE_TEAM
    from .teams import GET_TEAM as GET_TEAM
    from .teams import LIST_TEAMS as LIST_TEAMS
    from .teams import UPDATE_TEAM as UPDATE_TEAM
    from .teams import create_team as create_team
    from .teams import delete_team as delete_team
    from .teams import get_team as get_team
    from .teams import list_teams as list_teams
    from .teams import update_team as update_team
    from .webhooks import CREATE_WEBHOOK as CREATE_WEBHOOK
    from .webhooks import DELETE_WEBHOOK as DELETE_WEBHOOK
    from .webhooks import GET_WEBHOOK as GET_WEBHOOK
    from .webhooks import LIST_WEBHOOK_DELIVERIES as LIST_WEBHOOK_DELIVERIES
    from .webhooks import LIST_WEBHOOKS as LIST_WEBHOOKS
    from .webhooks import RETRY_WEBHOOK_DELIVERY as RETRY_WEBHOOK_DELIVERY
    from .webhooks import ROTATE_WEBHOOK_SECRET as ROTATE_WEBHOOK_SECRET
    from .webhooks import TEST_WEBHOOK as TEST_WEBHOOK
    from .webhooks import UPDATE_WEBHOOK as UPDATE_WEBHOOK
    from .webhooks import create_webhook as create_webhook
    from .webhooks import delete_webhook as delete_webhook
    from .webhooks import get_webhook as get_webhook
    from .webhooks import list_webhook_deliveries as list_webhook_deliveries
    from .webhooks import list_webhooks as list_webhooks
    from .webhooks import retry_webhook_delivery as retry_webhook_delivery
    from .webhooks import rotate_webhook_secret as rotate_webhook_secret
    from .webhooks import test_webhook as test_webhook
    from .webhooks import update_webhook as update_webhook

__all__ = [
    "GET_ROOT",
    "get_root",
    "GET_HEALTH",
    "get_health",
    "GET_WHOAMI",
    "get_whoami",
    "GET_ACCOUNT",
    "get_account",
    "DELETE_ACCOUNT",
    "delete_account",
    "UPDATE_ACCOUNT",
    "update_account",
    "UPGRADE_ACCOUNT",
    "upgrade_account",
    "LIST_API_KEYS",
    "list_api_keys",
    "CREATE_API_KEY",
    "create_api_key",
    "GET_API_KEY",
    "get_api_key",
    "REVOKE_API_KEY",
    "revoke_api_key",
    "UPDATE_API_KEY",
    "update_api_key",
    "LIST_TEAMS",
    "list_teams",
    "CREATE_TEAM",
    "create_team",
    "GET_TEAM",
    "get_team",
    "DELETE_TEAM",
    "delete_team",
    "UPDATE_TEAM",
    "update_team",
    "LIST_MEMBERS",
    "list_members",
    "REMOVE_MEMBER",
    "remove_member",
    "UPDATE_MEMBER_ROLE",
    "update_member_role",
    "LEAVE_TEAM",
    "leave_team",
    "LIST_INVITATIONS",
    "list_invitations",
    "CREATE_INVITATION",
    "create_invitation",
    "REVOKE_INVITATION",
    "revoke_invitation",
    "RESEND_INVITATION",
    "resend_invitation",
    "ACCEPT_INVITATION",
    "accept_invitation",
    "DECLINE_INVITATION",
    "decline_invitation",
    "VALIDATE_SPEC",
    "validate_spec",
    "ESTIMATE_SPEC",
    "estimate_spec",
    "CREATE_JOB",
    "create_job",
    "LIST_JOBS",
    "list_jobs",
    "GET_JOB",
    "get_job",
    "DELETE_JOB",
    "delete_job",
    "CANCEL_JOB",
    "cancel_job",
    "CLONE_JOB",
    "clone_job",
    "GET_JOB_EVENTS",
    "get_job_events",
    "LIST_PROJECTS",
    "list_projects",
    "CREATE_PROJECT",
    "create_project",
    "GET_PROJECT",
    "get_project",
    "DELETE_PROJECT",
    "delete_project",
    "UPDATE_PROJECT",
    "update_project",
    "UPDATE_PROJECT_SPEC",
    "update_project_spec",
    "ARCHIVE_PROJECT",
    "archive_project",
    "UNARCHIVE_PROJECT",
    "unarchive_project",
    "CREATE_PROJECT_JOB",
    "create_project_job",
    "CREATE_ASSET_UPLOAD_URL",
    "create_asset_upload_url",
    "LIST_ASSETS",
    "list_assets",
    "GET_ASSET",
    "get_asset",
    "DELETE_ASSET",
    "delete_asset",
    "CONFIRM_ASSET_UPLOAD",
    "confirm_asset_upload",
    "LIST_ARTIFACTS",
    "list_artifacts",
    "CREATE_STORYBOARD",
    "create_storyboard",
    "CREATE_CHARACTER",
    "create_character",
    "GET_ARTIFACT",
    "get_artifact",
    "DELETE_ARTIFACT",
    "delete_artifact",
    "RENDER_ARTIFACT",
    "render_artifact",
    "LIST_CONVERSATIONS",
    "list_conversations",
    "CREATE_CONVERSATION",
    "create_conversation",
    "GET_CONVERSATION",
    "get_conversation",
    "DELETE_CONVERSATION",
    "delete_conversation",
    "UPDATE_CONVERSATION",
    "update_conversation",
    "LIST_MESSAGES",
    "list_messages",
    "SEND_MESSAGE",
    "send_message",
    "RECEIVE_JOB_CALLBACK",
    "receive_job_callback",
    "LIST_SYSTEM_ASSETS",
    "list_system_assets",
    "GET_SYSTEM_ASSET",
    "get_system_asset",
    "LIST_WEBHOOKS",
    "list_webhooks",
    "CREATE_WEBHOOK",
    "create_webhook",
    "GET_WEBHOOK",
    "get_webhook",
    "DELETE_WEBHOOK",
    "delete_webhook",
    "UPDATE_WEBHOOK",
    "update_webhook",
    "ROTATE_WEBHOOK_SECRET",
    "rotate_webhook_secret",
    "TEST_WEBHOOK",
    "test_webhook",
    "LIST_WEBHOOK_DELIVERIES",
    "list_webhook_deliveries",
    "RETRY_WEBHOOK_DELIVERY",
    "retry_webhook_delivery",
]

_PLACES: dict[str, str] = {
    "GET_ROOT": "service",
    "get_root": "service",
    "GET_HEALTH": "service",
    "get_health": "service",
    "GET_WHOAMI": "account",
    "get_whoami": "account",
    "GET_ACCOUNT": "account",
    "get_account": "account",
    "DELETE_ACCOUNT": "account",
    "delete_account": "account",
    "UPDATE_ACCOUNT": "account",
    "update_account": "account",
    "UPGRADE_ACCOUNT": "account",
    "upgrade_account": "account",
    "LIST_API_KEYS": "api_keys",
    "list_api_keys": "api_keys",
    "CREATE_API_KEY": "api_keys",
    "create_api_key": "api_keys",
    "GET_API_KEY": "api_keys",
    "get_api_key": "api_keys",
    "REVOKE_API_KEY": "api_keys",
    "revoke_api_key": "api_keys",
    "UPDATE_API_KEY": "api_keys",
    "update_api_key": "api_keys",
    "LIST_TEAMS": "teams",
    "list_teams": "teams",
    "CREATE_TEAM": "teams",
    "create_team": "teams",
    "GET_TEAM": "teams",
    "get_team": "teams",
    "DELETE_TEAM": "teams",
    "delete_team": "teams",
    "UPDATE_TEAM": "teams",
    "update_team": "teams",
    "LIST_MEMBERS": "members",
    "list_members": "members",
    "REMOVE_MEMBER": "members",
    "remove_member": "members",
    "UPDATE_MEMBER_ROLE": "members",
    "update_member_role": "members",
    "LEAVE_TEAM": "members",
    "leave_team": "members",
    "LIST_INVITATIONS": "invitations",
    "list_invitations": "invitations",
    "CREATE_INVITATION": "invitations",
    "create_invitation": "invitations",
    "REVOKE_INVITATION": "invitations",
    "revoke_invitation": "invitations",
    "RESEND_INVITATION": "invitations",
    "resend_invitation": "invitations",
    "ACCEPT_INVITATION": "invitations",
    "accept_invitation": "invitations",
    "DECLINE_INVITATION": "invitations",
    "decline_invitation": "invitations",
    "VALIDATE_SPEC": "specs",
    "validate_spec": "specs",
    "ESTIMATE_SPEC": "specs",
    "estimate_spec": "specs",
    "CREATE_JOB": "jobs",
    "create_job": "jobs",
    "LIST_JOBS": "jobs",
    "list_jobs": "jobs",
    "GET_JOB": "jobs",
    "get_job": "jobs",
    "DELETE_JOB": "jobs",
    "delete_job": "jobs",
    "CANCEL_JOB": "jobs",
    "cancel_job": "jobs",
    "CLONE_JOB": "jobs",
    "clone_job": "jobs",
    "GET_JOB_EVENTS": "jobs",
    "get_job_events": "jobs",
    "LIST_PROJECTS": "projects",
    "list_projects": "projects",
    "CREATE_PROJECT": "projects",
    "create_project": "projects",
    "GET_PROJECT": "projects",
    "get_project": "projects",
    "DELETE_PROJECT": "projects",
    "delete_project": "projects",
    "UPDATE_PROJECT": "projects",
    "update_project": "projects",
    "UPDATE_PROJECT_SPEC": "projects",
    "update_project_spec": "projects",
    "ARCHIVE_PROJECT": "projects",
    "archive_project": "projects",
    "UNARCHIVE_PROJECT": "projects",
    "unarchive_project": "projects",
    "CREATE_PROJECT_JOB": "projects",
    "create_project_job": "projects",
    "CREATE_ASSET_UPLOAD_URL": "assets",
    "create_asset_upload_url": "assets",
    "LIST_ASSETS": "assets",
    "list_assets": "assets",
    "GET_ASSET": "assets",
    "get_asset": "assets",
    "DELETE_ASSET": "assets",
    "delete_asset": "assets",
    "CONFIRM_ASSET_UPLOAD": "assets",
    "confirm_asset_upload": "assets",
    "LIST_ARTIFACTS": "artifacts",
    "list_artifacts": "artifacts",
    "CREATE_STORYBOARD": "artifacts",
    "create_storyboard": "artifacts",
    "CREATE_CHARACTER": "artifacts",
    "create_character": "artifacts",
    "GET_ARTIFACT": "artifacts",
    "get_artifact": "artifacts",
    "DELETE_ARTIFACT": "artifacts",
    "delete_artifact": "artifacts",
    "RENDER_ARTIFACT": "artifacts",
    "render_artifact": "artifacts",
    "LIST_CONVERSATIONS": "conversations",
    "list_conversations": "conversations",
    "CREATE_CONVERSATION": "conversations",
    "create_conversation": "conversations",
    "GET_CONVERSATION": "conversations",
    "get_conversation": "conversations",
    "DELETE_CONVERSATION": "conversations",
    "delete_conversation": "conversations",
    "UPDATE_CONVERSATION": "conversations",
    "update_conversation": "conversations",
    "LIST_MESSAGES": "conversations",
    "list_messages": "conversations",
    "SEND_MESSAGE": "conversations",
    "send_message": "conversations",
    "RECEIVE_JOB_CALLBACK": "internal",
    "receive_job_callback": "internal",
    "LIST_SYSTEM_ASSETS": "system_assets",
    "list_system_assets": "system_assets",
    "GET_SYSTEM_ASSET": "system_assets",
    "get_system_asset": "system_assets",
    "LIST_WEBHOOKS": "webhooks",
    "list_webhooks": "webhooks",
    "CREATE_WEBHOOK": "webhooks",
    "create_webhook": "webhooks",
    "GET_WEBHOOK": "webhooks",
    "get_webhook": "webhooks",
    "DELETE_WEBHOOK": "webhooks",
    "delete_webhook": "webhooks",
    "UPDATE_WEBHOOK": "webhooks",
    "update_webhook": "webhooks",
    "ROTATE_WEBHOOK_SECRET": "webhooks",
    "rotate_webhook_secret": "webhooks",
    "TEST_WEBHOOK": "webhooks",
    "test_webhook": "webhooks",
    "LIST_WEBHOOK_DELIVERIES": "webhooks",
    "list_webhook_deliveries": "webhooks",
    "RETRY_WEBHOOK_DELIVERY": "webhooks",
    "retry_webhook_delivery": "webhooks",
}

if not TYPE_CHECKING:  # a type checker must not believe that every name exists

    def __getattr__(name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f".{_PLACES[name]}", __name__), name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})
