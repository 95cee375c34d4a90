"""Runs labeling functions in processes of their own, never in the server.

The parent's side: `local.LocalExecutor` takes a warm process from `pool`, and `supervisor` watches
it through one run. The child's side: `worker` reads one request, locks itself up (`sandbox`),
compiles the function and votes row by row (`row_loop`). Both speak `protocol`.
"""

from labeling.execution.executor import Executor

__all__ = ["Executor"]
