"""How many threads learning may take, so that people are not kept waiting for it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def few_threads() -> Iterator[None]:
    """Leave processors to the pages that people look at meanwhile.

    One thread for linear algebra is not only kinder but faster: on vectors of this size several
    spend their time waiting for each other, twenty times as long on a busy machine.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits({"blas": 1, "openmp": max((os.cpu_count() or 1) // 2, 1)}):
        yield
