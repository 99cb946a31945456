"""Walls around a worker: no network, no files, no other programs, bounded memory and time.

What a worker needs is loaded first, then `Walls` shuts it in, then it takes jobs. Each layer is
tried where it runs, seen to hold, and reported; where one is missing, the report says what that
means. Sources: user_namespaces(7), landlock(7), seccomp(2), getrlimit(2).
"""

from safelight.engine.sandbox.walls import Walls, absent, from_plain, to_plain

__all__ = ["Walls", "absent", "from_plain", "to_plain"]
