"""The embedded Framecast: a small, correct server with a real database, for tests and for front-end work."""

from framecast_contract.sandbox.app import Sandbox
from framecast_contract.sandbox.serve import AddressInUse, serve
from framecast_contract.sandbox.settings import RateLimits, Settings

__all__ = ["AddressInUse", "RateLimits", "Sandbox", "Settings", "serve"]
