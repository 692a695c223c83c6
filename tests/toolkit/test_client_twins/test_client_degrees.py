"""Reading one type strictly, openly and plainly, in any order: no degree may leak into another."""

from __future__ import annotations

import json
import warnings
from itertools import permutations
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from framecast_client import models
from framecast_client._validators import closed, open_to_news, plain, read_json

DEGREES: dict[str, Any] = {"plain": plain, "closed": closed, "open": open_to_news}
ORDERS = list(permutations(DEGREES))
NESTED = {
    "scenes": ["a"],
    "pace": "fast",
    "transition": {"type": "fade", "effects": [{"name": "x", "from": 1.0}]},
}


@pytest.fixture
def forgotten() -> None:
    """As in a new process: no validator was made yet."""
    for degree in DEGREES.values():
        degree.cache_clear()


def takes(degree: str, wanted: Any, value: object) -> bool:
    try:
        DEGREES[degree](wanted).validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return False
    return True


PREVIEW = {"scene_id": "a", "url": "u", "generated_at": "2026-01-01T00:00:00Z"}
CHECKS = [
    (models.JobProgress, {"percent": 5.0, "previews": [PREVIEW]}, {"plain", "closed", "open"}),
    (models.JobProgress, {"percent": 101.0}, {"open"}),
    (models.JobProgress, {"phase": "dreaming"}, {"open"}),
    (models.JobProgress, {"fps": 24}, {"plain", "open"}),
    (models.JobProgress, {"previews": [{**PREVIEW, "size": 1}]}, {"plain", "open"}),
    (models.JobProgress, {"percent": "5"}, set()),
    (models.JobProgress, {"previews": [{"scene_id": "a"}]}, set()),
    (list[models.JobProgress], [{"fps": 24}], {"plain", "open"}),
    (list[models.JobProgress], [{"percent": -1.0}], {"open"}),
    (models.TimelineElement, {"montage": NESTED}, {"plain", "closed", "open"}),
    (models.TimelineElement, {"teleport": 1}, {"open"}),
    (models.TimelineElement, "teleport", set()),
]


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_each_degree_takes_the_same_whichever_came_first(order: tuple[str, ...]) -> None:
    found = [{degree for degree in order if takes(degree, wanted, value)} for wanted, value, _ in CHECKS]

    assert found == [wanted for _, _, wanted in CHECKS]


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_the_models_themselves_stay_as_the_contract_says(order: tuple[str, ...]) -> None:
    for degree in order:
        takes(degree, list[models.Job], [])
        takes(degree, models.JobProgress, {"fps": 24})

    models.JobProgress.model_validate({"fps": 24})
    TypeAdapter(models.JobProgress).validate_python({"fps": 24})
    with pytest.raises(ValidationError):
        models.JobProgress.model_validate({"percent": 101})
    with pytest.raises(ValidationError):
        models.JobProgress(percent=101)


@pytest.mark.usefixtures("forgotten")
def test_after_an_open_reading_the_plain_one_insists_on_kinds_as_before() -> None:
    wanted = models.JobProgress
    news = read_json(wanted, b'{"percent": 101.0}', strict=False)

    assert news.percent == 101.0
    assert read_json(wanted, b'{"percent": 5}', strict=False) == wanted(percent=5)
    for wrong in (b'{"percent": "5"}', b'{"percent": true}', b'{"phase": 1}', b"[]", b"{"):
        with pytest.raises(ValidationError):
            read_json(wanted, wrong, strict=False)


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("degree", DEGREES)
def test_what_any_degree_read_is_written_again_without_warnings(degree: str, job: dict[str, Any]) -> None:
    job["progress"] = {"percent": 5.0, "previews": [PREVIEW]}
    job["spec_snapshot"]["timeline"] = [{"scene": "a"}, {"montage": NESTED}]
    found = DEGREES[degree](models.Job).validate_json(json.dumps(job), strict=True)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert found.model_dump(mode="json") == job
        assert json.loads(found.model_dump_json()) == job
        assert found == models.Job.model_validate(job)


@pytest.mark.usefixtures("forgotten")
def test_what_only_an_open_reading_takes_is_written_again_without_warnings(job: dict[str, Any]) -> None:
    newer = {
        **job,
        "status": "paused",
        "output": {"hologram": 1},
        "spec_snapshot": {"haiku": 5},
        "priority": 3,
    }
    found = read_json(models.Job, json.dumps(newer), strict=False)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert found.model_dump(mode="json") == newer
        assert json.loads(found.model_dump_json()) == newer


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("degree", DEGREES)
def test_a_model_read_in_any_degree_is_the_same_class(degree: str) -> None:
    found = DEGREES[degree](models.TimelineElement).validate_json(
        json.dumps({"montage": NESTED}), strict=True
    )

    assert type(found) is models.MontageStep
    assert type(found.montage.transition) is models.TransitionDefinition
    assert found.montage.transition.effects == [models.TransitionEffect(name="x", from_=1.0)]
