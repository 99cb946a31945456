"""Safelight: ideas from your own photos, on your own machine."""

import os
from importlib.metadata import version

# Some builds of ONNX Runtime make a device id and report usage as soon as they are imported.
# Said here, because every process of Safelight comes by here before anything else.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = version("safelight")
