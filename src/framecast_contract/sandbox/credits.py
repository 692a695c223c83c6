"""Balances: who pays for an owner URN, and moving credits (job-semantics 2)."""

from typing import TYPE_CHECKING

from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.http import Refusal

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

MAX_CREDITS = 2**31 - 1


class Credits:
    """Each method is meant to run inside the transaction of the change it belongs to."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def payer(self, owner: Owner) -> tuple[str, str | None]:
        """Table and id of the row that pays: the team for team and membership URNs, else the person."""
        return ("users", owner.user_id) if owner.team_id is None else ("teams", owner.team_id)

    def balance(self, owner: Owner) -> int:
        """Credits that can be spent; 0 when the payer does not exist."""
        table, payer_id = self.payer(owner)
        row = self._sandbox.database.one(f"SELECT credits FROM {table} WHERE id = ?", payer_id)
        return 0 if row is None else int(row["credits"])

    def require(self, owner: Owner, price: int) -> None:
        """402 when the balance is below the price; exactly enough is enough (E-FUNDS)."""
        if self.balance(owner) < price:
            raise Refusal(402, "INSUFFICIENT_CREDITS", f"the balance does not cover {price} credits")

    def debit(self, owner: Owner, credits: int) -> None:
        self.move(owner, -credits)

    def refund(self, owner: Owner, credits: int) -> None:
        self.move(owner, credits)

    def move(self, owner: Owner, credits: int) -> None:
        """Add to a balance (or take, when negative)."""
        if credits:
            self.set(owner, self.balance(owner) + credits)

    def set(self, owner: Owner, credits: int) -> bool:
        """Set a balance; False when nobody is there to have it."""
        table, payer_id = self.payer(owner)
        moment = self._sandbox.stamp()
        changed = self._sandbox.database.run(
            f"UPDATE {table} SET credits = ?, updated_at = ? WHERE id = ?", credits, moment, payer_id
        )
        return changed == 1
