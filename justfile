# Every command of the project. `just` alone lists them.

set shell := ["bash", "-euo", "pipefail", "-c"]
set positional-arguments

export PATH := justfile_directory() / ".venv/bin" + ":" + justfile_directory() / ".tools/bin" + ":" + env("PATH")

[private]
default:
    @just --list --unsorted

# Make .venv from requirements.lock; does nothing when it is up to date
setup:
    @bash tools/setup.sh

# Run the contract suite: sandbox by default, or `--target URL`; ends with a verdict and reports/latest/
contract *args: setup
    @framecast-contract run "$@"

# The project's own tests and the suite on the sandbox
test *args: setup
    @pytest -n auto -r fE "$@"

# Lint and type-check everything
lint: setup
    ruff check .
    ruff format --check .
    mypy src tests benchmarks generated/framecast_client conftest.py
    basedpyright

# Rewrite generated/ from the contract; `--check` only says whether it is stale
generate *args: setup
    @framecast-contract generate "$@"

# Print the contract as one JSON document, for tools that cannot follow references between files
bundle: setup
    @framecast-contract bundle

# Serve a local Framecast on port 3000; `--control` opens the control surface
sandbox *args: setup
    @framecast-contract sandbox "$@"

# Print rule id → tests
rules: setup
    @framecast-contract rules

# Measure: a table of medians
bench *args: setup
    @python -m benchmarks.run "$@"

# Look for known vulnerabilities in the pinned dependencies
audit: setup
    pip-audit --require-hashes --disable-pip -r requirements.lock

# Refresh requirements.lock from pyproject.toml
lock:
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev \
        --no-emit-package framecast-client --no-header --no-annotate --upgrade \
        pyproject.toml --output-file requirements.lock

# Format everything
fmt: setup
    ruff check --fix-only --quiet .
    ruff format .

# End-to-end tests with the doubles in place of RunPod and Anthropic
test-e2e-mocked *args: setup
    pytest tests/lifecycle -m "not real_runpod" "$@"

# End-to-end tests on real GPUs: credentials from .env, callbacks through `just tunnel`
test-e2e-real *args: setup
    pytest tests/lifecycle -m real_runpod "$@"

# Both kinds of end-to-end tests
test-e2e-all: test-e2e-mocked test-e2e-real

# End-to-end tests whose name contains NAME
test-e2e name: setup
    pytest tests/lifecycle -k "$1"

# Lint the end-to-end tests
test-e2e-lint: setup
    ruff check tests/lifecycle
    mypy tests/lifecycle

# Format the end-to-end tests
test-e2e-fmt: setup
    ruff format tests/lifecycle

# Give port 3000 a public address for RunPod's callbacks (needs cloudflared)
tunnel:
    @command -v cloudflared >/dev/null || { echo "tunnel: cloudflared is not installed; install it, then run just tunnel again" >&2; exit 2; }
    cloudflared tunnel --url http://127.0.0.1:3000
