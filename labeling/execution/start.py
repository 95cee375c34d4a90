"""How the Python of workers is started, and all that it gets to know of its surroundings."""

import json
import os
import sys
from pathlib import Path

from labeling.execution import bubblewrap
from labeling.execution.copied import Template, can_copy
from labeling.execution.isolation import IsolationSettings
from labeling.execution.sandbox import namespaces

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
PACKAGE = PACKAGE_ROOT / "labeling"

_WORKER = """\
import json, sys
root = sys.argv[1]
sys.path.insert(0, root)
from pathlib import Path
from labeling.execution.sandbox import lock_down
wanted, readable, host_namespaces = json.loads(sys.argv[2])
layers = lock_down(wanted, [Path(path) for path in readable], host_namespaces)
from labeling.execution.worker import main
sys.path.remove(root)
main(layers, [*map(int, sys.argv[-4:])])
"""
"""Locks up before anything else is imported, and puts our package within reach for as long as it
takes to import it."""

_TEMPLATE = """\
import json, sys
root = sys.argv[1]
sys.path.insert(0, root)
from labeling.execution.template import main
sys.path.remove(root)
main(json.loads(sys.argv[2]))
"""


def worker_command(isolation: IsolationSettings, information_end: int) -> list[str]:
    """Return the command of a worker, up to its descriptors.

    One's own launcher starts bubblewrap, which says who the worker is at `information_end`.
    """
    words = list(isolation.launcher)
    if isolation.mode == "bwrap":
        words += bubblewrap.bubblewrap_command(information_end, PACKAGE, isolation.readable)
    return [*words, *_python(_WORKER, isolation)]


def new_template(isolation: IsolationSettings, hash_seed: int) -> Template | None:
    """Start a template for workers; None where each has to be started by itself.

    That is where a launcher starts them, and on systems without what copies need.
    """
    if isolation.launcher or isolation.mode == "bwrap" or not can_copy():
        return None
    return Template(_python(_TEMPLATE, isolation), environment(Path("/"), hash_seed))


def _python(program: str, isolation: IsolationSettings) -> list[str]:
    """Return the command of a program that locks itself or its copies up."""
    readable = [str(path) for path in (PACKAGE, *isolation.readable)]
    sandbox = json.dumps([isolation.layers, readable, namespaces.own()])
    return [sys.executable, "-s", "-P", "-c", program, str(PACKAGE_ROOT), sandbox]


def environment(folder: Path, hash_seed: int) -> dict[str, str]:
    """Return all that a worker gets to know of its surroundings."""
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "PYTHONHASHSEED": str(hash_seed),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "JOBLIB_MULTIPROCESSING": "0",  # it would warn that it cannot have what it wants
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
    if library_path := os.environ.get("LD_LIBRARY_PATH"):  # some Pythons do not start without it
        environment["LD_LIBRARY_PATH"] = library_path
    return environment
