"""Functions that turn on their own worker: its time, memory, output, loop, and what comes after."""

from tests.labeling.execution.hostile.attack import Attack

STOPPED = r"^The function took longer than 0\.2 s and was stopped on row 0"
# Where a row may also fail by itself in time, the run may be stopped on a later one.
STOPPED_LATER = r"^The function took longer than 0\.2 s and was stopped on row \d"
TIMEOUT = r"^TimeoutError: took longer than 0\.2 s"

TIME = (
    Attack("timer switched off", "signal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass  # <-",
           STOPPED, "import signal"),
    Attack("timer's handler replaced",
           "signal.signal(signal.SIGALRM, lambda *_: None)\nwhile True: pass  # <-",
           STOPPED, "import signal"),
    Attack("timer's signal blocked",
           "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nwhile True: pass  # <-",
           STOPPED, "import signal"),
    Attack("the server's question ignored",
           "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))\nwhile True: pass",
           STOPPED, "import signal"),
    Attack("stops itself", "os.kill(os.getpid(), signal.SIGSTOP)", STOPPED, "import signal"),
    Attack("great power", "(10 ** 10 ** 8) ** 100  # <-",
           f"{TIMEOUT}|{STOPPED_LATER}|^MemoryError"),
    Attack("regex that backtracks", "re.match('(a|aa)+$', 'a' * 60 + 'b')  # <-",
           TIMEOUT, "import re"),
    Attack("waits for a thread that never ends",
           "t = threading.Thread(target=time.sleep, args=(99,))\nt.start()\nt.join()  # <-",
           f"{TIMEOUT}|{STOPPED_LATER}", "import threading, time"),
    Attack("label that is slow to compare", "return Slow('spam')", f"{TIMEOUT}|^InvalidLabelError",
           "class Slow(str):\n    def __eq__(self, other):\n        while True: pass\n"
           "    def __hash__(self):\n        while True: pass"),
)  # fmt: skip

MEMORY = (
    Attack("ten gigabytes", "bytearray(10 ** 10)  # <-", "^MemoryError"),
    Attack("memory bit by bit", "while True: KEPT.append(bytes(10 ** 7))  # <-",
           "^MemoryError", "KEPT = []"),
    Attack("memory map", "mmap.mmap(-1, 10 ** 10)  # <-", "^OSError: .*memory", "import mmap"),
    Attack("compressed bomb", "zlib.decompressobj(-15).decompress(BLOCK * 1000)  # <-",
           f"^MemoryError|^error: .*memory|{TIMEOUT}|{STOPPED_LATER}",
           "import zlib\nc = zlib.compressobj(wbits=-15)\n"
           "BLOCK = c.compress(bytes(10 ** 6)) + c.flush(zlib.Z_FULL_FLUSH)"),
    Attack("threads without end",
           "while True: threading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
           f"^RuntimeError: can't start new thread|^MemoryError|{TIMEOUT}|{STOPPED_LATER}",
           "import threading, time"),
    Attack("recursion without a limit", "sys.setrecursionlimit(10 ** 9)\nf(x)",
           "crashed Python|Recursion|Memory|memory|took longer"),
    Attack("descriptors without end", "while True: os.pipe()  # <-", "^OSError: .*Too many open"),
    Attack("grows the votes file", "for d in range(3, 99): os.ftruncate(d, 10 ** 12)  # <-",
           "^PermissionError"),
    Attack("shortens the votes file", "for d in range(3, 99): os.ftruncate(d, 0)  # <-",
           "^PermissionError"),
    Attack("fills files", "for d in range(5, 9): os.pwrite(d, bytes(10 ** 6), 10 ** 6)",
           "."),
)  # fmt: skip

ENDINGS = (
    Attack("kills itself", "os.kill(os.getpid(), signal.SIGKILL)",
           "^The function was killed by the system", "import signal"),
    Attack("leaves", "os._exit(0)", "^The function ended its process with exit code 0 on row 0"),
    Attack("crash without a trace",
           "import faulthandler, ctypes\nfaulthandler.disable()\nctypes.string_at(0)",
           r"^The function crashed Python \(segmentation fault\) on row 0"),
    Attack("x32 system call", "ctypes.CDLL(None).syscall(0x40000000 + 39)",
           "made a system call that no worker may make on row 0", "import ctypes"),
    Attack("32-bit system call",
           "page = mmap.mmap(-1, 4096, prot=7)\n"
           "page.write(bytes.fromhex('b814000000cd80c3'))\n"
           "ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()",
           "made a system call that no worker may make on row 0", "import ctypes, mmap"),
    Attack("flood past Python", "while True: os.write(2, bytes(65536))",
           "^The function printed more than 8 MB"),
    Attack("closes everything", "os.closerange(0, 256)", "^The function "),
    Attack("pretends to have finished",
           "for d in range(3, 256):\n    try: os.write(d, FRAME)\n    except OSError: pass\n"
           "os.kill(os.getpid(), 19)",
           "rows are missing|wrote into the connection",
           "FRAME = b'\\x00\\x00\\x00\\x17{\"message\": \"Finished\"}'"),
    Attack("claims layers",
           "for d in range(3, 256):\n    try: os.write(d, FRAME)\n    except OSError: pass",
           "wrote into the connection",
           "FRAME = b'\\x00\\x00\\x00\\x22{\"message\": \"Ready\", \"layers\": []}'.ljust(38)"),
    Attack("all votes by hand",
           "for found in gc.get_objects():\n"
           "    if type(found).__name__ == 'mmap' or type(found).__name__ == 'memoryview':\n"
           "        try: found[:] = b'\\x01' * len(found)\n"
           "        except (TypeError, ValueError): pass\n"
           "for frame in sys._current_frames().values():\n"
           "    while frame:\n"
           "        v = frame.f_locals.get('votes')\n"
           "        if isinstance(v, memoryview):\n"
           "            for i in range(len(v)): v[i] = 1\n"
           "        frame = frame.f_back",
           "written past its end", "import gc"),
    Attack("reads a file while it is prepared", "return 1",
           "could not be prepared on line 2: PermissionError", "open('/etc/passwd')"),
    Attack("exception that is none", "raise type('Odd', (BaseException,), {})('odd')  # <-",
           "^Odd: odd"),
)  # fmt: skip

TAMPERING = (*TIME, *MEMORY, *ENDINGS)
