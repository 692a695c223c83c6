"""Which tests should notice which planted defects.

With `--each-defect` such a test runs once per defect that names it in `caught_by`, and once without any,
which it has to pass. Every run is an item of its own: `test_x with no-refund-after-timeout[100-40]`.
"""

from framecast_contract.sandbox.defects import DEFECTS


def runs_of(test: str) -> list[str | None]:
    """What to plant for the runs of a test: each defect it should notice, then nothing; [] for others."""
    noticed = [defect.id for defect in DEFECTS.values() if test in defect.caught_by]
    return [*noticed, None] if noticed else []
