"""Which tests should notice which planted defects, and telling apart the runs of one test among them.

With `--each-defect` such a test runs once per defect that names it in `caught_by`, and once on the sound
sandbox. The name of the run carries the defect: `test_x[100-40-system-defect=no-refund-after-system-failure]`.
"""

import re

from framecast_contract.sandbox.defects import DEFECTS

SOUND = "none"
"""What stands in the place of a defect's id in the name of a run without one."""

_RUN = re.compile(
    r"(?P<function>.+?)(?:\[(?:(?P<parameters>.*)-)?defect=(?P<defect>[a-z0-9-]+)\])", re.DOTALL
)


def run_name(defect: str | None) -> str:
    """The part that a defect, or None for the sound sandbox, has in the name of a run."""
    return f"defect={defect or SOUND}"


def split(test: str) -> tuple[str, str | None]:
    """A test's id without the part that names a defect, and the id of that defect or `SOUND`, if any."""
    match = _RUN.fullmatch(test)
    if match is None:
        return test, None
    parameters = match["parameters"]
    return match["function"] + (f"[{parameters}]" if parameters is not None else ""), match["defect"]


def defects_for(function: str) -> list[str]:
    """The defects that some run of this test function should notice."""
    return [
        defect.id
        for defect in DEFECTS.values()
        if any(test.partition("[")[0] == function for test in defect.caught_by)
    ]


def should_notice(test: str, defect: str) -> bool:
    """Whether this very run of a test should notice the defect; for `SOUND`, whether it should notice any."""
    planted = DEFECTS.values() if defect == SOUND else (DEFECTS[defect],)
    return any(_covers(named, test) for each in planted for named in each.caught_by)


def _covers(named: str, test: str) -> bool:
    return test == named or test.startswith(f"{named}[")
