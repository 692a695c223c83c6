"""Working stand-ins for the services a Framecast server calls, speaking their real wire formats.

`Doubles` holds them all. One implementation per service, two ways in: `Doubles.transport()` for a server in
this process, `Doubles.serve()` for one in another.
"""

from framecast_contract.doubles.anthropic import Anthropic
from framecast_contract.doubles.bundle import Doubles
from framecast_contract.doubles.inngest import Inngest
from framecast_contract.doubles.mail import Mail
from framecast_contract.doubles.object_store import ObjectStore
from framecast_contract.doubles.receiver import Reaction, Received, WebhookReceiver
from framecast_contract.doubles.recording import Call, DoubleMismatch
from framecast_contract.doubles.render_plan import RenderPlan
from framecast_contract.doubles.runpod import RunPod
from framecast_contract.doubles.runpod_job import RunPodStatus

__all__ = [
    "Anthropic",
    "Call",
    "DoubleMismatch",
    "Doubles",
    "Inngest",
    "Mail",
    "ObjectStore",
    "Reaction",
    "Received",
    "RenderPlan",
    "RunPod",
    "RunPodStatus",
    "WebhookReceiver",
]
