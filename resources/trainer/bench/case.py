"""Prepares the race with TRL's own script: the same weights in a folder, the same examples in both forms.

    python bench/case.py DATA_SET MODELS_FOLDER MODEL_FILE EXAMPLES OUT

TRL's script knows a prompt and a completion, so an example here ends with its first hole: everything before is given.
"""

import hashlib
import json
import sys
from pathlib import Path

from medobsmind_trainer.base_model import find_base, load_model, load_tokenizer
from medobsmind_trainer.configuration import Base
from medobsmind_trainer.data_set import FILES, Sequence, read_data_set


def up_to_first_hole(sequence: Sequence) -> tuple[str, str]:
    first = next(index for index, segment in enumerate(sequence.segments) if segment.loss)
    return "".join(segment.text for segment in sequence.segments[:first]), sequence.segments[first].text


def write_our_data(folder: Path, pairs: list[tuple[str, str]]) -> None:
    folder.mkdir()
    rows = [
        {
            "id": f"race-{number}",
            "segments": [
                {"kind": "control", "text": prompt, "loss": False},
                {"kind": "plain", "text": completion, "loss": True},
            ],
        }
        for number, (prompt, completion) in enumerate(pairs)
    ]
    files = []
    for name in FILES:
        lines = rows if name == "train.jsonl" else []
        data = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in lines).encode()
        (folder / name).write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        files.append({"name": name, "rows": len(lines), "bytes": len(data), "sha256": sha256})
    told = {"format": "medobsmind-data-set-1", "id": "race", "promptFormat": "chatml", "layout": "serial", "seed": 1}
    (folder / "manifest.json").write_text(json.dumps({**told, "files": files}), "utf-8")


def main(data: Path, models: Path, file: str, examples: int, out: Path) -> None:
    out.mkdir(parents=True)
    base = find_base(Base(kind="folder", path=str(models), file=file, revision=None, sha256=None))
    tokenizer = load_tokenizer(base)
    load_model(base, four_bit=False, gpu=False).save_pretrained(str(out / "model"))
    tokenizer.save_pretrained(str(out / "model"))
    pairs = [up_to_first_hole(sequence) for sequence in read_data_set(data).sequences["train"][:examples]]
    write_our_data(out / "ours", pairs)
    (out / "theirs").mkdir()
    lines = [json.dumps({"prompt": prompt, "completion": completion}) for prompt, completion in pairs]
    (out / "theirs" / "train.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    training = {
        "epochs": 1,
        "batch": 2,
        "accumulation": 1,
        "learningRate": 1e-3,
        "warmUpSteps": 1,
        "logEvery": 1,
        "optimiser": "adamw",
        "fourBit": False,
    }
    folder = {"kind": "folder", "path": str(out / "model")}
    configuration = {"format": "medobsmind-training-1", "base": folder, "training": training}
    (out / "configuration.json").write_text(json.dumps(configuration), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), Path(sys.argv[5]))
