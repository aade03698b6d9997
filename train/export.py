"""The learned gauge as one ONNX file, in eight-bit whole numbers: what the package ships."""

import shutil
import tempfile
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from train.model import Gauge

OPSET = 17


class _Outputs(nn.Module):
    def __init__(self, model: Gauge) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, ids: Tensor, parts: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        out = self.model(ids, parts, mask)
        return out.reply, out.turn, out.words, out.whole


def export(model: Gauge, to: Path, *, eight_bit: bool = True) -> None:
    """Writes `to`; with `eight_bit` the weights are int8, each output channel with its own scale.

    Sizes: batch and tokens are free. Takes about half a minute.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    model.eval()
    example = torch.ones((2, 16), dtype=torch.long)
    example_parts = torch.tensor([[0] * 8 + [1] * 8] * 2)
    free = {name: {0: "batch", 1: "tokens"} for name in ("ids", "parts", "mask")}
    free |= {
        "whole": {0: "batch"},
        "reply": {0: "batch"},
        "turn": {0: "batch"},
        "words": {0: "batch", 2: "tokens"},
    }
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            _Outputs(model), (example, example_parts, example), str(plain),
            input_names=["ids", "parts", "mask"], output_names=["reply", "turn", "words", "whole"],
            dynamic_axes=free, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        if not eight_bit:
            shutil.copy(plain, to)
            return
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready), str(to), weight_type=QuantType.QInt8, per_channel=True,
            nodes_to_exclude=_heads(ready),
        )  # fmt: skip


def _heads(path: Path) -> list[str]:
    """The heads stay exact: they are small, and everything is read from them."""
    import onnx

    graph = onnx.load(str(path)).graph
    return [
        node.name for node in graph.node
        if node.op_type in ("MatMul", "Gemm")
        and ("/reply" in node.name or "/turn" in node.name)
    ]  # fmt: skip
