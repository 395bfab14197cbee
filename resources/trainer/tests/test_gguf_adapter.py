"""The traps of the conversion, each by itself."""

import json
from pathlib import Path

import numpy as np
import pytest
from gguf import GGUFReader
from safetensors.numpy import save_file

from medobsmind_trainer.gguf_adapter import gguf_alpha, gguf_tensor, permuted_rows, write_gguf_adapter
from medobsmind_trainer.refusal import Refusal

PREFIX = "base_model.model.model.layers.0"
CONFIG = {"model_type": "llama", "num_attention_heads": 3, "num_key_value_heads": 1}


def llama_cpp_order(weight: np.ndarray, heads: int) -> np.ndarray:
    """llama.cpp's own permutation of a base weight (convert_hf_to_gguf, LlamaModel.permute)."""
    shape = (heads, 2, weight.shape[0] // heads // 2, *weight.shape[1:])
    return weight.reshape(shape).swapaxes(1, 2).reshape(weight.shape)


def test_b_is_permuted_as_the_base_weight_is() -> None:
    random = np.random.default_rng(1)
    a, b = random.normal(size=(4, 24)), random.normal(size=(24, 4)).astype(np.float32)
    assert np.allclose(permuted_rows(b, 3) @ a, llama_cpp_order(b @ a, 3))
    assert not np.allclose(permuted_rows(b, 1) @ a, llama_cpp_order(b @ a, 3))
    with pytest.raises(Refusal):
        permuted_rows(b, 5)


def test_only_b_of_q_and_k_is_permuted_by_heads_of_its_own() -> None:
    b, a = np.arange(48, dtype=np.float32).reshape(12, 4), np.arange(48, dtype=np.float32).reshape(4, 12)
    for module, heads in (("q_proj", 3), ("k_proj", 1)):
        name, values = gguf_tensor(f"{PREFIX}.self_attn.{module}.lora_B.weight", b, 3, 1)
        assert name == f"blk.0.attn_{module[0]}.weight.lora_b"
        assert np.array_equal(values, permuted_rows(b, heads))
        assert np.array_equal(gguf_tensor(f"{PREFIX}.self_attn.{module}.lora_A.weight", a, 3, 1)[1], a)
    for module in ("self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"):
        assert np.array_equal(gguf_tensor(f"{PREFIX}.{module}.lora_B.weight", b, 3, 1)[1], b)


@pytest.mark.parametrize(
    "name", ["base_model.model.lm_head.lora_A.weight", "base_model.model.model.embed_tokens.lora_A"]
)
def test_what_llama_cpp_would_drop_is_refused(name: str) -> None:
    with pytest.raises(Refusal):
        gguf_tensor(name, np.zeros((4, 4), np.float32), 1, 1)


def test_alpha() -> None:
    assert gguf_alpha({"lora_alpha": 32, "r": 16}) == 32
    assert gguf_alpha({"lora_alpha": 32, "r": 16, "use_rslora": True}) == 128
    for config in ({"lora_alpha": 0, "r": 16}, {"r": 16}):
        with pytest.raises(Refusal):
            gguf_alpha(config)


def write_adapter(folder: Path, **config: object) -> dict[str, np.ndarray]:
    random = np.random.default_rng(2)
    tensors = {
        f"{PREFIX}.self_attn.q_proj.lora_A.weight": random.normal(size=(4, 12)).astype(np.float32),
        f"{PREFIX}.self_attn.q_proj.lora_B.weight": random.normal(size=(12, 4)).astype(np.float32),
    }
    folder.mkdir()
    save_file(tensors, folder / "adapter_model.safetensors")
    (folder / "adapter_config.json").write_text(json.dumps({"r": 4, "lora_alpha": 8, "bias": "none", **config}))
    return tensors


def test_the_file_is_read_back_as_it_was_meant(tmp_path: Path) -> None:
    tensors = write_adapter(tmp_path / "adapter")
    target = tmp_path / "adapter.gguf"
    write_gguf_adapter(tmp_path / "adapter", CONFIG, target, name="test", precision="f32")
    reader = GGUFReader(target)
    told = {key: reader.get_field(key).contents() for key in ("general.type", "general.architecture", "adapter.type")}
    assert told == {"general.type": "adapter", "general.architecture": "llama", "adapter.type": "lora"}
    assert reader.get_field("adapter.lora.alpha").contents() == 8
    found = {tensor.name: tensor.data for tensor in reader.tensors}
    assert np.array_equal(found["blk.0.attn_q.weight.lora_a"], tensors[f"{PREFIX}.self_attn.q_proj.lora_A.weight"])
    b = tensors[f"{PREFIX}.self_attn.q_proj.lora_B.weight"]
    assert np.array_equal(found["blk.0.attn_q.weight.lora_b"], llama_cpp_order(b, 3))
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("config", [{"use_dora": True}, {"modules_to_save": ["lm_head"]}, {"bias": "all"}])
def test_more_than_lora_is_refused(tmp_path: Path, config: dict) -> None:
    write_adapter(tmp_path / "adapter", **config)
    with pytest.raises(Refusal):
        write_gguf_adapter(tmp_path / "adapter", CONFIG, tmp_path / "adapter.gguf", name="test")
    with pytest.raises(Refusal):
        write_gguf_adapter(tmp_path / "adapter", {**CONFIG, "model_type": "mixtral"}, tmp_path / "x.gguf", name="test")
