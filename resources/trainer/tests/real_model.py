"""The embedded model, where set-up fetched it, and configurations for it."""

import json
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MODELS = ROOT / "models"
MODEL_FILE = next((file.name for file in sorted(MODELS.glob("SmolLM2-135M-Instruct.*.gguf"))), "")

needs_model = pytest.mark.skipif(MODEL_FILE == "", reason="set-up has not fetched the embedded model")
needs_engine = pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "node_modules/node-llama-cpp").is_dir(),
    reason="the program's own engine is not installed",
)

only_full = pytest.mark.skipif(
    os.environ.get("MEDOBSMIND_FULL") is None, reason="minutes long: run by npm run test:full"
)


def configuration_file(
    folder: Path, *, method: str = "sft", continue_from: Path | None = None, **training: object
) -> Path:
    file = folder / "configuration.json"
    small = {"batch": 2, "accumulation": 1, "learningRate": 1e-3, "warmUpSteps": 1, "logEvery": 1, "saveEvery": 2}
    value = {
        "format": "medobsmind-training-1",
        "method": method,
        "base": {"kind": "folder", "path": str(MODELS), "file": MODEL_FILE},
        "threads": 1,
        "continueFrom": None if continue_from is None else str(continue_from),
        "training": {**small, **training},
    }
    file.write_text(json.dumps(value), "utf-8")
    return file
