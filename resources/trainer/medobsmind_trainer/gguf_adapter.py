"""An adapter as llama.cpp reads it. What goes wrong silently elsewhere is refused or done here:

- llama.cpp keeps q and k with the two halves of each head interleaved: B of q and k is permuted, each by its own heads;
- an alpha that is missing or 0 means a scale of 1 there, so it is written and must be above 0;
- a rank-stabilised adapter is scaled by alpha / sqrt(r), llama.cpp by alpha / r: alpha * sqrt(r) is written;
- an adapter of the output matrix has no place where it is the embedding's (tied), and is refused.
"""

import json
import math
import re
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .refusal import Refusal

_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_TENSOR = re.compile(r"^base_model\.model\.model\.layers\.(\d+)\.([a-z_.]+)\.lora_([AB])\.(?:default\.)?weight$")

Floats = npt.NDArray[np.float32]


def permuted_rows(b: Floats, heads: int) -> Floats:
    """Rows of B as llama.cpp orders those of q and k: per head, the two halves of a rotation next to each other."""
    out, r = b.shape
    if out % (2 * heads) != 0:
        raise Refusal("artefact", f"{out} rows cannot be shared by {heads} heads.")
    return b.reshape(heads, 2, out // heads // 2, r).swapaxes(1, 2).reshape(out, r)


def gguf_tensor(name: str, values: Floats, heads: int, key_heads: int) -> tuple[str, Floats]:
    """Name and values of a PEFT tensor in the GGUF file. Refuses a tensor that llama.cpp would not apply."""
    match = _TENSOR.match(name)
    if match is None or match[2] not in _NAMES:
        raise Refusal("artefact", f"llama.cpp would not apply the adapter's tensor {name}.")
    layer, module, half = match[1], match[2], match[3]
    if half == "B" and module in ("self_attn.q_proj", "self_attn.k_proj"):
        values = permuted_rows(values, heads if module.endswith("q_proj") else key_heads)
    return f"blk.{layer}.{_NAMES[module]}.weight.lora_{half.lower()}", np.ascontiguousarray(values)


def gguf_alpha(adapter_config: dict[str, Any]) -> float:
    alpha, r = float(adapter_config.get("lora_alpha") or 0), int(adapter_config["r"])
    if alpha <= 0:
        raise Refusal("artefact", "The adapter's alpha is 0: llama.cpp would take it for a scale of 1.")
    return alpha * math.sqrt(r) if adapter_config.get("use_rslora") else alpha


def write_gguf_adapter(
    adapter: Path,
    model_config: dict[str, Any],
    target: Path,
    *,
    name: str,
    precision: Literal["f16", "f32"] = "f16",
) -> None:
    """Converts the PEFT adapter in the folder. f16 halves the file; the base beside it is quantised far more coarsely.

    `model_config`: the base's `config.json` as a dictionary: family, heads.
    """
    from gguf import GGUFWriter
    from safetensors.numpy import load_file

    if model_config.get("model_type") != "llama":
        raise Refusal("artefact", "Only adapters of models of the Llama family can be converted.")
    config = json.loads((adapter / "adapter_config.json").read_text("utf-8"))
    if config.get("use_dora") or config.get("modules_to_save") or config.get("bias", "none") != "none":
        raise Refusal("artefact", "The adapter holds more than LoRA matrices; llama.cpp would drop it.")
    heads = int(model_config["num_attention_heads"])
    key_heads = int(model_config.get("num_key_value_heads") or heads)
    tensors = load_file(adapter / "adapter_model.safetensors")
    unfinished = target.with_suffix(".part")
    writer = GGUFWriter(unfinished, "llama")
    writer.add_type("adapter")
    writer.add_name(name)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", gguf_alpha(config))
    for tensor, values in sorted(tensors.items()):
        found, ordered = gguf_tensor(tensor, values.astype(np.float32), heads, key_heads)
        writer.add_tensor(found, ordered.astype(np.float16) if precision == "f16" else ordered)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    unfinished.replace(target)
