"""`framecast-contract`: arguments in, exit code out. 0 = pass, 1 = findings or stale, 2 = could not run."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from framecast_contract.contract import ContractError, load_contract
from framecast_contract.target.errors import TargetError

HOME = Path(__file__).resolve().parents[2]
"""The checkout: where the contract, the generated client and the suite's tests are."""

SUITE = ("tests/regressions", "tests/conformance", "tests/lifecycle", "tests/properties")
COULD_NOT_RUN = 2


class Refused(Exception):
    """The command cannot do what was asked; the message says why and what to do."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refused(f"{message}; see {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a person's mistake is one line on standard error."""
    try:
        arguments = _parser().parse_args(argv)
        return int(arguments.command(arguments))
    except (Refused, ContractError, TargetError) as error:
        print(f"framecast-contract: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print("framecast-contract: interrupted", file=sys.stderr)
        return COULD_NOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="framecast-contract", description="Proves that a Framecast server keeps its contract."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    _add_run(commands.add_parser("run", help="run the contract suite"))
    _add_generate(commands.add_parser("generate", help="write the client package from a contract"))
    _add_sandbox(commands.add_parser("sandbox", help="serve a local Framecast"))
    _add_bundle(commands.add_parser("bundle", help="print the contract as one JSON document"))
    _add_token(commands.add_parser("token", help="print a session token for the local sandbox"))
    rules = commands.add_parser("rules", help="print rule id → tests")
    rules.set_defaults(command=_rules)
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", default=os.environ.get("FRAMECAST_TARGET", "sandbox"), metavar="URL")
    parser.add_argument("--seed", type=int, help="repeat a run: the seed that it printed")
    parser.add_argument(
        "--only", metavar="TEST", action="append", help="a test id or a folder; may be repeated"
    )
    parser.add_argument("--defect", metavar="ID", help="plant this defect in the sandbox: docs/defects.md")
    parser.add_argument("--workers", default="auto", type=_workers, help="processes (default: one per core)")
    parser.add_argument("--reports", default="reports/latest", metavar="DIR", help="default: reports/latest")
    parser.set_defaults(command=_run)


def _workers(text: str) -> str:
    if text != "auto" and not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is neither auto nor a number of processes")
    return text


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number to 65535, or 0 for a free one")
    return int(text)


def _add_generate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("contract", nargs="?", type=Path, help="default: openapi/framecast.yaml")
    parser.add_argument(
        "--out", type=Path, default=HOME / "generated", metavar="DIR", help="default: generated"
    )
    parser.add_argument("--package", default="framecast_client", metavar="NAME")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when the package is stale"
    )
    parser.set_defaults(command=_generate)


def _add_bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("contract", nargs="?", type=Path, help="default: openapi/framecast.yaml")
    parser.set_defaults(command=_bundle)


def _add_sandbox(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=3000)
    parser.add_argument("--database", default=":memory:", metavar="FILE", help="default: in memory")
    parser.add_argument("--control", action="store_true", help="open the control surface under /__sandbox__/")
    parser.add_argument("--virtual-clock", action="store_true", help="time stands still until it is moved")
    parser.add_argument("--real", action="store_true", help="use RunPod, Anthropic, S3 as .env names them")
    parser.set_defaults(command=_sandbox)


