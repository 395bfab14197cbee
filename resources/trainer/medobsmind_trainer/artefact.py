"""What a run leaves: the adapter, its GGUF form, and a manifest, written last: without it nothing counts."""

import json
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import VERSION
from .gguf_adapter import write_gguf_adapter
from .hashes import sha256_of_file
from .run_folder import ADAPTER_FILES, run_identity

if TYPE_CHECKING:
    from .training import Prepared

FORMAT = "medobsmind-adapter-1"
MANIFEST_FILE = "manifest.json"
GGUF_FILE = "adapter.gguf"
_VERSIONED = ("torch", "transformers", "trl", "peft", "ray", "accelerate", "gguf", "tokenizers")


def write_artefact(prepared: "Prepared", model: Any, run: Path, figures: dict[str, object]) -> list[dict[str, object]]:
    """Writes adapter, GGUF and manifest into the run's folder; returns the files with sizes and hashes."""
    model.save_pretrained(str(run), safe_serialization=True)
    (run / "README.md").unlink(missing_ok=True)
    _clean_config(run / "adapter_config.json", prepared.base.name)
    name = f"{prepared.base.name} {prepared.data_set.id}"
    write_gguf_adapter(run, model.config.to_dict(), run / GGUF_FILE, name=name)
    files = [
        {"name": file, "bytes": (run / file).stat().st_size, "sha256": sha256_of_file(run / file)}
        for file in (*ADAPTER_FILES, GGUF_FILE)
    ]
    text = json.dumps(_manifest(prepared, figures, files), indent=2, ensure_ascii=False)
    unfinished = run / f"{MANIFEST_FILE}.part"
    unfinished.write_text(f"{text}\n", "utf-8")
    unfinished.replace(run / MANIFEST_FILE)
    return files


def _clean_config(file: Path, base: str) -> None:
    """PEFT tells where the base lay on this host; that is nobody's business elsewhere."""
    config = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**config, "base_model_name_or_path": base}, indent=2, sort_keys=True) + "\n", "utf-8")


def _manifest(prepared: "Prepared", figures: dict[str, object], files: list[dict[str, object]]) -> dict[str, object]:
    configuration, data_set, base = prepared.configuration, prepared.data_set, prepared.base
    return {
        "format": FORMAT,
        "trainer": VERSION,
        "identity": run_identity(configuration, data_set.sha256, base.sha256, prepared.continued_from),
        "method": configuration.method,
        "base": {"name": base.name, "sha256": base.sha256},
        "dataSet": {
            "id": data_set.id,
            "sha256": data_set.sha256,
            "promptFormat": data_set.prompt_format,
            "layout": data_set.layout,
            "examples": len(prepared.rows),
            "heldOut": len(prepared.held_out),
            "tooLong": prepared.too_long,
        },
        "seed": configuration.training.seed,
        "lora": {
            "r": configuration.lora.r,
            "alpha": configuration.lora.alpha,
            "targets": configuration.lora.targets,
        },
        "training": asdict(configuration.training),
        "continuedFrom": prepared.continued_from,
        "figures": figures,
        "versions": {name: _version(name) for name in _VERSIONED},
        "files": files,
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
