"""How fast and how large: one core, one run, beside a model of the usual size."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.footprint import bytes_of, needed
from benchmarks.report import Metric, middle, plain
from beside_gauge import Exchange, Turn
from beside_gauge.encode import ASSETS, length
from beside_gauge.gauge import Gauge

SAID = (
    "I sat in the car outside the school for twenty minutes again before I could go in, and when I "
    "did the others looked up and went on talking. It has been like that since I came back after "
    "my father. I do not know if it is them or me, and I am too tired to find out."
)
ANSWER = (
    "Twenty minutes in the car, and then they look up and go on talking. You came back from "
    "burying your father to that. You needn't find out tonight whose it is."
)


def _timed(run: Callable[[], Any], times: int) -> list[float]:
    run()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        found.append(1000 * (time.perf_counter() - began))
    return found


def speed(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    """Milliseconds for one reading (about 40 and 60 pieces), readings a second in batches of 64."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    if cores:
        os.sched_setaffinity(0, {min(cores)})
    try:
        yield from _speed(gauge, short=short)
    finally:
        if cores:
            os.sched_setaffinity(0, cores)


def _speed(gauge: Gauge, *, short: bool) -> Iterator[Metric]:
    one = Exchange(context=(Turn(role="person", text=SAID),), reply=ANSWER)
    ours = _timed(lambda: gauge.read(one), 30 if short else 150)
    many = [Exchange(context=(Turn(role="person", text=f"{i}. {SAID}"),), reply=ANSWER)
            for i in range(64)]  # fmt: skip
    batches = _timed(lambda: gauge.read_many(many), 2 if short else 8)
    pieces = length(SAID) + length(ANSWER)
    yield middle("single_ms_p50", ours, unit=f"ms ({pieces} pieces)")
    yield middle("batch_per_second", [64_000 / ms for ms in batches], unit="readings a second")
    yield from _beside_roberta(sorted(ours)[len(ours) // 2], pieces + 4, short=short)


def _beside_roberta(ours: float, tokens: int, *, short: bool) -> Iterator[Metric]:
    """The same text through the shape of RoBERTa-base (12 layers of 768), with random weights."""
    try:
        import torch
    except ImportError:
        for name in ("speedup_over_roberta_torch", "speedup_same_runtime"):
            yield Metric(metric=name, value=None, low=None, high=None, unit="no torch here", n=0)
        return
    torch.set_num_threads(1)
    layer = torch.nn.TransformerEncoderLayer(768, 12, 3072, activation="gelu", batch_first=True)
    model = torch.nn.TransformerEncoder(layer, 12, enable_nested_tensor=False).eval()
    x = torch.randn(1, tokens, 768)
    with torch.inference_mode():
        theirs = _timed(lambda: model(x), 6 if short else 30)
    yield middle("speedup_over_roberta_torch", [ms / ours for ms in theirs], unit="times")
    if not short:
        yield from _same_runtime(model, x, ours)


def _same_runtime(model: Any, x: Any, ours: float) -> Iterator[Metric]:
    import tempfile
    import warnings

    import onnxruntime as ort
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wide, narrow = Path(folder) / "wide.onnx", Path(folder) / "narrow.onnx"
        torch.backends.mha.set_fastpath_enabled(False)
        torch.onnx.export(model, (x,), str(wide), input_names=["x"], dynamo=False)
        quantize_dynamic(str(wide), str(narrow), weight_type=QuantType.QInt8, per_channel=True)
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        session = ort.InferenceSession(str(narrow), options, providers=["CPUExecutionProvider"])
        feed = {"x": x.numpy().astype(np.float32)}
        theirs = _timed(lambda: session.run(None, feed), 30)
    yield middle("speedup_same_runtime", [ms / ours for ms in theirs], unit="times")


def size(*, short: bool) -> Iterator[Metric]:
    """Megabytes with all that is installed for it; seconds from import to the first reading."""
    names = needed("beside-gauge")
    own = sum(p.stat().st_size for p in ASSETS.parent.rglob("*")
              if p.is_file() and p.suffix != ".pyc")  # fmt: skip
    total = own + sum(bytes_of(name) for name in names)
    yield plain("installed_mb", total / 1e6, unit="MB", n=len(names))
    code = (
        "import time; began = time.perf_counter()\n"
        "from beside_gauge import Exchange, Turn, read\n"
        f"read(Exchange(context=(Turn(role='person', text={SAID!r}),), reply={ANSWER!r}))\n"
        "print(time.perf_counter() - began)"
    )
    seconds = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                             check=True).stdout)
        for _ in range(3 if short else 7)
    ]  # fmt: skip
    yield middle("first_reading_s", seconds, unit="s")
