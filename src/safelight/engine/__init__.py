"""Jobs and where they run; knows nothing of photos."""

from safelight.engine.codec import pack, unpack
from safelight.engine.inline import InlineExecutor
from safelight.engine.processes import ProcessExecutor, probe

__all__ = ["InlineExecutor", "ProcessExecutor", "pack", "probe", "unpack"]
