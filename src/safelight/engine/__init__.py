"""Jobs and where they run; knows nothing of photos."""

from safelight.engine.codec import header_of, pack, pack_pieces, unpack
from safelight.engine.inline import InlineExecutor
from safelight.engine.processes import ProcessExecutor, probe
from safelight.engine.streaming import InlineStreams, WalledStreams

__all__ = [
    "InlineExecutor",
    "InlineStreams",
    "ProcessExecutor",
    "WalledStreams",
    "header_of",
    "pack",
    "pack_pieces",
    "probe",
    "unpack",
]
