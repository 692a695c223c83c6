"""Teams: how one is made, named and listed, what may be changed in it and by whom."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import InsufficientTierError, operations
from framecast_contract.oracle.teams import (
    broken_creation_rules,
    broken_personal_team_rules,
    broken_team_list_rules,
    broken_team_set,
    broken_team_transition,
    broken_update_rules,
    creation_answer,
    deletion_answer,
    reading_answer,
    update_answer,
    yields_slug,
)
from framecast_contract.oracle.words import CREATED, INVALID
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.teams import (
    ROLES,
    STANDINGS,
    Standing,
    join,
    role_in,
    somebody,
    team_ids,
    team_with,
)

ELSE = "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"
# {8} stands for eight hex digits of the test's own, so that no other run has taken the slug.
NEW_TEAMS: Mapping[str, Any] = {
    "a name": {"name": "Night Shift"},
    "no slug": {"name": "Night Shift", "slug": None},
    "a slug": {"name": "Night Shift", "slug": "night-{8}"},
    "slug of 50": {"name": "Long", "slug": "long-{8}-" + "7" * 36},
    "slug of digits": {"name": "Year", "slug": "2026-{8}"},
    "slug for a name of signs": {"name": "!?", "slug": "signs-{8}"},
    "what cannot be set": {
        "name": "Rich", "credits": 500, "ephemeral_storage_bytes": 9, "settings": {"a": 1},
        "user_role": "viewer", "id": ELSE, "color": "red",
    },
    "name of one": {"name": "x"},
    "name of 100": {"name": "n" * 100},
    "name of 100 beyond the BMP, and a slug": {"name": "🎬" * 100, "slug": "film-{8}"},
    "name with signs all over": {"name": "  --A__b & C!-- "},
    "name that is cut at a hyphen": {"name": "a" * 40 + " tail"},
    "name with umlauts": {"name": "Ärger & Söhne"},
    "name of digits": {"name": "2026"},
    "name of signs": {"name": "!? -- ..."},
    "no name": {"slug": "nameless-{8}"},
    "null name": {"name": None},
    "empty name": {"name": ""},
    "blank name": {"name": " \t\n "},
    "name of 101": {"name": "n" * 101},
    "name is a number": {"name": 7},
    "name with U+0000": {"name": "A\0b"},
    "empty slug": {"name": "S", "slug": ""},
    "slug in upper case": {"name": "S", "slug": "Night-{8}"},
    "slug with a leading hyphen": {"name": "S", "slug": "-night-{8}"},
    "slug with a trailing hyphen": {"name": "S", "slug": "night-{8}-"},
    "slug with a double hyphen": {"name": "S", "slug": "night--{8}"},
    "slug of a hyphen": {"name": "S", "slug": "-"},
    "slug with an underscore": {"name": "S", "slug": "night_{8}"},
    "slug with a space": {"name": "S", "slug": "night {8}"},
    "slug with a line break": {"name": "S", "slug": "night-{8}\n"},
    "slug with an umlaut": {"name": "S", "slug": "nächte-{8}"},
    "slug with other digits": {"name": "S", "slug": "night-{8}-٣"},
    "slug of 51": {"name": "S", "slug": "long-{8}-" + "7" * 37},
    "slug is a number": {"name": "S", "slug": 2026},
    "an array": [],
    "null": None,
}  # fmt: skip


def _filled(wish: Any, digits: str) -> Any:
    slug = wish.get("slug") if isinstance(wish, dict) else None
    return {**wish, "slug": slug.replace("{8}", digits)} if isinstance(slug, str) else wish


@pytest.mark.rule("TEAM-1", "TEAM-2", "TEAM-3", "TEAM-4", "TEAM-6", "INV-T4", "INV-T6")
@pytest.mark.parametrize("wish", NEW_TEAMS)
async def test_a_team_is_made_as_asked_or_refused(people: People, wish: str) -> None:
    maker, body = await people.creator(), _filled(NEW_TEAMS[wish], people.uuid()[:8])
    before = await team_ids(maker)

    raw = people.raw_client(maker.name, f"Bearer {maker.token}")
    response = await raw.post("/v1/teams", json=body)

    expected = creation_answer(body, owned=1, memberships=1)
    assert response.status_code == expected.status
    if not expected.accepted:
        assert (response.json()["error"]["code"], await team_ids(maker)) == (expected.code, before)
        return
    team = response.json()
    assert broken_creation_rules(body, team, maker.user_id) == []
    assert as_json(await maker.client.get_team(team["id"])) == team
    assert await team_ids(maker) == before | {team["id"]}


@pytest.mark.rule("TEAM-3", "TEAM-4", "INV-T4")
@pytest.mark.parametrize("name", ["Студия", "夜班", "🎬🎬", "ⅩⅬ", "½", "ß"])
async def test_a_name_in_another_script_gives_a_slug_or_is_refused(people: People, name: str) -> None:
    maker = await people.creator()
    assert yields_slug(name) is None

    raw = people.raw_client(maker.name, f"Bearer {maker.token}")
    response = await raw.post("/v1/teams", json={"name": name})

    assert response.status_code in (CREATED.status, INVALID.status)
    if response.is_success:
        assert broken_creation_rules({"name": name}, response.json(), maker.user_id) == []


@pytest.mark.rule("TEAM-4", "INV-T4")
@pytest.mark.parametrize("slug", ["q", "7"])
async def test_a_slug_may_be_one_character(people: People, slug: str) -> None:
    maker = await people.creator()

    answer = await answer_to(maker.client, operations.create_team("Short", slug=slug))

    taken_or_not = (True, False)  # the target may have a life before this test
    body = {"name": "Short", "slug": slug}
    assert answer in [
        creation_answer(body, owned=1, memberships=1, slug_taken=taken) for taken in taken_or_not
    ]


@pytest.mark.rule("TEAM-1", "INV-T1", "INV-T2", "INV-M1", "CARD-1")
async def test_a_new_team_has_its_maker_as_its_only_member(people: People) -> None:
    maker = await people.creator()

    team = await maker.client.create_team("Night Shift")

    (member,) = await maker.client.list_members(team.id)
    assert (str(member.user_id), str(member.team_id), member.role) == (maker.user_id, str(team.id), "owner")
    assert await maker.client.list_invitations(team.id) == []


@pytest.mark.rule("TEAM-13", "INV-U2", "TEAM-5")
async def test_becoming_a_creator_makes_the_first_team_once(people: People) -> None:
    person = await people.starter()

    for _ in range(2):
        await person.client.upgrade_account("creator")

    assert len(await team_ids(person)) == 1
    (team,) = await person.client.list_teams()
    assert broken_personal_team_rules(as_json(team)) == []
    (project,) = await person.client.list_projects(team.id)
    assert (project.name, project.status) == ("Welcome to Framecast", "draft")


@pytest.mark.rule("INV-T3", "TEAM-12")
async def test_a_slug_is_taken_until_its_team_is_gone(people: People) -> None:
    alice, bob = await people.creator("alice"), await people.creator("bob")
    slug = f"night-{people.uuid()[:8]}"
    body = {"name": "Night Shift", "slug": slug}
    team = await alice.client.create_team("Night Shift", slug=slug)

    for person in (alice, bob):
        answer = await answer_to(person.client, operations.create_team("Late Shift", slug=slug))
        assert answer == creation_answer(body, owned=1, memberships=1, slug_taken=True)
    assert len(await team_ids(bob)) == 1

    await alice.client.delete_team(team.id)
    again = await bob.client.create_team("Late Shift", slug=slug)
    assert (again.slug, again.id != team.id) == (slug, True)


@pytest.mark.rule("INV-T3", "TEAM-3")
async def test_teams_of_one_name_have_slugs_of_their_own(people: People) -> None:
    maker = await people.creator()

    made = [await maker.client.create_team("Night Shift") for _ in range(4)]

    assert len({team.slug for team in made}) == 4
    assert broken_team_list_rules(all_as_json(await maker.client.list_teams()), maker.user_id) == []


@pytest.mark.rule("TEAM-5", "TEAM-6")
async def test_everybody_is_listed_the_own_teams_by_name(people: People) -> None:
    person, stranger = await people.creator(), await people.creator("stranger")
    mine = [await person.client.create_team(name) for name in ("Zebra", "Alpha", "Mammoth")]
    await stranger.client.create_team("Bison")
    joined = await team_with(people, name="Koala")
    await join(people, joined.owner, joined.id, "viewer", person=person)

    listed = all_as_json(await person.client.list_teams())

    assert [team["name"] for team in listed] == ["Alpha", "Koala", "Mammoth", "My Team", "Zebra"]
    assert [team["user_role"] for team in listed] == ["owner", "viewer", "owner", "owner", "owner"]
    assert broken_team_list_rules(listed, person.user_id) == []
    own = next(team["id"] for team in listed if team["name"] == "My Team")
    assert broken_team_set(listed, {own, joined.id, *(str(team.id) for team in mine)}) == []
    assert all_as_json([await person.client.get_team(team["id"]) for team in listed]) == listed


@pytest.mark.rule("TEAM-5")
@pytest.mark.parametrize("role", ROLES)
async def test_a_team_shows_each_member_the_own_role_and_urn(people: People, role: Standing) -> None:
    team = await team_with(people)
    person = await somebody(people, team, role)

    shown = as_json(await person.client.get_team(team.id))

    told_the_owner = as_json(await team.owner.client.get_team(team.id))
    assert shown == {**told_the_owner, "user_role": role, "user_urn": team.membership(person)}


@pytest.mark.rule("INV-U3", "ACCESS-2")
async def test_a_starter_has_no_teams(people: People) -> None:
    starter, team = await people.starter(), await team_with(people)

    for call in (
        starter.client.list_teams(),
        starter.client.create_team("Night Shift"),
        starter.client.get_team(team.id),
        starter.client.leave_team(team.id),
    ):
        with pytest.raises(InsufficientTierError):
            await call


UPDATES: Mapping[str, Any] = {
    "nothing": {},
    "nulls": {"name": None, "settings": None},
    "name": {"name": "Day Shift"},
    "the name it has": {"name": "Studio"},
    "name of 100 beyond the BMP": {"name": "🎬" * 100},
    "settings": {"settings": {"theme": "light"}},
    "no settings": {"settings": {}},
    "settings of every kind": {"settings": {"": None, "a": [[], {}], "b": 1.5, "🎬": True, "c": {"d": "e"}}},
    "both": {"name": "Day Shift", "settings": {"theme": "light"}},
    "what cannot be set": {
        "slug": "other", "credits": 9, "ephemeral_storage_bytes": 9, "id": ELSE, "user_role": "viewer",
        "created_at": "2020-01-01T00:00:00Z",
    },
    "empty name": {"name": ""},
    "blank name": {"name": " \u2003"},
    "name of 101": {"name": "n" * 101},
    "name with U+0000": {"name": "A\0b"},
    "name is a number": {"name": 7},
    "settings are a list": {"settings": []},
    "settings are a text": {"settings": "{}"},
    "settings are a number": {"settings": 0},
    "settings are false": {"settings": False},
    "settings with U+0000": {"settings": {"theme": "da\0rk"}},
    "good name, bad settings": {"name": "Day Shift", "settings": [1]},
    "an array": [],
    "null": None,
}  # fmt: skip


@pytest.mark.rule("TEAM-7", "TEAM-8", "TEAM-2", "INV-T5", "TIME-3")
@pytest.mark.parametrize("update", UPDATES)
async def test_an_update_changes_what_it_names(people: People, update: str) -> None:
    team, body = await team_with(people), UPDATES[update]
    settings = {"theme": "dark", "sizes": {"small": 1, "large": 3}}
    before = as_json(await team.owner.client.update_team(team.id, settings=settings))

    raw = people.raw_client("owner", f"Bearer {team.owner.token}")
    answer = await answer_of(raw.patch(f"/v1/teams/{team.id}", json=body))

    after = as_json(await team.owner.client.get_team(team.id))
    assert answer == update_answer(body, "owner")
    if answer.accepted:
        assert broken_update_rules(before, body, after) == []
    else:
        assert after == before


@pytest.mark.rule("TEAM-9", "TEAM-10", "TEAM-11")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_may_see_edit_and_delete_a_team(people: People, standing: Standing) -> None:
    team = await team_with(people, "member")
    person, role = await somebody(people, team, standing), role_in(standing)
    members = len(await team.owner.client.list_members(team.id))

    seen = await answer_to(person.client, operations.get_team(team.id))
    edited = await answer_to(person.client, operations.update_team(team.id, name="Renamed"))
    deleted = await answer_to(person.client, operations.delete_team(team.id))

    assert seen == reading_answer(role)
    assert edited == update_answer({"name": "Renamed"}, role)
    assert deleted == deletion_answer(role, members=members)
    name = (await team.owner.client.get_team(team.id)).name
    assert name == ("Renamed" if edited.accepted else "Studio")


@pytest.mark.rule("TEAM-9")
async def test_a_team_that_does_not_exist_is_not_found(people: People) -> None:
    person, nowhere = await people.creator(), people.uuid()

    seen = await answer_to(person.client, operations.get_team(nowhere))
    edited = await answer_to(person.client, operations.update_team(nowhere, name="Renamed"))
    deleted = await answer_to(person.client, operations.delete_team(nowhere))

    assert seen == reading_answer(None, exists=False)
    assert edited == update_answer({"name": "Renamed"}, None, exists=False)
    assert deleted == deletion_answer(None, exists=False)


async def _leftovers(owner: Persona, team_id: str) -> tuple[object, ...]:
    """All that a refused deletion must leave alone."""
    return (
        await owner.client.get_team(team_id),
        await owner.client.list_members(team_id),
        await owner.client.list_invitations(team_id),
        await owner.client.list_projects(team_id),
    )


@pytest.mark.rule("TEAM-11")
async def test_a_team_with_others_in_it_is_not_deleted(people: People) -> None:
    team = await team_with(people, "viewer")
    await team.owner.client.create_invitation(team.id, "guest@example.com")
    await team.owner.client.create_project(team.id, "Trailer")
    before = await _leftovers(team.owner, team.id)

    answer = await answer_to(team.owner.client, operations.delete_team(team.id))

    assert answer == deletion_answer("owner", members=2)
    assert await _leftovers(team.owner, team.id) == before
    await team.viewer.client.leave_team(team.id)
    await team.owner.client.delete_team(team.id)


@pytest.mark.rule("INV-U2", "TEAM-11")
async def test_the_only_team_of_a_creator_is_not_deleted(people: People) -> None:
    person = await people.creator()
    (only,) = await person.client.list_teams()

    answer = await answer_to(person.client, operations.delete_team(only.id))

    assert answer == deletion_answer("owner", memberships=1)
    assert await person.client.list_teams() == [only]


@pytest.mark.rule("TEAM-12", "INV-M6", "INV-I5")
async def test_a_deleted_team_takes_everything_along(people: People) -> None:
    team, guest = await team_with(people), await people.creator("guest")
    owner = team.owner.client
    invitation = await owner.create_invitation(team.id, guest.email)
    project = await owner.create_project(team.id, "Trailer")
    artifact = await owner.create_storyboard({"title": "Trailer"}, owner=team.urn)
    webhook = await owner.create_webhook(team.id, "https://hooks.example.com/", ["job.completed"])

    await owner.delete_team(team.id)

    gone = reading_answer(None, exists=False)
    for request in (
        operations.get_team(team.id),
        operations.delete_team(team.id),
        operations.get_project(project.id),
        operations.get_artifact(artifact.id),
        operations.get_webhook(webhook.webhook.id),
    ):
        assert await answer_to(team.owner.client, request) == gone
    assert await answer_to(guest.client, operations.accept_invitation(invitation.id)) == gone
    assert await answer_to(guest.client, operations.decline_invitation(invitation.id)) == gone
    listed = all_as_json(await owner.list_teams())
    assert broken_team_list_rules(listed, team.owner.user_id, deleted={team.id}) == []


@pytest.mark.rule("TEAM-7", "TEAM-8")
async def test_every_member_reads_what_an_admin_changed(people: People) -> None:
    team = await team_with(people, "admin", "viewer")
    before = as_json(await team.viewer.client.get_team(team.id))

    changed = await team.admin.client.update_team(team.id, name="Day Shift", settings={"theme": "light"})

    after = as_json(await team.viewer.client.get_team(team.id))
    assert broken_team_transition(before, after) == []
    assert (after["name"], after["settings"]) == ("Day Shift", {"theme": "light"})
    assert after["updated_at"] == as_json(changed)["updated_at"]
