"""What a worker costs before it runs anything: started by itself, and as a copy of a template.

Usage: PYTHONPATH=. python benchmarks/worker_start.py [STARTS=40]
Processor time is that of all processes started, also of what they started, and time that of one
worker after the other; what is spent once for all is left out.
"""

import resource
import sys
import time

from labeling.execution.handshake import reported_layers
from labeling.execution.isolation import IsolationSettings
from labeling.execution.pool import WorkerPool

FEW = 4
WAYS = {
    "started by itself": IsolationSettings(launcher=("env",)),
    "copied from a template": IsolationSettings(),
}


def main() -> None:
    """Print a table line for each way."""
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print("| a worker is | processor time | time |")
    print("|---|--:|--:|")
    for way, isolation in WAYS.items():
        few, many = spent(isolation, FEW), spent(isolation, FEW + starts)
        used, waited = (1000 * (more - less) / starts for less, more in zip(few, many, strict=True))
        print(f"| {way} | {used:.0f} ms | {waited:.0f} ms |")


def spent(isolation: IsolationSettings, starts: int) -> tuple[float, float]:
    """Return the processor time and the time that so many workers take, in seconds."""
    used, began = of_children(), time.monotonic()
    pool = WorkerPool(1, isolation)
    for _ in range(starts):
        worker = pool.take()
        reported_layers(worker)  # it has imported everything and locked itself up
        worker.close()
    waited = time.monotonic() - began
    pool.close()
    return of_children() - used, waited


def of_children() -> float:
    """Return the processor time of all processes that have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
