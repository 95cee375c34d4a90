"""What server and template (`template`) say to each other, one packet each way.

The template sees no code of others, so nothing of it needs to be checked.
"""

import struct

COPY, REAP = b"C", b"R"
"""Make a copy: its folder follows, and descriptors come along. Reap one that ended: its id."""
ANSWER = struct.Struct("<q")
"""The id of the new copy, or the system's error number, negative; the exit code of one reaped."""
DESCRIPTORS = 5
"""Requests, reports, votes and trace of a worker, as `worker.main` takes them, then its output."""
LONGEST_REQUEST = 8192
