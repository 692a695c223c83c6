"""What the clients are given to send and to read, taken from the contract and written to one folder."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from framecast_contract.contract import load_contract

SCENES = 6


def write_samples(folder: Path) -> list[str]:
    """Write the contract as one document, a version that every generator reads, and a job.

    Returns:
        What had to be taken out of the document, as JSON pointers.
    """
    document = load_contract().document
    readable, removed = without_object_defaults(document)
    _write(folder / "contract.json", document)
    _write(folder / "readable.json", readable)
    _write(folder / "job.json", completed_job(document["components"]["examples"]["CompletedJob"]["value"]))
    return removed


def completed_job(example: Any) -> Any:
    """The completed job of the contract's examples with some more scenes: 1.9 kB of JSON."""
    job = copy.deepcopy(example)
    scenes, clips = job["spec_snapshot"]["scenes"], job["output"]["scene_clips"]
    job["spec_snapshot"]["scenes"] = [{**scenes[0], "id": f"scene-{n}"} for n in range(SCENES)]
    job["output"]["scene_clips"] = [
        {**clips[0], "scene_id": f"scene-{n}", "url": clips[0]["url"].replace("opening", str(n))}
        for n in range(SCENES)
    ]
    return job


def without_object_defaults(document: Any) -> tuple[Any, list[str]]:
    """A copy without `default: {}`, over which openapi-python-client drops operations, and where it was."""
    copied = copy.deepcopy(document)
    removed = []
    for pointer, schema in _nodes(copied, ""):
        if schema.get("default") == {} and "type" in schema:
            del schema["default"]
            removed.append(pointer)
    return copied, removed


def _nodes(node: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield pointer, node
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in pairs:
        yield from _nodes(child, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
