"""The numbers of the kernel's calls that workers may not make, on both kinds of processor.

Read from the kernel's own headers: asm/unistd_64.h for x86-64, asm-generic/unistd.h for aarch64.
`None`: that processor has no such call.
"""

from collections.abc import Mapping

Numbers = tuple[int | None, int | None]
"""x86-64, aarch64."""

# fmt: off
NETWORK: Mapping[str, Numbers] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
}
"""Sockets of every family, and io_uring, which does the same unseen by a filter."""

PROGRAMS: Mapping[str, Numbers] = {
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None),
}
"""Starting programs and processes; threads are told apart by `CLONE`."""

PROCESSES: Mapping[str, Numbers] = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "kcmp": (312, 272),
    "setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119), "sched_setparam": (142, 118), "sched_setattr": (314, 274),
    "migrate_pages": (256, 238), "move_pages": (279, 239), "setsid": (112, 157),
    "setpgid": (109, 154),
}
"""Looking into, slowing down and outliving other processes."""

FILES: Mapping[str, Numbers] = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "removexattrat": (466, 466), "file_setattr": (469, 469), "truncate": (76, 45),
    "ftruncate": (77, 46), "fallocate": (285, 47), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "inotify_init": (253, None), "inotify_init1": (294, 26),
    "inotify_add_watch": (254, 27), "fanotify_init": (300, 262), "fanotify_mark": (301, 263),
    "quotactl": (179, 60), "quotactl_fd": (443, 443), "flock": (73, 32),
}
"""What Landlock lets through: rights, owners, times, attributes, sizes, locks, and watching."""

MEMORY: Mapping[str, Numbers] = {
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194),
    "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semctl": (66, 191), "semtimedop": (220, 192), "msgget": (68, 186), "msgsnd": (69, 189),
    "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
    "mq_timedsend": (242, 182),
}
"""Memory beside the address space, which its limit does not count, or that stays behind."""

KERNEL: Mapping[str, Numbers] = {
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "move_mount": (429, 429), "open_tree": (428, 428), "open_tree_attr": (467, 467),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "unshare": (272, 97), "setns": (308, 268), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "reboot": (169, 142), "swapon": (167, 224),
    "swapoff": (168, 225), "acct": (163, 89), "sethostname": (170, 161),
    "setdomainname": (171, 162), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "clock_adjtime": (305, 266), "adjtimex": (159, 171), "syslog": (103, 116),
    "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None),
    "personality": (135, 92), "vhangup": (153, 58),
}
"""The rest of what only an administrator needs, or what kernel exploits are made of."""

REFUSED = (NETWORK, PROGRAMS, PROCESSES, FILES, MEMORY, KERNEL)

SELF_ONLY: Mapping[str, Numbers] = {
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}
"""Signals, which a process may send to itself: abort() does."""

PRLIMIT: Numbers = (302, 261)
PRCTL: Numbers = (157, 167)
FCNTL: Numbers = (72, 25)
IOCTL: Numbers = (16, 29)
CLONE: Numbers = (56, 220)
CLONE3: Numbers = (435, 435)
SECCOMP: Numbers = (317, 277)
# fmt: on

FCNTL_COMMANDS: Mapping[str, int] = {
    "F_DUPFD": 0,
    "F_GETFD": 1,
    "F_SETFD": 2,
    "F_GETFL": 3,
    "F_GETLK": 5,
    "F_DUPFD_CLOEXEC": 1030,
    "F_GETPIPE_SZ": 1032,
}
"""What fcntl may be asked for: descriptors of this process, and questions.

Among the others are leases, locks, signals to other processes, and watching of folders.
"""
F_SETFL = 4
SETTABLE_FLAGS: Mapping[str, tuple[int, int]] = {
    "O_WRONLY": (0x1, 0x1),
    "O_RDWR": (0x2, 0x2),
    "O_APPEND": (0x400, 0x400),
    "O_NONBLOCK": (0x800, 0x800),
    "O_LARGEFILE": (0x8000, 0x20000),
}
"""With which F_SETFL passes: not O_DIRECT, O_ASYNC (signals) or O_NOATIME. x86-64, aarch64."""

IOCTL_COMMANDS: Mapping[str, int] = {
    "TCGETS": 0x5401,
    "TIOCGWINSZ": 0x5413,
    "FIONREAD": 0x541B,
    "FIONBIO": 0x5421,
    "FIONCLEX": 0x5450,
    "FIOCLEX": 0x5451,
}
"""What ioctl may be asked for: whether something is a terminal, how much there is to read, and
what fcntl does too. Among the others are the attributes of files, which Landlock lets through."""
