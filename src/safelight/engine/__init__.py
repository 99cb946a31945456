"""Jobs and where they run; knows nothing of photos."""

from safelight.engine.codec import pack, unpack
from safelight.engine.inline import InlineExecutor
from safelight.engine.processes import ProcessExecutor, probe
from safelight.engine.streaming import InlineStreams, WalledStreams

__all__ = [
    "InlineExecutor",
    "InlineStreams",
    "ProcessExecutor",
    "WalledStreams",
    "pack",
    "probe",
    "unpack",
]
