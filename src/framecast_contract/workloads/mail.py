"""Reading the mail that a server sent to somebody."""

from framecast_contract.target.arrivals import Mail
from framecast_contract.target.base import Target
from framecast_contract.target.waiting import poll_until


async def mail_to(target: Target, address: str, count: int = 1) -> list[Mail]:
    """The first `count` mails to an address, oldest first; waits a minute for them (capability `outbox`).

    Addresses compare without regard to case. Raises `PollTimeoutError` when fewer mails arrive.
    """

    async def arrived() -> list[Mail] | None:
        await target.settle()
        found = [mail for mail in await target.outbox() if mail.to.casefold() == address.casefold()]
        return found[:count] if len(found) >= count else None

    return await poll_until(arrived, description=f"{count} mail(s) to {address}")
