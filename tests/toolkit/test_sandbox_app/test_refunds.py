"""Refunds row by row as job-semantics 4 prints them, the rows included that floating point gets wrong."""

import pytest

from framecast_contract.sandbox.refunds import Refunds

ROWS = """
100 0 100 90
100 10 90 81
100 25.5 74 67
100 33.33 66 60
100 40 60 54
100 66.67 33 29
100 90 10 9
100 99.9 0 0
100 100 0 0
50 45 27 24
30 30 21 18
10 90 1 0
7 0 7 6
7 1 6 6
7 14.28 6 5
7 15 5 5
7 85 1 0
5 33.33 3 3
2 0 2 1
2 50 1 0
1 0 1 0
1 0.01 0 0
0 50 0 0
99 50.5 49 44
101 33.33 67 60
1000 0.1 999 899
1000 99.9 1 0
1001 66.67 333 300
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_the_table(row: str) -> None:
    charged, percent, validation, canceled = row.split()
    outcomes = ("system", "timeout", "validation", "canceled", "completed")
    refunds = [Refunds().refund(outcome, int(charged), float(percent)) for outcome in outcomes]
    assert refunds == [int(charged), int(charged), int(validation), int(canceled), 0]


@pytest.mark.parametrize(("percent", "same_as"), [(None, 0), (-5, 0), (250, 100)])
def test_progress_that_is_missing_or_out_of_range(percent: float | None, same_as: float) -> None:
    refunds = Refunds()
    assert refunds.refund("canceled", 100, percent) == refunds.refund("canceled", 100, same_as)


def test_the_smallest_progress_there_is_still_counts() -> None:
    assert Refunds().refund("validation", 2**31 - 1, 5e-324) == 2**31 - 2
