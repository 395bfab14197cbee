"""Small data sets in the exported form, made on the spot."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

CASES = Path(__file__).parent
PARTS = [f"{part}{form}.jsonl" for part in ("train", "validation", "test") for form in ("", "-pairs")]


def cases(name: str) -> list[dict]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def sequence(identity: str, learnt: str = " breathing is fast.", given: str = "Respiratory rate 26/min:") -> dict:
    segments = [
        {"kind": "control", "text": "<|im_start|>assistant\n", "loss": False},
        {"kind": "plain", "text": given, "loss": False},
        {"kind": "plain", "text": learnt, "loss": True},
    ]
    return {"id": identity, "segments": segments, "kind": "alert-explanation", "group": "synthetic-1"}


def pair(identity: str) -> dict:
    prompt = [{"kind": "plain", "text": "Respiratory rate 26/min:", "loss": False}]
    return {"id": identity, "prompt": prompt, "chosen": " breathing is fast.", "rejected": " it is slow."}


Make = Callable[..., Path]


@pytest.fixture
def make_data_set(tmp_path: Path) -> Make:
    """Writes rows by file name, and the manifest that belongs to them."""

    def make(**rows: list[dict]) -> Path:
        folder = tmp_path / "data"
        folder.mkdir()
        files = []
        for name in PARTS:
            given = rows.get(name.removesuffix(".jsonl").replace("-", "_"), [])
            text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in given)
            (folder / name).write_text(text, "utf-8")
            data = text.encode()
            sha256 = hashlib.sha256(data).hexdigest()
            files.append({"name": name, "rows": len(given), "bytes": len(data), "sha256": sha256})
        manifest = {
            "format": "medobsmind-data-set-1",
            "id": "seed-1",
            "promptFormat": "chatml",
            "layout": "serial",
            "seed": 1,
            "program": "test",
            "files": files,
        }
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        return folder

    return make
