"""System calls that a shut-in worker is refused, with their numbers on each processor.

Everything else stays allowed: a decoder computes, allocates, starts threads and talks through
the pipe that it has. Source: Linux's asm/unistd_64.h (x86_64) and asm-generic/unistd.h (aarch64);
a test compares the numbers with those files where they are installed.
"""

from __future__ import annotations

from types import MappingProxyType

X86_64 = "x86_64"
AARCH64 = "aarch64"

# name: (x86_64, aarch64); None where the processor does not have it.
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    # Sockets of every kind; the pipe to the coordinator is read and written, not connected.
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269), "recvfrom": (45, 207), "recvmsg": (47, 212),
    "recvmmsg": (299, 243),
    # Files by name, and what can be done to them.
    "open": (2, None), "creat": (85, None), "openat": (257, 56), "openat2": (437, 437),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "access": (21, None),
    "faccessat": (269, 48), "faccessat2": (439, 439), "stat": (4, None), "lstat": (6, None),
    "statx": (332, 291), "statfs": (137, 43), "readlink": (89, None), "readlinkat": (267, 78),
    "getdents": (78, None), "getdents64": (217, 61), "chdir": (80, 49), "fchdir": (81, 50),
    "truncate": (76, 45), "fallocate": (285, 47), "rename": (82, None), "renameat": (264, 38),
    "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None),
    "link": (86, None), "linkat": (265, 37), "unlink": (87, None), "unlinkat": (263, 35),
    "symlink": (88, None), "symlinkat": (266, 36), "mknod": (133, None), "mknodat": (259, 33),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "getxattr": (191, 8), "lgetxattr": (192, 9), "fgetxattr": (193, 10), "listxattr": (194, 11),
    "llistxattr": (195, 12), "flistxattr": (196, 13), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16), "inotify_init": (253, None),
    "inotify_init1": (294, 26), "inotify_add_watch": (254, 27), "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    # Programs, and other processes of the same person.
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "shmget": (29, 194),
    "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semctl": (66, 191),
    "semop": (65, 193), "semtimedop": (220, 192), "msgget": (68, 186), "msgsnd": (69, 189),
    "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
    # Ways around this filter, and parts of the kernel that a decoder has no business with.
    "unshare": (272, 97), "setns": (308, 268), "chroot": (161, 51), "pivot_root": (155, 41),
    "mount": (165, 40), "umount2": (166, 39), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "add_key": (248, 217), "request_key": (249, 218),
    "keyctl": (250, 219), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "syslog": (103, 116),
    "acct": (163, 89), "personality": (135, 92), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266),
    "sethostname": (170, 161), "setdomainname": (171, 162), "iopl": (172, None),
    "ioperm": (173, None), "modify_ldt": (154, None),
}  # fmt: skip

# Said not to exist, so that who has another way takes it: threads by `clone`, files by `read`.
_UNKNOWN: dict[str, tuple[int | None, int | None]] = {
    "clone3": (435, 435),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
}

# Allowed for some arguments only.
_CLONE = {"clone": (56, 220)}
_SIGNALS: dict[str, tuple[int | None, int | None]] = {"kill": (62, 129), "tgkill": (234, 131)}

_COLUMN = {X86_64: 0, AARCH64: 1}
AUDIT = MappingProxyType({X86_64: 0xC000003E, AARCH64: 0xC00000B7})
"""How the kernel names each processor's way of calling."""


def refused(processor: str) -> dict[str, int]:
    """Calls that fail with "not permitted"."""
    return _numbers(_REFUSED, processor)


def unknown(processor: str) -> dict[str, int]:
    """Calls that fail with "not implemented"."""
    return _numbers(_UNKNOWN, processor)


def signals(processor: str) -> dict[str, int]:
    """Calls that are allowed on this process itself only."""
    return _numbers(_SIGNALS, processor)


def clone(processor: str) -> int:
    """The call that starts threads, and without the flag for that, processes."""
    return _CLONE["clone"][_COLUMN[processor]]


def _numbers(table: dict[str, tuple[int | None, int | None]], processor: str) -> dict[str, int]:
    column = _COLUMN[processor]
    found = ((name, numbers[column]) for name, numbers in table.items())
    return {name: number for name, number in found if number is not None}
