"""Storage keys: where in the bucket the files of an owner lie."""

from framecast_contract.oracle.owners import is_canonical
from framecast_contract.oracle.words import Broken, Json, Rule

_SOURCE = "job-semantics.md 12"

RULES = (
    Rule(
        "STORE-1",
        "A stored file lies below its owner: user/<user>/, team/<team>/shared/ or team/<team>/<user>/.",
        _SOURCE,
    ),
    Rule("STORE-2", "Below its owner, an asset lies at assets/<asset id>/<file name>.", _SOURCE),
    Rule(
        "STORE-3",
        "Below its owner, a job has jobs/<job id>/ with final.mp4, thumbnail.jpg and scene_<scene id>.mp4.",
        _SOURCE,
    ),
    Rule("STORE-4", "A system asset lies at assets/<category>/<id> with the ending of its format.", _SOURCE),
)


def expected_key_prefix(owner: str) -> str:
    """What the key of every file of `owner` begins with; raises ValueError for a URN that owns nothing."""
    if not is_canonical(owner):
        raise ValueError(
            f"{owner!r} stores nothing, expected framecast:user:…, framecast:team:… or "
            "framecast:<team>:<user>"
        )
    _, first, second = owner.split(":")
    prefixes = {"user": f"user/{second}/", "team": f"team/{second}/shared/"}
    return prefixes.get(first, f"team/{first}/{second}/")


def asset_key(owner: str, asset_id: str, filename: str) -> str:
    """The key of an uploaded file (STORE-2)."""
    return f"{expected_key_prefix(owner)}assets/{asset_id}/{filename}"


def job_keys(owner: str, job_id: str, scene_ids: list[str]) -> tuple[str, ...]:
    """The keys of video, thumbnail and scene clips of a rendered storyboard, in this order (STORE-3)."""
    folder = f"{expected_key_prefix(owner)}jobs/{job_id}/"
    names = ("final.mp4", "thumbnail.jpg", *(f"scene_{scene_id}.mp4" for scene_id in scene_ids))
    return tuple(folder + name for name in names)


def broken_asset_key(asset: Json) -> list[Broken]:
    """STORE-1 and STORE-2 for the `s3_key` of an asset as listed or read."""
    owner, key = str(asset.get("owner")), str(asset.get("s3_key"))
    if not is_canonical(owner):
        return []
    prefix = expected_key_prefix(owner)
    if not key.startswith(prefix):
        return [Broken("STORE-1", f"s3_key {key!r} of a file of {owner}, expected {prefix}…")]
    expected = asset_key(owner, str(asset.get("id")), str(asset.get("filename")))
    return [] if key == expected else [Broken("STORE-2", f"s3_key is {key!r}, expected {expected!r}")]


def broken_system_key(asset: Json) -> list[Broken]:
    """STORE-4 for the `s3_key` of a system asset."""
    expected, key = f"assets/{asset.get('category')}/{asset.get('id')}.", str(asset.get("s3_key"))
    ending = key.removeprefix(expected)
    if key.startswith(expected) and ending.isalnum():
        return []
    return [Broken("STORE-4", f"s3_key is {key!r}, expected {expected}<format>")]
