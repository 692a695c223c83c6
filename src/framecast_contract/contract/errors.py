"""The one error of this room: the contract on disk cannot be used."""


class ContractError(Exception):
    """The contract is missing, unreadable or contradicts itself. The message is one line: where, and what."""
