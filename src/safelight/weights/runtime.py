"""ONNX Runtime, held still: one thread, on the processor, loaded once a process, nothing fetched.

One single-threaded process a core beats threads inside the runtime, so parallel work is left to
the executors.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from safelight.model.errors import AnalysisError
from safelight.weights import registry

Array = NDArray[Any]

ort.disable_telemetry_events()
ort.set_default_logger_severity(3)  # errors only: its warnings are about graph rewriting


class Network:
    """A loaded model. Calls may come from several threads.

    Args:
        content: an ONNX file: its bytes, or its path where weights lie in files beside it.
        title: what errors call it.

    Raises:
        AnalysisError: the file is not a model that this runtime can run.
    """

    def __init__(self, content: bytes | Path, title: str) -> None:
        self.title = title
        source = str(content) if isinstance(content, Path) else content
        try:
            self._session = ort.InferenceSession(
                source, _options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime has no common base of errors
            raise AnalysisError(f"{title} cannot be loaded: {_first_line(error)}") from error
        self.inputs: tuple[str, ...] = tuple(item.name for item in self._session.get_inputs())
        self.outputs: tuple[str, ...] = tuple(item.name for item in self._session.get_outputs())

    def __call__(self, *values: Array) -> list[Array]:
        """Run on one array an input, in the model's order; gives one array an output.

        Raises:
            AnalysisError: the model refuses the values, or answers with numbers that are none.
        """
        feeds = dict(zip(self.inputs, values, strict=True))
        try:
            results: list[Array] = self._session.run(None, feeds)
        except Exception as error:  # see above
            raise AnalysisError(f"{self.title} failed: {_first_line(error)}") from error
        for result in results:
            if result.dtype.kind == "f" and not np.isfinite(result).all():
                raise AnalysisError(f"{self.title} gave numbers that are not finite")
        return results


@cache
def network(name: str) -> Network:
    """A shipped model, loaded at first use; its digest is checked then.

    Raises:
        AnalysisError: no such model, or its file is damaged.
    """
    return Network(registry.read(name), name)


@lru_cache(maxsize=4)
def network_at(path: Path) -> Network:
    """A person's own model file."""
    return Network(path, path.name)


def _options() -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.enable_mem_pattern = False  # pictures differ in shape, so a plan is rarely used again
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
