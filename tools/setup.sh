#!/usr/bin/env bash
# Makes .venv from requirements.lock. Quick when nothing changed; says one line when it cannot.
set -euo pipefail
cd "$(dirname "$0")/.."

ready=.venv/.ready
if [[ -e $ready && $ready -nt requirements.lock && $ready -nt pyproject.toml && $ready -nt generated/pyproject.toml ]]; then
    exit 0
fi

if command -v uv >/dev/null; then
    uv=(uv)
elif python3 -m uv --version >/dev/null 2>&1; then
    uv=(python3 -m uv)
else
    echo "setup: uv is not installed; run: python3 -m pip install --target .tools uv rust-just" >&2
    exit 2
fi

echo "setting up .venv from requirements.lock" >&2
export UV_PYTHON_DOWNLOADS=never # the Python that is here, or a clear refusal
"${uv[@]}" venv --quiet --allow-existing --python '>=3.11' .venv ||
    { echo "setup: no Python 3.11 or later found; install one and run this again" >&2; exit 2; }
export VIRTUAL_ENV="$PWD/.venv"
"${uv[@]}" pip sync --quiet --require-hashes requirements.lock
"${uv[@]}" pip install --quiet --no-deps --editable generated --editable .
touch "$ready"
