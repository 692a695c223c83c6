"""Validating and pricing storyboards for a caller: the two spec operations (jobs-and-rendering 5)."""

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import specs
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.http import Call, Caller, invalid, members, required, text

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

_GENERATION_SECONDS_PER_SECOND = 6
"""How much longer a render takes than its video; an estimate the facts leave open."""


class Storyboards:
    """What a spec is worth: its findings and its price. `rules` is the set a planted defect may thin out."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self.rules = specs.SPEC_RULES

    def validate_spec(self, call: Call) -> Response:
        """Every finding, for valid and invalid specs alike; nothing is stored or charged."""
        report = self.report(call.caller, required(members(call.body(), "spec"), "spec"))
        return JSONResponse(
            {
                "valid": report.valid,
                "errors": [finding.as_dict() for finding in report.errors],
                "warnings": [finding.as_dict() for finding in report.warnings],
            }
        )

    def estimate_spec(self, call: Call) -> Response:
        """The price of a spec, scene by scene; a balance that is too small is only a warning."""
        body = call.body()
        spec, urn = required(members(body, "spec"), "spec"), text(body, "owner")
        owner = self._sandbox.access.owner_for(call.caller, urn)
        self.require_valid(call.caller, spec)
        return JSONResponse(self.estimate(spec) | {"warnings": self.warnings(owner, spec)})

    def estimate(self, spec: dict[str, Any]) -> dict[str, Any]:
        duration = specs.total_duration(spec)
        return {
            "estimated_duration_seconds": specs.json_number(duration),
            "estimated_credits": self.price(spec),
            "estimated_generation_time_seconds": float(duration) * _GENERATION_SECONDS_PER_SECOND,
            "scenes": [
                {
                    "id": scene["id"],
                    "duration": scene["duration"],
                    "credits": self.scene_price(scene["duration"]),
                }
                for scene in spec["scenes"]
            ],
        }

    def warnings(self, owner: Owner, spec: dict[str, Any]) -> list[dict[str, str]]:
        balance, price = self._sandbox.credits.balance(owner), self.price(spec)
        if balance >= price:
            return []
        return [{"message": f"the balance of {balance} credits does not cover {price}"}]

    def report(self, caller: Caller, spec: dict[str, Any]) -> specs.Report:
        return specs.validate(spec, self._sandbox.assets.seen_by(caller), self.rules)

    def require_valid(self, caller: Caller, spec: dict[str, Any]) -> None:
        """400 when at least one rule is broken (E-SPEC)."""
        if not self.report(caller, spec).valid:
            raise invalid("spec breaks the storyboard rules; POST /v1/spec/validate lists them")

    def price(self, spec: dict[str, Any]) -> int:
        """Credits a render of this spec costs (job-semantics 3)."""
        return sum(self.scene_price(scene["duration"]) for scene in spec["scenes"])

    def scene_price(self, duration: Any) -> int:
        return specs.scene_credits(duration)
