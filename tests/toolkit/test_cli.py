"""The command line: what a person gets wrong is one line and exit code 2, a run leaves complete reports."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import jwt
import pytest

from framecast_contract import cli
from framecast_contract.contract import load_contract
from framecast_contract.sandbox.settings import Settings
from framecast_contract.target.spawned import spawned_sandbox

NOT_LISTENING = "http://127.0.0.1:9"
ONE_TEST = "tests/lifecycle/test_service.py::test_a_browser_may_ask_what_it_may_send"


@pytest.fixture(autouse=True)
def _no_secrets_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JWT_SECRET", "FRAMECAST_TARGET", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)


def _refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that a refused command says."""
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith("framecast-contract: ")
    return said.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "COMMAND"),
        (("rnu",), "invalid choice: 'rnu'"),
        (("run", "--sed", "1", "--onyl", "x"), "unrecognized arguments: --sed 1 --onyl x"),
        (("run", "--seed", "x"), "argument --seed: invalid int value: 'x'"),
        (("run", "--workers", "many"), "'many' is neither auto nor a number of processes"),
        (("run", "--workers", "0"), "'0' is neither auto nor a number of processes"),
        (
            ("run", "--only", "tests/nonsense.py::test_x"),
            "--only tests/nonsense.py::test_x: there is no such",
        ),
        (("run", "--only", ""), "--only : there is no such test"),
        (("run", "--defect", "refund-abov-charge"), "did you mean 'refund-above-charge'?"),
        (("run", "--target", NOT_LISTENING), f"{NOT_LISTENING} is not reachable"),
        (("run", "--target", NOT_LISTENING, "--defect", "debit-twice"), "only the sandbox takes planted"),
        (("run", "--target", "localhost:80"), "expected sandbox, a URL (http://…) or the path of a TOML"),
        (("generate", "nowhere.yaml"), "nowhere.yaml"),
        (("generate", "--out"), "argument --out: expected one argument"),
        (("sandbox", "--port", "high"), "argument --port: 'high' is not a port"),
        (("sandbox", "--port", "70000"), "'70000' is not a port: a number to 65535, or 0 for a free one"),
        (("generate", "--out", "/dev/null/x"), "'/dev/null/x'"),
        (("token", "--user"), "argument --user: expected one argument"),
    ],
)
def test_a_mistake_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    reports = ("--reports", str(tmp_path)) if arguments[:1] == ("run",) else ()

    assert told in _refused(capsys, *arguments, *reports)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "contract.yaml"),
        ("- 1\n- 2\n", "contract.yaml"),
        ("swagger: '2.0'\n", "contract.yaml"),
        ("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: 7\n", "contract.yaml"),
        ("\x00\x01", "contract.yaml"),
    ],
    ids=["no YAML", "no object", "no OpenAPI 3.1", "no paths", "bytes"],
)
def test_a_bad_contract_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, told: str
) -> None:
    contract = tmp_path / "contract.yaml"
    contract.write_text(text, encoding="utf-8")

    assert told in _refused(capsys, "generate", str(contract), "--out", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("url = ", "docs/targets.md"),
        ("url = 'http://x'\nnonsense = 1", "nonsense"),
        ("jwt_issuer = 'x'", "url"),
        ("url = 7", "url is 7, expected http://… or https://…"),
    ],
)
def test_a_bad_profile_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, told: str
) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text(text, encoding="utf-8")

    line = _refused(capsys, "run", "--target", str(profile))

    assert str(profile) in line
    assert told in line


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_an_occupied_port_is_one_line(capsys: pytest.CaptureFixture[str], taken_port: int) -> None:
    line = _refused(capsys, "sandbox", "--port", str(taken_port))

    assert f"cannot listen on 127.0.0.1:{taken_port}" in line
    assert "choose another port, or 0 for a free one" in line


def test_a_server_with_another_secret_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    secret = "another secret of at least thirty-two bytes"
    with spawned_sandbox(environment={"JWT_SECRET": secret}) as url:
        line = _refused(capsys, "run", "--only", ONE_TEST, "--reports", str(tmp_path), "--target", url)

    assert f"{url} refuses our tokens (401); set JWT_SECRET to its JWT secret" in line


