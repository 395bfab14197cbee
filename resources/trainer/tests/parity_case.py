"""Makes what the parity test compares: an adapter on the real base, in both forms, and what HF + PEFT compute with it.

    python tests/parity_case.py MODELS_FOLDER MODEL_FILE OUT

The adapter is random and strong: its effect is far above what quantised arithmetic leaves apart, so a wrong order of
rows or a lost scale cannot hide.
"""

import json
import sys
from pathlib import Path

import torch
from peft import get_peft_model

from medobsmind_trainer.base_model import find_base, load_model, load_tokenizer
from medobsmind_trainer.configuration import configuration_of
from medobsmind_trainer.gguf_adapter import write_gguf_adapter
from medobsmind_trainer.tokens import tokens_of
from medobsmind_trainer.trainers import lora_config

SEGMENTS = [
    ("control", "<|im_start|>system\n"),
    ("plain", "You help nurses. Complete the sentence <|im_end|> in simple words."),
    ("control", "<|im_end|>\n"),
    ("control", "<|im_start|>assistant\n"),
    ("plain", "Respiratory rate 26/min, fast (3 points): श्वसन दर बहुत तेज़ है, 98.6 °F, and"),
]
STRENGTH = 0.06


def main(models: Path, file: str, out: Path) -> None:
    out.mkdir(parents=True)
    torch.manual_seed(11)
    torch.set_num_threads(1)
    configuration = configuration_of(
        {"format": "medobsmind-training-1", "base": {"kind": "folder", "path": str(models), "file": file}}
    )
    base = find_base(configuration.base)
    tokenizer = load_tokenizer(base)
    model = get_peft_model(load_model(base, four_bit=False, gpu=False), lora_config(configuration)).eval()
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=STRENGTH)
    model.save_pretrained(str(out))
    write_gguf_adapter(out, model.config.to_dict(), out / "adapter.gguf", name="parity")
    segments = [tokens_of(tokenizer, text, control=kind == "control") for kind, text in SEGMENTS]
    ids = torch.tensor([[token for tokens in segments for token in tokens]])
    with torch.inference_mode():
        adapted = model(input_ids=ids).logits[0, -1]
        with model.disable_adapter():
            plain = model(input_ids=ids).logits[0, -1]
    case = {
        "segments": [
            {"kind": kind, "text": text, "tokens": tokens}
            for (kind, text), tokens in zip(SEGMENTS, segments, strict=True)
        ],
        "end": tokenizer.eos_token_id,
        "adapted": adapted.tolist(),
        "base": plain.tolist(),
    }
    (out / "parity.json").write_text(json.dumps(case), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
