"""Uploaded assets: asking, confirming to the byte, reading, deleting, and where their files lie."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle import storage_keys
from framecast_contract.oracle.assets import (
    broken_asset_list_rules,
    broken_asset_rules,
    broken_asset_transition,
    deletion_answer,
    deletion_answers,
    matching,
    ready_assets,
)
from framecast_contract.oracle.job_life import Step
from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.rules import RULES
from framecast_contract.oracle.uploads import (
    CONTENT_TYPES,
    Stored,
    body_answer,
    broken_parallel_confirms,
    broken_upload_rules,
    confirm_answer,
    confirm_step,
    sizes_agree,
    storage_after,
    upload_refusals,
)
from framecast_contract.oracle.words import CONFLICT, FORBIDDEN, INVALID, NO_CONTENT, NOT_FOUND, OK, Answer

ASSET, USER, TEAM, OTHER, PROJECT = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcde")
MINE, TEAMS = f"framecast:user:{USER}", f"framecast:team:{TEAM}"
MEMBERSHIP = f"framecast:{TEAM}:{USER}"
MEMBER = Person(USER, "creator", {TEAM: "member"})
VIEWER = Person(USER, "creator", {TEAM: "viewer"})
STARTER = Person(USER)


def body(**members: Any) -> dict[str, Any]:
    return {"filename": "a.png", "content_type": "image/png", "size_bytes": 100, **members}


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_seven_types_of_files_can_be_uploaded(content_type: str) -> None:
    assert body_answer(body(content_type=content_type)) is None


@pytest.mark.parametrize("size", [1, 52_428_800])
def test_the_smallest_and_the_largest_file_can_be_uploaded(size: int) -> None:
    assert body_answer(body(size_bytes=size, filename="ü" * 255, owner=None, project_id=None)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"size_bytes": 0}, {"size_bytes": -1}, {"size_bytes": 52_428_801}, {"size_bytes": 1.5},
        {"size_bytes": True}, {"size_bytes": None}, {"content_type": "image/gif"},
        {"content_type": "text/plain"}, {"content_type": "IMAGE/PNG"}, {"filename": ""},
        {"filename": "f" * 256}, {"filename": "f\0"}, {"filename": None}, {"owner": 5},
        {"project_id": "seven"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_uploaded(wrong: dict[str, Any]) -> None:
    assert body_answer(body(**wrong)) == INVALID


@pytest.mark.parametrize(
    ("sent", "person", "team", "refusals"),
    [
        (body(), STARTER, None, ()),
        (body(owner=TEAMS), MEMBER, None, ()),
        (body(owner=MEMBERSHIP), MEMBER, None, ()),
        (body(owner=TEAMS), STARTER, None, (FORBIDDEN,)),
        (body(owner=f"framecast:user:{OTHER}"), MEMBER, None, (FORBIDDEN,)),
        (body(owner=f"framecast:team:{OTHER}"), MEMBER, None, (FORBIDDEN,)),
        (body(owner=TEAMS.upper()), MEMBER, None, (INVALID,)),
        (body(owner=TEAMS, size_bytes=0), STARTER, None, (INVALID,)),
        (body(owner=TEAMS, project_id=PROJECT), MEMBER, TEAM, ()),
        (body(project_id=PROJECT), MEMBER, TEAM, (INVALID,)),
        (body(owner=MEMBERSHIP, project_id=PROJECT), MEMBER, TEAM, (INVALID,)),
        (body(owner=TEAMS, project_id=PROJECT), MEMBER, OTHER, (INVALID,)),
        (body(owner=TEAMS, project_id=PROJECT), MEMBER, None, (NOT_FOUND,)),
        (body(project_id=PROJECT), MEMBER, None, (INVALID, NOT_FOUND)),
        (body(owner=TEAMS, project_id=PROJECT), VIEWER, TEAM, (FORBIDDEN,)),
    ],
)  # fmt: skip
def test_an_upload_is_refused_by_body_then_owner_then_project(
    sent: dict[str, Any], person: Person, team: str | None, refusals: tuple[Answer, ...]
) -> None:
    assert upload_refusals(sent, person, project_team=team) == refusals


@pytest.mark.parametrize(
    ("declared", "smallest", "largest"),
    [
        (100, 95, 105),
        (1, 1, 1),
        (19, 19, 19),
        (20, 19, 21),
        (39, 38, 40),
        (52_428_800, 49_807_360, 55_050_240),
    ],
)  # fmt: skip
def test_five_percent_of_the_declared_size_is_allowed_and_a_byte_more_is_not(
    declared: int, smallest: int, largest: int
) -> None:
    assert [sizes_agree(stored, declared) for stored in (smallest - 1, smallest, largest, largest + 1)] == [
        False, True, True, False,
    ]  # fmt: skip


@given(st.integers(1, 52_428_800), st.integers(0, 60_000_000))
def test_the_tolerance_is_a_twentieth_of_what_was_declared(declared: int, stored: int) -> None:
    assert sizes_agree(stored, declared) == (20 * abs(stored - declared) <= declared)


PNG = Stored(100, "image/png")


@pytest.mark.parametrize(
    ("status", "stored", "expected"),
    [
        ("pending", PNG, Step(OK, "ready")),
        ("pending", None, Step(CONFLICT, "failed")),
        ("pending", Stored(106, "image/png"), Step(CONFLICT, "failed")),
        ("pending", Stored(100, "image/jpeg"), Step(CONFLICT, "failed")),
        ("ready", PNG, Step(CONFLICT, "ready")),
        ("failed", PNG, Step(CONFLICT, "failed")),
        (None, PNG, Step(NOT_FOUND, None)),
    ],
)
def test_a_confirmation_looks_at_what_was_stored(
    status: str | None, stored: Stored | None, expected: Step
) -> None:
    assert confirm_step(status, stored, PNG) == expected
    assert confirm_answer(status, stored, PNG) == expected.answer


def test_only_the_uploader_confirms() -> None:
    assert confirm_step("pending", PNG, PNG, own=False) == Step(FORBIDDEN, "pending")


def test_one_of_many_parallel_confirmations_wins() -> None:
    assert broken_parallel_confirms([409, 200]) == []
    assert [broken.rule_id for broken in broken_parallel_confirms([200, 200])] == ["ASSET-15"]


@pytest.mark.parametrize(
    ("role", "own", "expected"),
    [
        (None, True, NO_CONTENT), ("member", True, NO_CONTENT), ("member", False, FORBIDDEN),
        ("admin", False, NO_CONTENT), ("owner", False, NO_CONTENT), ("viewer", True, FORBIDDEN),
        ("viewer", False, FORBIDDEN),
    ],
)  # fmt: skip
def test_who_deletes_an_asset(role: str | None, own: bool, expected: Answer) -> None:
    assert deletion_answer(role, own=own) == expected


def test_an_asset_out_of_sight_is_not_found_when_deleted() -> None:
    admin = Person(OTHER, "creator", {TEAM: "admin"})
    assert deletion_answers(asset(), Person(OTHER)) == {NOT_FOUND}
    assert deletion_answers(asset(), STARTER) == {NO_CONTENT}
    assert deletion_answers(asset(owner=TEAMS, uploaded_by=OTHER), MEMBER) == {FORBIDDEN}
    assert deletion_answers(asset(owner=MEMBERSHIP), admin) == {NO_CONTENT, NOT_FOUND}


def test_storage_use_follows_confirmed_files_only() -> None:
    pending, ready = asset("pending"), asset("ready")
    assert storage_after(5, "create_asset_upload_url", pending) == 5
    assert storage_after(5, "confirm_asset_upload", pending) == 105
    assert storage_after(105, "delete_asset", ready) == 5
    assert storage_after(5, "delete_asset", pending) == 5
    assert storage_after(50, "delete_asset", ready) == 0


def asset(status: str = "ready", **members: Any) -> dict[str, Any]:
    made = {
        "id": ASSET, "owner": MINE, "uploaded_by": USER, "project_id": None, "filename": "a.png",
        "content_type": "image/png", "size_bytes": 100, "status": status, "metadata": {},
        "download_url": None, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:01Z",
        **members,
    }  # fmt: skip
    key = storage_keys.asset_key(made["owner"], ASSET, made["filename"])
    return {"s3_key": key, **made}


LINK = f"https://s3/a.png?X-Amz-Date=20260101T000000Z&X-Amz-Expires={3600}"


@pytest.mark.parametrize("status", ["pending", "ready", "failed"])
def test_an_asset_as_it_should_be_is_left_alone(status: str) -> None:
    assert broken_asset_rules(asset(status), read=False) == []
    link = LINK if status == "ready" else None
    assert broken_asset_rules(asset(status, download_url=link), read=True) == []


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        (asset("lost"), ["INV-AF1"]),
        (asset("pending", size_bytes=0), ["INV-AF2"]),
        (asset("pending", size_bytes=52_428_801), ["INV-AF3"]),
        (asset("pending", content_type="image/gif"), ["INV-AF4"]),
        (asset("pending", uploaded_by="me"), ["INV-AF5"]),
        (asset("pending", uploaded_by=OTHER), ["INV-X2"]),
        (asset("pending", owner=MEMBERSHIP, uploaded_by=OTHER), ["INV-X2"]),
        (asset("pending", project_id=PROJECT), ["INV-X3"]),
        (asset("pending", project_id=PROJECT, owner=TEAMS), []),
        (asset("pending", updated_at="2025-01-01T00:00:00Z"), ["INV-TIME1"]),
        (asset("pending", s3_key="user/x/a.png"), ["STORE-1"]),
        (asset("pending", s3_key=f"user/{USER}/a.png"), ["STORE-2"]),
        (asset(), ["ASSET-18"]),
        (asset("pending", download_url=LINK), ["ASSET-18"]),
        (asset(download_url=LINK.replace("3600", "60")), ["URL-3"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_asset_that_breaks_a_rule_names_it(seen: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_asset_rules(seen, read=True)] == rule_ids


def test_only_a_read_gives_a_link() -> None:
    broken = broken_asset_rules(asset(download_url=LINK), read=False)
    assert [fault.rule_id for fault in broken] == ["ASSET-18"]


ANY_JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.lists(st.none())


@given(st.dictionaries(st.sampled_from(sorted(asset())), ANY_JSON))
def test_a_badly_shaped_asset_is_judged_without_an_exception(members: dict[str, Any]) -> None:
    bent = {**asset(), **members}
    broken = broken_asset_rules(bent, read=True) + broken_asset_transition(asset(), bent)
    assert {fault.rule_id for fault in broken} <= set(RULES)


UPLOAD_LINK = LINK.replace("3600", "900")


def test_a_new_asset_is_what_was_asked_for() -> None:
    sent = body(project_id=PROJECT.upper(), owner=TEAMS)
    made = asset("pending", owner=TEAMS, project_id=PROJECT)
    assert broken_upload_rules({"asset": made, "upload_url": UPLOAD_LINK}, sent, caller=USER) == []
    ready = {"asset": {**made, "status": "ready", "size_bytes": 1}, "upload_url": LINK}
    broken = broken_upload_rules(ready, sent, caller=USER)
    assert [fault.rule_id for fault in broken] == ["ASSET-10", "ASSET-10", "URL-4"]


def test_an_asset_is_its_uploaders_unless_told_otherwise() -> None:
    upload = {"asset": asset("pending", owner=TEAMS), "upload_url": UPLOAD_LINK}
    (broken,) = broken_upload_rules(upload, body(), caller=USER)
    assert broken.message == f"owner of a new asset is {TEAMS!r}, expected {MINE!r}"


@pytest.mark.parametrize(
    ("before", "after", "rule_ids"),
    [
        (asset("pending"), asset("ready", updated_at="2026-01-01T00:00:02Z"), []),
        (asset("pending"), asset("failed", updated_at="2026-01-01T00:00:02Z"), []),
        (asset("pending"), asset("ready"), ["TIME-3"]),
        (asset("failed"), asset("ready", updated_at="2026-01-01T00:00:02Z"), ["ASSET-20"]),
        (asset(), asset(download_url=LINK), []),
        (asset(), asset(size_bytes=99), ["ASSET-20"]),
    ],
)
def test_two_reads_of_an_asset(before: dict[str, Any], after: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_asset_transition(before, after)] == rule_ids


@pytest.mark.parametrize(
    ("listed", "rule_ids"),
    [
        ([asset(s3_key="a", created_at="2026-01-01T00:00:01Z"), asset(s3_key="b")], []),
        ([asset(s3_key="a"), asset(s3_key="b", created_at="2026-01-01T00:00:01Z")], ["ASSET-21"]),
        ([asset(), asset()], ["INV-AF6"]),
        ([asset(owner=f"framecast:user:{OTHER}")], ["ASSET-22"]),
    ],
)
def test_a_list_of_assets_is_judged_as_a_whole(listed: list[dict[str, Any]], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_asset_list_rules(listed, MEMBER)] == rule_ids


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["a", "b", "c"]),
        ({"content_type": "image/"}, ["a", "b"]),
        ({"content_type": "image/png", "status": "ready"}, ["a"]),
        ({"owner": TEAMS}, ["b", "c"]),
        ({"owner": TEAMS, "project_id": PROJECT}, ["c"]),
        ({"content_type": "png"}, []),
    ],
)
def test_filters_of_the_asset_list_combine(filters: dict[str, str], expected: list[str]) -> None:
    assets = [
        asset(id="a"),
        asset("pending", id="b", owner=TEAMS),
        asset(id="c", owner=TEAMS, project_id=PROJECT, content_type="audio/wav"),
    ]
    assert [each["id"] for each in matching(assets, **filters)] == expected


def test_a_storyboard_may_name_ready_assets_its_author_can_see() -> None:
    foreign = asset(id="d", owner=f"framecast:user:{OTHER}")
    assets = [asset(id="a"), asset("pending", id="b"), asset(id="c", owner=TEAMS), foreign]
    assert ready_assets(assets, MEMBER) == {"a": "image/png", "c": "image/png"}
    assert ready_assets(assets, STARTER) == {"a": "image/png"}


@pytest.mark.parametrize(
    ("owner", "prefix"),
    [
        (MINE, f"user/{USER}/"),
        (TEAMS, f"team/{TEAM}/shared/"),
        (MEMBERSHIP, f"team/{TEAM}/{USER}/"),
    ],
)
def test_files_lie_below_their_owner(owner: str, prefix: str) -> None:
    assert storage_keys.expected_key_prefix(owner) == prefix
    assert storage_keys.asset_key(owner, ASSET, "a b.png") == f"{prefix}assets/{ASSET}/a b.png"
    assert storage_keys.job_keys(owner, ASSET, ["one"]) == (
        f"{prefix}jobs/{ASSET}/final.mp4",
        f"{prefix}jobs/{ASSET}/thumbnail.jpg",
        f"{prefix}jobs/{ASSET}/scene_one.mp4",
    )


def test_what_owns_nothing_stores_nothing() -> None:
    with pytest.raises(ValueError, match="'framecast:system:sfx:pop' stores nothing"):
        storage_keys.expected_key_prefix("framecast:system:sfx:pop")


def test_system_assets_lie_by_category() -> None:
    sound = {"id": "asset_sfx_pop", "category": "sfx", "s3_key": "assets/sfx/asset_sfx_pop.mp3"}
    assert storage_keys.broken_system_key(sound) == []
    for key in ("assets/sfx/asset_sfx_pop", "assets/music/asset_sfx_pop.mp3", "sfx/asset_sfx_pop.mp3"):
        broken = storage_keys.broken_system_key({**sound, "s3_key": key})
        assert [fault.rule_id for fault in broken] == ["STORE-4"]
