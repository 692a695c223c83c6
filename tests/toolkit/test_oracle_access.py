"""Who gets through, and what the others are told: credentials, tiers, scopes, roles and owners."""

import pytest

from framecast_contract.contract import Access, Refusal
from framecast_contract.oracle import access as who
from framecast_contract.oracle.access import (
    Caller,
    Relation,
    cancel_answers,
    expected_answers,
    expected_refusals,
)
from framecast_contract.oracle.owners import (
    ROLES,
    Person,
    accessible_owners,
    can_read,
    owner_answer,
    team_of,
)
from framecast_contract.oracle.words import FORBIDDEN, INVALID, NOT_FOUND, OK, TIER_TOO_LOW, Answer

ME, OTHER, TEAM, ELSE = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcd")


def access(*kinds: str, scope: str | None = None, tier: str = "starter", roles: str = "") -> Access:
    return Access(
        authentication=frozenset(kinds),
        scope=scope,
        tier=tier,
        roles=frozenset(roles.split()) or None,
        refusals={
            "scope": Refusal(403, "AUTHORIZATION_ERROR"),
            "tier": Refusal(403, "INSUFFICIENT_TIER"),
            "stranger": Refusal(404, "NOT_FOUND"),
            "role": Refusal(403, "AUTHORIZATION_ERROR"),
        },
    )


OPEN, SESSIONS, ANY = access(), access("jwt"), access("jwt", "api_key")


@pytest.mark.parametrize(
    ("credential", "bare", "sessions_only", "any_kind"),
    [
        (who.NONE, False, "MISSING_AUTHORIZATION", "MISSING_AUTHORIZATION"),
        (who.MALFORMED, False, "INVALID_AUTHORIZATION", "INVALID_AUTHORIZATION"),
        (who.GARBAGE, False, "INVALID_TOKEN", "INVALID_TOKEN"),
        (who.GARBAGE, True, "INVALID_AUTHORIZATION", "INVALID_AUTHORIZATION"),
        (who.EXPIRED_JWT, False, "INVALID_TOKEN", "INVALID_TOKEN"),
        (who.JWT_WITHOUT_EMAIL, False, "MISSING_EMAIL", "MISSING_EMAIL"),
        (who.JWT, False, None, None),
        (who.JWT, True, "INVALID_AUTHORIZATION", "INVALID_AUTHORIZATION"),
        (who.API_KEY, False, "INVALID_TOKEN", None),
        (who.API_KEY, True, "INVALID_AUTHORIZATION", None),
        (who.REVOKED_KEY, False, "INVALID_TOKEN", "INVALID_API_KEY"),
        (who.EXPIRED_KEY, True, "INVALID_AUTHORIZATION", "INVALID_API_KEY"),
        (who.UNKNOWN_KEY, False, "INVALID_TOKEN", "INVALID_API_KEY"),
    ],
)
def test_each_credential_gets_its_own_401(
    credential: str, bare: bool, sessions_only: str | None, any_kind: str | None
) -> None:
    caller = Caller(credential, bare)
    expected = [Answer(401, code) if code else None for code in (sessions_only, any_kind)]
    assert [expected_answers(SESSIONS, caller), expected_answers(ANY, caller)] == expected
    assert expected_answers(OPEN, caller) is None


def test_an_unknown_kind_of_credential_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="credential 'cookie', expected one of none, malformed"):
        expected_answers(ANY, Caller("cookie"))


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [({"jobs:read"}, None), ({"*"}, None), ({"jobs:write"}, FORBIDDEN), (set(), FORBIDDEN)],
)
def test_a_key_needs_the_scope_itself_or_the_star(scopes: set[str], expected: Answer | None) -> None:
    reading = access("jwt", "api_key", scope="jobs:read")
    assert expected_answers(reading, Caller(who.API_KEY, scopes=frozenset(scopes))) == expected
    assert expected_answers(reading, Caller(who.JWT, scopes=frozenset())) is None


def test_a_starter_is_told_the_tier_and_a_creator_gets_through() -> None:
    teams = access("jwt", "api_key", tier="creator")
    assert expected_answers(teams, Caller()) == TIER_TOO_LOW
    assert expected_answers(teams, Caller(tier="creator")) is None


def test_bad_credentials_win_over_tier_and_tier_over_the_resource() -> None:
    teams = access("jwt", tier="creator", roles="owner")
    assert expected_answers(teams, Caller(who.EXPIRED_JWT), who.FOREIGN) == Answer(401, "INVALID_TOKEN")
    assert expected_answers(teams, Caller(), who.FOREIGN) == TIER_TOO_LOW
    assert expected_answers(teams, Caller(tier="creator"), who.FOREIGN) == NOT_FOUND


def test_where_tier_and_scope_both_refuse_either_answer_is_allowed() -> None:
    teams = access("jwt", "api_key", scope="team:read", tier="creator")
    caller = Caller(who.API_KEY, scopes=frozenset({"generate"}))
    assert expected_refusals(teams, caller) == (TIER_TOO_LOW, FORBIDDEN)


