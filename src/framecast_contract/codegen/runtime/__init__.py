"""The part of the client that does not depend on the contract: plain code, copied into the package."""
