"""Base weights: from a folder (safetensors or a GGUF file) or a hub. A hub's token lives in the environment only."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .configuration import Base
from .hashes import sha256_of_files
from .refusal import Refusal

TOKEN_VARIABLE = "HF_TOKEN"


@dataclass(frozen=True)
class BaseFiles:
    folder: Path
    file: str | None
    """The GGUF file; None: safetensors."""
    sha256: str
    name: str
    """As the manifest tells it: a repository with its commit, or the file's own name; never a path of this host."""


def find_base(base: Base) -> BaseFiles:
    """Finds the weights and hashes them. Refuses where they are missing or others than were asked for."""
    folder = Path(base.path).expanduser() if base.kind == "folder" else _downloaded(base)
    weights = [folder / base.file] if base.file is not None else sorted(folder.glob("*.safetensors"))
    if not weights or not all(file.is_file() for file in weights):
        wanted = base.file or "safetensors files"
        raise Refusal(
            "base",
            f"The base model's folder holds no {wanted}. Put the weights there, or name another folder.",
        )
    sha256 = sha256_of_files(weights)
    if base.sha256 is not None and base.sha256 != sha256:
        raise Refusal("base", "The base weights are not those that were asked for: their SHA-256 differs.")
    told = base.file or folder.name
    name = told if base.kind == "folder" else f"{base.path}@{base.revision or folder.name}"
    return BaseFiles(folder, base.file, sha256, name)


def _downloaded(base: Base) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    patterns = [base.file] if base.file is not None else ["*.safetensors"]
    try:
        # The library reads the token from the environment by itself; it is never an argument, a field or a log line.
        return Path(
            snapshot_download(
                base.path,
                revision=base.revision,
                allow_patterns=[*patterns, "*.json", "*.model", "*.txt"],
            )
        )
    except (HfHubHTTPError, OSError) as error:
        token = "is set" if os.environ.get(TOKEN_VARIABLE) else "is not set"
        raise Refusal(
            "base",
            f"The hub did not hand out {base.path} ({type(error).__name__}). {TOKEN_VARIABLE} {token} in this host's "
            "environment. Accept the model's licence there, set the token, or give a folder.",
        ) from error


def load_tokenizer(files: BaseFiles) -> Any:
    from transformers import AutoTokenizer

    keywords = {} if files.file is None else {"gguf_file": files.file}
    tokenizer = AutoTokenizer.from_pretrained(str(files.folder), **keywords)
    if files.file is not None:
        _insist_on_end(files, tokenizer)
    _give_own_padding(tokenizer)
    return tokenizer


def _insist_on_end(files: BaseFiles, tokenizer: Any) -> None:
    """The end mark that is learnt must be the one at which the bed's engine stops."""
    from gguf import GGUFReader

    field = GGUFReader(files.folder / (files.file or "")).get_field("tokenizer.ggml.eos_token_id")
    if field is None or int(field.contents()) != tokenizer.eos_token_id:
        raise Refusal("base", "The model file and its tokenizer disagree about the end mark.")


def _give_own_padding(tokenizer: Any) -> None:
    """Padding must not be the end mark, or the end would never be learnt."""
    if tokenizer.pad_token_id is not None and tokenizer.pad_token_id != tokenizer.eos_token_id:
        return
    vocabulary = tokenizer.get_vocab()
    for token in (
        "<|finetune_right_pad_id|>",
        "<|reserved_special_token_0|>",
        "<pad>",
        tokenizer.unk_token,
        "<|endoftext|>",
    ):
        if token is not None and token in vocabulary and vocabulary[token] != tokenizer.eos_token_id:
            tokenizer.pad_token = token
            return
    raise Refusal("base", "The tokenizer has no token that could stand for padding.")


def load_model(files: BaseFiles, *, four_bit: bool, gpu: bool) -> Any:
    """The base model, in 32 bits on a processor (autocast computes in bf16), in bf16 or NF4 on a GPU."""
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    keywords: dict[str, Any] = {}
    if files.file is not None:
        from transformers import GgufConfig

        keywords = {"gguf_file": files.file, "quantization_config": GgufConfig(dequantize=True)}
    elif gpu and four_bit:
        from transformers import BitsAndBytesConfig

        keywords["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16,
        )
    model = AutoModelForCausalLM.from_pretrained(
        str(files.folder), dtype=torch.bfloat16 if gpu else torch.float32, **keywords
    )
    if files.file is not None:
        # Its weights are plain numbers now. What still says otherwise would keep the library from training it.
        if any(not parameter.is_floating_point() for parameter in model.parameters()):
            raise Refusal("base", "The model file holds weights that could not be unpacked for training.")
        quantizer = getattr(model, "hf_quantizer", None)
        if quantizer is not None:
            quantizer.remove_quantization_config(model)
    model.config.use_cache = False
    return model