@pytest.mark.parametrize(("role", "expected"), [("owner", None), ("member", FORBIDDEN), (None, None)])
def test_a_role_that_may_not_act_is_refused(role: str | None, expected: Answer | None) -> None:
    leading = access("jwt", roles="owner admin")
    assert expected_answers(leading, Caller(tier="creator"), Relation(role=role)) == expected


def test_what_one_made_oneself_needs_no_role() -> None:
    leading = access("jwt", roles="owner admin")
    assert expected_answers(leading, Caller(tier="creator"), Relation(own=True, role="member")) is None


STARTER = Person(ME)
MEMBER = Person(ME, "creator", {TEAM: "member"})
VIEWER = Person(ME, "creator", {TEAM: "viewer"})


@pytest.mark.parametrize(
    ("urn", "starter", "member", "viewer"),
    [
        (None, None, None, None),
        (f"framecast:user:{ME}", None, None, None),
        (f"framecast:user:{OTHER}", FORBIDDEN, FORBIDDEN, FORBIDDEN),
        (f"framecast:team:{TEAM}", FORBIDDEN, None, FORBIDDEN),
        (f"framecast:team:{ELSE}", FORBIDDEN, FORBIDDEN, FORBIDDEN),
        (f"framecast:{TEAM}:{ME}", FORBIDDEN, None, FORBIDDEN),
        (f"framecast:{TEAM}:{OTHER}", FORBIDDEN, FORBIDDEN, FORBIDDEN),
        (f"framecast:{ELSE}:{ME}", FORBIDDEN, FORBIDDEN, FORBIDDEN),
        (f"framecast:artifact:{ELSE}", FORBIDDEN, FORBIDDEN, FORBIDDEN),
        ("framecast:system:sfx:whoosh", FORBIDDEN, FORBIDDEN, FORBIDDEN),
        (f"framecast:user:{ME.upper()}", INVALID, INVALID, INVALID),
        (f"framecast:user:{ME.replace('-', '')}", INVALID, INVALID, INVALID),
        (f"framecast:user:{{{ME}}}", INVALID, INVALID, INVALID),
        (f"framecast:user:{ME}\n", INVALID, INVALID, INVALID),
        ("framecast:user", INVALID, INVALID, INVALID),
        ("", INVALID, INVALID, INVALID),
    ],
)
def test_who_may_own_under_which_urn(
    urn: str | None, starter: Answer | None, member: Answer | None, viewer: Answer | None
) -> None:
    answers = [owner_answer(urn, person) for person in (STARTER, MEMBER, VIEWER)]
    assert answers == [starter, member, viewer]


def test_a_key_owned_by_an_artifact_is_wrong_input() -> None:
    assert owner_answer(f"framecast:artifact:{ELSE}", MEMBER, references=INVALID) == INVALID


def test_a_creator_reads_team_and_membership_whatever_the_role() -> None:
    mine = f"framecast:user:{ME}"
    both = {mine, f"framecast:team:{TEAM}", f"framecast:{TEAM}:{ME}"}
    assert [accessible_owners(person) for person in (STARTER, MEMBER, VIEWER)] == [{mine}, both, both]
    assert can_read(f"framecast:team:{TEAM}", VIEWER)
    assert not can_read(f"framecast:{TEAM}:{OTHER}", MEMBER)


def test_a_urn_names_its_team_or_none() -> None:
    assert team_of(f"framecast:user:{ME}") is None
    assert team_of(f"framecast:team:{TEAM}") == TEAM
    assert team_of(f"framecast:{TEAM}:{ME}") == TEAM
    with pytest.raises(ValueError, match="'framecast:pet:1' is no owner URN"):
        team_of("framecast:pet:1")


def test_the_relation_to_a_job_follows_from_its_owner() -> None:
    team_job = f"framecast:team:{TEAM}"
    assert who.relation(team_job, MEMBER, made_by=OTHER) == Relation(sees=True, own=False, role="member")
    assert who.relation(team_job, STARTER, made_by=OTHER) == Relation(sees=False, own=False, role=None)
    assert who.relation(f"framecast:user:{ME}", STARTER, made_by=ME) == Relation(own=True)


@pytest.mark.parametrize("role", ROLES)
def test_a_team_job_is_canceled_by_its_maker_or_a_lead(role: str) -> None:
    job = {"owner": f"framecast:team:{TEAM}", "triggered_by": OTHER}
    person = Person(ME, "creator", {TEAM: role})
    expected = OK if role in ("owner", "admin") else NOT_FOUND
    assert cancel_answers(job, person) == {expected}
    assert cancel_answers({**job, "triggered_by": ME}, person) == {OK}


def test_a_stranger_cannot_cancel() -> None:
    job = {"owner": f"framecast:team:{TEAM}", "triggered_by": OTHER}
    assert cancel_answers(job, Person(ME, "creator", {ELSE: "owner"})) == {NOT_FOUND}


def test_an_admin_and_a_members_own_membership_job_is_an_open_point() -> None:
    job = {"owner": f"framecast:{TEAM}:{OTHER}", "triggered_by": OTHER}
    assert cancel_answers(job, Person(ME, "creator", {TEAM: "admin"})) == {OK, NOT_FOUND}