def test_reports_that_cannot_be_written_are_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert str(tmp_path / "file") in _refused(capsys, "run", "--reports", str(tmp_path / "file" / "in"))


def test_a_token_is_one_the_sandbox_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["token", "--user", "u", "--email", "e@example.com"]) == 0

    token = capsys.readouterr().out.strip()
    claims = jwt.decode(token, Settings().jwt_secret, algorithms=["HS256"], audience="authenticated")
    assert (claims["sub"], claims["email"]) == ("u", "e@example.com")


def test_rules_are_listed_with_their_tests(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """How they are found is shown by the house's own test of rules, which collects the suite as well."""
    monkeypatch.setattr(cli, "named_rules", lambda: {"REFUND-1": ["tests/lifecycle/test_x.py::test_y"]})

    assert cli.main(["rules"]) == 0

    told = capsys.readouterr().out
    assert re.search(r"^REFUND-1  .+\n    tests/lifecycle/test_x\.py::test_y$", told, re.MULTILINE)


def test_generating_is_checked_written_and_current(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    contract = tmp_path / "api.yaml"
    contract.write_text(
        "openapi: 3.1.0\ninfo: {title: Clock, version: '1'}\n"
        "paths: {/now: {get: {operationId: get_now, responses: {'204': {description: It ticks.}}}}}\n"
    )
    out = ["generate", str(contract), "--out", str(tmp_path)]

    assert [cli.main([*out, "--check"]), cli.main(out), cli.main([*out, "--check"])] == [1, 0, 0]

    said = capsys.readouterr()
    assert "generated/ is stale" in said.err
    assert re.search(r"^\d+ files in \S+framecast_client: \d+ operations$", said.out, re.MULTILINE)
    assert said.out.endswith("generated/ is current\n")


def _ran(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "framecast_contract.cli", "run", "--workers", "1", "--seed", "7"]
    return subprocess.run(
        [*command, "--reports", str(folder), *arguments], capture_output=True, text=True, check=False
    )


def test_a_run_that_finds_nothing_leaves_its_reports(tmp_path: Path) -> None:
    done = _ran(tmp_path, "--only", ONE_TEST)

    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (summary["verdict"], summary["seed"], summary["target"]) == ("pass", 7, "sandbox")
    assert (summary["findings"], summary["broken"]) == ([], [])
    assert summary["tests"] == {"passed": 1, "failed": 0, "skipped": 0}
    assert len(summary["operations"]) == len(load_contract().operations)
    assert len(list(ElementTree.parse(tmp_path / "junit.xml").iter("testcase"))) == 1
    assert done.stdout.splitlines()[0] == "contract suite against sandbox, seed 7"
    assert done.stdout.splitlines()[-2].startswith("PASS: ")


def test_a_run_with_a_planted_defect_fails_and_says_all_about_it(tmp_path: Path) -> None:
    test = "tests/lifecycle/test_job_endings.py::test_a_queued_job_can_be_canceled_for_the_fee"

    done = _ran(tmp_path, "--defect", "cancel-without-fee", "--only", test)

    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert (done.returncode, done.stderr, summary["verdict"]) == (1, "", "fail")
    finding = next(each for each in summary["findings"] if each["operation"] == "cancel_job")
    again = f'just contract --seed 7 --defect cancel-without-fee --only "{test}"'
    assert (finding["persona"], finding["test"], finding["reproduce"]) == ("starter", test, again)
    assert finding["request"]["headers"]["authorization"] == "Bearer eyJ***"
    assert finding["response"]["status"] == 200
    assert "starter: create_job → 201" in finding["history"]
    assert finding["expected"]
    assert f"  again     {again}" in done.stdout.splitlines()
    assert "eyJhbG" not in done.stdout + json.dumps(summary)


def test_the_contract_is_printed_as_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bundle"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document == load_contract().document
    assert not [text for text in json.dumps(document).split('"') if text.endswith(".yaml")]
