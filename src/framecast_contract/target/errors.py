"""What can be wrong with a target before any test."""


class TargetError(Exception):
    """The target cannot be used: it is not reachable, not Framecast, or refuses our credentials."""
