"""Defects of how event streams end, and of the event that ends a job."""

from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace
from framecast_contract.sandbox.lifecycle import TERMINAL

_STREAM = "tests/lifecycle/test_event_stream.py"
_WHOLE = f"{_STREAM}::test_a_finished_stream_tells_everything_in_order_and_ends"
_FRAMES = f"{_STREAM}::test_every_frame_holds_one_line_of_json"
_FOLLOWED = f"{_STREAM}::test_an_open_stream_follows_the_job_to_its_end"
_CANCELED = "tests/properties/test_races.py::test_a_job_is_canceled_once[50]"
_ENDINGS = "tests/properties/test_races.py::test_one_ending_wins"


def _end_twice(sandbox: Sandbox) -> None:
    append = sandbox.events.append

    def stutter(job_id: str, kind: str, data: dict[str, Any]) -> None:
        for _ in range(2 if kind in TERMINAL else 1):
            append(job_id, kind, data)

    replace(sandbox.events.append, stutter)


def _end_withheld(sandbox: Sandbox) -> None:
    alter(sandbox.events.after, lambda rows: [row for row in rows if row["type"] not in TERMINAL])


def _failure_told_as_cancellation(sandbox: Sandbox) -> None:
    append = sandbox.events.append
    replace(
        sandbox.events.append,
        lambda job_id, kind, data: append(job_id, "canceled" if kind == "failed" else kind, data),
    )


DEFECTS = (
    Defect(
        "end-told-twice", "EVENT-7", "The end of a job makes two events.", _end_twice, (_WHOLE, _CANCELED)
    ),
    Defect(
        "end-withheld",
        "EVENT-8",
        "Streams close without the event that ends the job.",
        _end_withheld,
        (_WHOLE, _FRAMES),
    ),
    Defect(
        "open-stream-cut",
        "EVENT-8",
        "A stream closes after what is stored, although the job has not ended.",
        lambda sandbox: fix(sandbox.events.is_over, True),
        (_FOLLOWED,),
    ),
    Defect(
        "failure-told-as-cancellation",
        "EVENT-14",
        "The last event of a failed job says that it was canceled.",
        _failure_told_as_cancellation,
        (f"{_ENDINGS}[failed-canceled]", f"{_ENDINGS}[failed-failed]"),
    ),
)
