"""Run one scenario in a process of its own: `python -m tests.faults NAME ROUNDS` prints JSON.

Exit code 3 says that the scenario cannot be run on this machine, with the reason on stderr.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.faults import (
    annotators,
    damaged_log,
    flipped_bytes,
    full_disk,
    kill,
    killed_migrations,
)
from tests.faults.outcome import Outcome

SCENARIOS: dict[str, Callable[[int, Path], Outcome]] = {
    "kill": kill.run,
    "full-disk": full_disk.run,
    "damaged-log": damaged_log.run,
    "flipped-bytes": flipped_bytes.run,
    "killed-migrations": killed_migrations.run,
    "annotators": annotators.run,
}


def main() -> None:
    """Run the scenario that the command line names."""
    name, rounds = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome = SCENARIOS[name](rounds, Path(folder))
        except full_disk.CannotMountError as error:
            sys.stderr.write(f"No small disk can be mounted here: {error}\n")
            sys.exit(3)
    sys.stdout.write(json.dumps(asdict(outcome)) + "\n")


if __name__ == "__main__":
    main()
