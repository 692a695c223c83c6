"""What a program waits for before its first answer: fresh processes, compared with bare Python.

Wall time is what a person feels; processor time is what stays the same when others use the machine.
"""

import statistics
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.bench_env import HOME, PYTHON, environment
from benchmarks.processes import Spent, spent

RUNS = 7
BARE = "bare Python"
MODELS = "our models alone"
OURS = "import framecast_client"

_IN_PROCESS = """
import sys, httpx
job = open(sys.argv[1] + "/job.json", "rb").read()
headers = {"content-type": "application/json"}
transport = httpx.MockTransport(lambda request: httpx.Response(200, headers=headers, content=job))
"""

_MODELS_ALONE = f"""
import sys, types
package = types.ModuleType("framecast_client")
package.__path__ = [{str(HOME / "generated" / "framecast_client")!r}]
sys.modules["framecast_client"] = package
import framecast_client.models
"""
"""The package in its place is empty, so that its own `__init__` does not run."""

_OUR_CLIENT = "from framecast_client import SyncFramecastClient as Client\n"
_OPC_CLIENT = (
    "from opc_client import AuthenticatedClient as Client\nfrom opc_client.api.jobs import get_job\n"
)
_ID = "'9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21'"

PROGRAMS = {
    BARE: "pass",
    "import httpx": "import httpx",
    "import pydantic, BaseModel": "from pydantic import BaseModel",
    MODELS: _MODELS_ALONE,
    OURS: "import framecast_client",
    "  and make a client": _OUR_CLIENT + "Client('https://framecast.test', 'token')",
    "  and get_job": f"{_OUR_CLIENT}{_IN_PROCESS}"
    f"Client('http://framecast.test', 'token', transport=transport).get_job({_ID}).id",
    "openapi-python-client, get_job": _OPC_CLIENT,
    "  and make a client ": _OPC_CLIENT + "Client('https://framecast.test', 'token').get_httpx_client()",
    "  and get_job ": f"{_OPC_CLIENT}{_IN_PROCESS}"
    "client = Client('http://framecast.test', 'token', httpx_args={'transport': transport})\n"
    f"get_job.sync({_ID}, client=client).id",
    "import runwayml": "import runwayml",
    "  and make a client  ": "import runwayml; runwayml.RunwayML(api_key='token')",
    "  and tasks.retrieve": f"import runwayml\n{_IN_PROCESS}"
    "http_client = httpx.Client(transport=transport)\n"
    f"runwayml.RunwayML(api_key='token', http_client=http_client).tasks.retrieve({_ID}).id",
}


@dataclass(frozen=True)
class Start:
    """Milliseconds more than bare Python takes, the middle of the runs."""

    name: str
    wall: float
    processor: float


def starts(folder: Path) -> list[Start]:
    """Every program `RUNS` times, in another order each time. The first time writes byte code, uncounted.

    Args:
        folder: Where `job.json` and `opc_client` are.
    """
    for name in PROGRAMS:
        _run(name, folder)
    random = Random(1)
    orders = [random.sample(list(PROGRAMS), len(PROGRAMS)) for _ in range(RUNS)]
    runs = [{name: _run(name, folder) for name in order} for order in orders]
    walls = {name: statistics.median(run[name].wall for run in runs) * 1000 for name in PROGRAMS}
    processors = {name: statistics.median(run[name].processor for run in runs) * 1000 for name in PROGRAMS}
    return [
        Start(name.rstrip(), walls[name] - walls[BARE], processors[name] - processors[BARE])
        for name in PROGRAMS
    ]


def _run(name: str, folder: Path) -> Spent:
    return spent([str(PYTHON), "-c", PROGRAMS[name], str(folder)], environment(folder), folder)
