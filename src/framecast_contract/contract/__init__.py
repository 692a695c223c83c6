"""Reads and indexes the contract: what may be said, and who may say it. No I/O but files."""

from framecast_contract.contract.document import Contract, default_path, load_contract
from framecast_contract.contract.errors import ContractError
from framecast_contract.contract.operations import Access, Link, Operation, Refusal
from framecast_contract.contract.webhooks import Webhook

__all__ = [
    "Access",
    "Contract",
    "ContractError",
    "Link",
    "Operation",
    "Refusal",
    "Webhook",
    "default_path",
    "load_contract",
]