def _add_token(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", default="00000000-0000-4000-8000-000000000001", metavar="UUID")
    parser.add_argument("--email", default="you@example.com")
    parser.set_defaults(command=_token)


def _run(arguments: argparse.Namespace) -> int:
    from framecast_contract.target.choose import check_target

    load_contract()
    check_target(arguments.target, arguments.defect)
    folder = _made(Path(arguments.reports).resolve())
    options = [
        "-p",
        "no:terminal",
        "--rootdir",
        str(HOME),
        "-c",
        str(HOME / "pyproject.toml"),
        "-n",
        arguments.workers,
    ]
    options += ["--target", arguments.target, "--contract-report", str(folder)]
    options += ["--junitxml", str(folder / "junit.xml"), "-o", "junit_logging=no"]
    if arguments.defect is not None:
        options += ["--defect", arguments.defect]
    if arguments.seed is not None:
        options += ["--contract-seed", str(arguments.seed)]
    # A process of its own: pytest must be the first to import the plugin, or it cannot rewrite assertions.
    command = [sys.executable, "-m", "pytest", *options, *_chosen(arguments.only)]
    code = _wait_for(subprocess.Popen(command, cwd=HOME, start_new_session=True))
    return code if code in (0, 1) else COULD_NOT_RUN


def _wait_for(process: "subprocess.Popen[bytes]") -> int:
    """The exit code of the suite. Being told to stop is passed on once, so that it ends with what it has."""
    told = 0

    def stop(number: int, frame: object) -> None:
        del number, frame
        nonlocal told
        told += 1
        process.send_signal(signal.SIGINT if told == 1 else signal.SIGKILL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return process.wait()


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"--reports {folder}: {error.strerror}; name a folder that can be made") from error
    return folder


def _chosen(only: list[str] | None) -> list[str]:
    if not only:
        return [folder for folder in SUITE if any((HOME / folder).glob("test_*.py"))]
    for test in only:
        path = test.partition("::")[0]
        if not path or not (HOME / path).exists():
            raise Refused(
                f"--only {test}: there is no such test; ids look like tests/lifecycle/test_jobs.py::test_x"
            )
    return only


def _generate(arguments: argparse.Namespace) -> int:
    from framecast_contract import codegen

    out, package = arguments.out, arguments.package
    try:
        if arguments.check:
            document = _document(arguments.contract)
            return _report_stale(codegen.stale_files(document, out=out, package=package))
        with codegen.Workshop() as workshop:
            document = _document(arguments.contract)
            written = codegen.generate_package(document, out=out, package=package, workshop=workshop)
    except codegen.CodegenError as error:
        raise Refused(_about(arguments.contract, str(error).removeprefix("/: "))) from error
    except OSError as error:
        raise Refused(str(error)) from error
    print(f"{len(written)} files in {out / package}: {codegen.operation_count(document)} operations")
    return 0


def _about(contract: Path | None, problem: str) -> str:
    """What is wrong, and in which document."""
    return problem if contract is None or str(contract) in problem else f"{contract}: {problem}"


def _document(contract: Path | None) -> Mapping[str, Any]:
    """Our own contract, or any document of OpenAPI."""
    from framecast_contract.codegen import load_document

    return load_contract().document if contract is None else load_document(contract)


def _bundle(arguments: argparse.Namespace) -> int:
    print(json.dumps(load_contract(arguments.contract).document, indent=2, ensure_ascii=False))
    return 0


def _report_stale(stale: list[str]) -> int:
    if not stale:
        print("generated/ is current")
        return 0
    print(f"generated/ is stale ({', '.join(stale)}); run: just generate", file=sys.stderr)
    return 1


def _sandbox(arguments: argparse.Namespace) -> int:
    from framecast_contract.target.serving import Served, serve_sandbox

    options = Served(
        host=arguments.host,
        port=arguments.port,
        database=arguments.database,
        control=arguments.control,
        virtual_clock=arguments.virtual_clock,
        real=arguments.real,
    )
    serve_sandbox(options, print)
    return 0


def _token(arguments: argparse.Namespace) -> int:
    from framecast_contract.target.live import sandbox_mint

    print(sandbox_mint().mint({"sub": arguments.user, "email": arguments.email}))
    return 0


def _rules(arguments: argparse.Namespace) -> int:
    from framecast_contract.report.rules import rule_lines

    del arguments
    print("collecting the tests …", file=sys.stderr)
    for line in rule_lines(named_rules()):
        print(line)
    return 0


def named_rules() -> dict[str, list[str]]:
    """Rule id → tests of the suite that name it, as pytest collects them. Refused when it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rules.json")
        options = ["--collect-only", "-p", "no:terminal", "--rules-to", str(file)]
        command = [sys.executable, "-m", "pytest", "-c", str(HOME / "pyproject.toml"), *options, *SUITE]
        done = subprocess.run(command, cwd=HOME, capture_output=True, text=True)
        if not file.exists():
            raise Refused(f"the tests cannot be collected; see: {' '.join(command)}\n{done.stderr}".strip())
        found: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
        return found


if __name__ == "__main__":
    sys.exit(main())
