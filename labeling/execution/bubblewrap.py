"""The command that starts a worker in namespaces of its own, with https://github.com/containers/bubblewrap.

Unlike the layers that a worker puts on itself, it hides what there is: files outside the short list
below do not exist for the worker, and neither do the server's processes and networks.
"""

import json
import shutil
import sys
from pathlib import Path

from labeling.errors import WorkerError
from labeling.execution.sandbox.landlock import SYSTEM_PATHS, python_paths

PROGRAM = "bwrap"


def bubblewrap_command(information: int, package: Path, readable: tuple[Path, ...]) -> list[str]:
    """Return the words before the Python command.

    bubblewrap writes to the descriptor `information` under which id the server sees the worker.
    """
    if shutil.which(PROGRAM) is None:
        raise WorkerError(
            f"The program {PROGRAM} is not installed.",
            where="worker isolation",
            remedy="Install bubblewrap, or choose another isolation.",
        )
    return [
        PROGRAM,
        *("--unshare-all", "--die-with-parent", "--as-pid-1", "--cap-drop", "ALL"),
        *("--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev"),  # noqa: S108 - the worker's own
        *(word for path in _visible(package, readable) for word in ("--ro-bind", path, path)),
        *("--chdir", "/tmp", "--info-fd", str(information), "--"),  # noqa: S108
    ]


def worker_pid(information: bytes) -> int:
    """Return the id of the worker, as the server sees it, from what bubblewrap wrote."""
    pid: int = json.loads(information)["child-pid"]
    return pid


def _visible(package: Path, readable: tuple[Path, ...]) -> list[str]:
    """Return what is mounted, outer folders before those inside them."""
    own = ("/proc", "/dev")  # new ones, of the worker's namespaces
    system = [path for path in SYSTEM_PATHS if not path.startswith(own)]
    programs = [f"{prefix}/bin" for prefix in (sys.prefix, sys.base_prefix)]
    wanted = {*map(str, python_paths()), *system, *programs, str(package), *map(str, readable)}
    return sorted(path for path in wanted if Path(path).exists())
