"""Webhooks at work: receivers that react as told, and deliveries that end a certain way."""

from uuid import UUID

from framecast_client.models import WebhookDelivery
from framecast_contract.target.arrivals import Receiver
from framecast_contract.target.people import Persona


async def failed_delivery_of(owner: Persona, webhook_id: UUID | str, receiver: Receiver) -> WebhookDelivery:
    """A test delivery that the receiver refuses with 400, which is final."""
    await receiver.react(400)
    return await owner.client.test_webhook(webhook_id)
