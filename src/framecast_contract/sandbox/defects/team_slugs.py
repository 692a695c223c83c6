"""Defects of slugs: which one a team gets, may have, and shares with no other."""

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace
from framecast_contract.sandbox.http import Call, conflict, invalid
from framecast_contract.sandbox.slugs import MAX_SLUG, slug_base

_TEAMS = "tests/lifecycle/test_teams.py"
_MADE = f"{_TEAMS}::test_a_team_is_made_as_asked_or_refused"
_SLUG_TAKEN = f"{_TEAMS}::test_a_slug_is_taken_until_its_team_is_gone"
_UPDATED = f"{_TEAMS}::test_an_update_changes_what_it_names"


def _slug_bare(sandbox: Sandbox) -> None:
    replace(sandbox.teams.slug_for, lambda name, given: given or slug_base(name))


def _slug_ignored(sandbox: Sandbox) -> None:
    slug_for = sandbox.teams.slug_for
    replace(sandbox.teams.slug_for, lambda name, _given: slug_for(name, None))


def _slug_of_nothing(sandbox: Sandbox) -> None:
    slug_for = sandbox.teams.slug_for
    replace(sandbox.teams.slug_for, lambda name, given: slug_for(name if slug_base(name) else "team", given))


def _any_slug(sandbox: Sandbox) -> None:
    def check(slug: str) -> None:
        if not 1 <= len(slug) <= MAX_SLUG:
            raise invalid("slug is too long")

    replace(sandbox.teams.check_slug, check)


def _slug_twice(sandbox: Sandbox) -> None:
    """The table wants slugs to differ, so the second team of a slug only shows it."""
    insert, shown_as = sandbox.teams.insert, dict[str, str]()

    def share(name: str, slug: str) -> str:
        taken = sandbox.database.one("SELECT 1 FROM teams WHERE slug = ?", slug) is not None
        team_id = insert(name, sandbox.new_id() if taken else slug)
        shown_as[team_id] = slug
        return team_id

    replace(sandbox.teams.insert, share)
    fix(sandbox.teams.check_slug_free, None)
    alter(sandbox.teams.view, lambda shown: shown | {"slug": shown_as[shown["id"]]})


def _slug_never_free(sandbox: Sandbox) -> None:
    insert, check, used = sandbox.teams.insert, sandbox.teams.check_slug_free, set[str]()

    def remember(name: str, slug: str) -> str:
        used.add(slug)
        return insert(name, slug)

    def refuse(slug: str) -> None:
        if slug in used:
            raise conflict("slug is taken")
        check(slug)

    replace(sandbox.teams.insert, remember)
    replace(sandbox.teams.check_slug_free, refuse)


def _slug_changed(sandbox: Sandbox) -> None:
    update_team = sandbox.teams.update_team

    def obedient(call: Call) -> Response:
        response = update_team(call)
        if "slug" not in call.body():
            return response
        team_id = call.path_uuid("team_id")
        sandbox.database.update("teams", team_id, {"slug": call.body()["slug"]})
        return JSONResponse(sandbox.teams.view(sandbox.teams.entered(call.caller, team_id)))

    replace(sandbox.teams.update_team, obedient)


DEFECTS = (
    Defect(
        "made-slug-without-digits",
        "TEAM-3",
        "A slug made from the name has no digits behind it.",
        _slug_bare,
        (f"{_MADE}[a name]",),
    ),
    Defect(
        "given-slug-ignored",
        "TEAM-3",
        "A team gets a slug made from its name whatever it was given.",
        _slug_ignored,
        (f"{_MADE}[a slug]",),
    ),
    Defect(
        "slug-from-nothing",
        "TEAM-4",
        "A name without letter or digit gives a slug all the same.",
        _slug_of_nothing,
        (f"{_MADE}[name of signs]",),
    ),
    Defect(
        "any-slug-accepted",
        "INV-T4",
        "A slug is only looked at for its length.",
        _any_slug,
        (f"{_MADE}[slug with an underscore]", f"{_MADE}[slug with a double hyphen]"),
    ),
    Defect("slug-given-twice", "INV-T3", "Two teams may have one slug.", _slug_twice, (_SLUG_TAKEN,)),
    Defect(
        "slug-never-free-again",
        "TEAM-12",
        "The slug of a deleted team stays taken.",
        _slug_never_free,
        (_SLUG_TAKEN,),
    ),
    Defect(
        "slug-changed-by-update",
        "TEAM-8",
        "An update may give a team another slug.",
        _slug_changed,
        (f"{_UPDATED}[what cannot be set]",),
    ),
)
