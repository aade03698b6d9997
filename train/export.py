"""The learned gauge as two ONNX files, in eight-bit whole numbers: what the package ships.

`reply.onnx` reads a reply with its context, `person.onnx` the person's turns. The vocabulary's
vectors were frozen while both learned, so they are the same, and stand once, in `vocabulary.bin`.
"""

import hashlib
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from train.model import Gauge

OPSET = 17
VOCABULARY = "vocabulary.bin"
OUTPUTS = {"reply": ("reply", "words", "whole"), "person": ("turn", "whole")}
BOTH = ("reply", "words", "turn", "whole")


class _Part(nn.Module):
    def __init__(self, model: Gauge, outputs: tuple[str, ...]) -> None:
        super().__init__()
        self.model = model
        self.outputs = outputs

    def forward(self, ids: Tensor, parts: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        out = self.model(ids, parts, mask)
        return tuple(getattr(out, name) for name in self.outputs)


def export(reply: Gauge, person: Gauge, folder: Path) -> None:
    """Writes both parts and their vocabulary; each output channel of a weight has its own scale.

    Sizes: batch and tokens are free. Takes about a minute.
    """
    for name, model in (("reply", reply), ("person", person)):
        with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = _eight_bit(_plain(model.eval(), OUTPUTS[name], Path(scratch)))
        _share_vocabulary(made, folder / VOCABULARY, first=name == "reply")
        onnx.save(made, str(folder / f"{name}.onnx"))


def export_both(model: Gauge, folder: Path) -> None:
    """Writes one encoder that reads replies and persons' turns, as `both.onnx`, all in one file."""
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = _eight_bit(_plain(model.eval(), BOTH, Path(scratch)))
    onnx.save(made, str(folder / "both.onnx"))


def weights_hash(folder: Path) -> str:
    """Six characters that differ where the exported weights differ."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.onnx")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:6]


def _plain(model: Gauge, outputs: tuple[str, ...], scratch: Path) -> Path:
    example = torch.ones((2, 16), dtype=torch.long)
    example_parts = torch.tensor([[0] * 8 + [1] * 8] * 2)
    free = {name: {0: "batch", 1: "tokens"} for name in ("ids", "parts", "mask")}
    free |= {name: {0: "batch"} for name in outputs}
    if "words" in outputs:
        free["words"] = {0: "batch", 2: "tokens"}
    path = scratch / "plain.onnx"
    torch.onnx.export(
        _Part(model, outputs), (example, example_parts, example), str(path),
        input_names=["ids", "parts", "mask"], output_names=list(outputs),
        dynamic_axes=free, opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    return path


def _eight_bit(plain: Path) -> onnx.ModelProto:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready, small = plain.with_name("ready.onnx"), plain.with_name("small.onnx")
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready), str(small), weight_type=QuantType.QInt8, per_channel=True,
        nodes_to_exclude=_heads(ready),
    )  # fmt: skip
    return onnx.load(str(small))


def _heads(path: Path) -> list[str]:
    """The heads stay exact: they are small, and everything is read from them."""
    graph = onnx.load(str(path)).graph
    return [
        node.name for node in graph.node
        if node.op_type in ("MatMul", "Gemm")
        and ("/reply" in node.name or "/turn" in node.name)
    ]  # fmt: skip


def _share_vocabulary(made: onnx.ModelProto, path: Path, *, first: bool) -> None:
    """Moves the vectors of the vocabulary out of the file; the second part must have the same."""
    (vectors,) = [
        each for each in made.graph.initializer
        if len(each.dims) == 2 and each.dims[0] > 20_000
    ]  # fmt: skip
    numbers = onnx.numpy_helper.to_array(vectors).tobytes()
    if first:
        path.write_bytes(numbers)
    elif path.read_bytes() != numbers:
        raise ValueError("the two parts have different vocabularies; they must be frozen in both")
    vectors.ClearField("raw_data")
    vectors.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", path.name), ("offset", "0"), ("length", str(len(numbers)))):
        entry = vectors.external_data.add()
        entry.key, entry.value = key, value
