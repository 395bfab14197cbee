"""A run's folder: what belongs to which training, which checkpoint is whole, and whether it was asked to stop."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from .configuration import Configuration
from .refusal import Refusal

ADAPTER_FILES = ("adapter_model.safetensors", "adapter_config.json")
IDENTITY_FILE = "run.json"
STOP_FILE = "stop-requested"
CHECKPOINTS = "checkpoints"
TENSORBOARD = "tensorboard"


def run_identity(
    configuration: Configuration, data_set_sha256: str, base_sha256: str, continued_from: str | None = None
) -> str:
    """What makes a run itself. Where weights lie is no part of it: a folder may move between two attempts.

    `continued_from`: the hash of the adapter that is trained further.
    """
    described = asdict(configuration)
    for field in ("base", "continue_from", "workers", "threads"):
        del described[field]
    text = json.dumps([described, data_set_sha256, base_sha256, continued_from], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def claim(run: Path, identity: str) -> None:
    """The first attempt writes what the run is, the next must be the same one: never continue another training."""
    file = run / IDENTITY_FILE
    if file.exists():
        if json.loads(file.read_text("utf-8")).get("identity") != identity:
            raise Refusal(
                "configuration",
                "A run of this name was begun with another configuration, data set or base model. Take a new name.",
            )
        return
    file.write_text(json.dumps({"identity": identity}) + "\n", "utf-8")


def last_checkpoint(run: Path) -> Path | None:
    """The newest checkpoint that is whole. Its state is written last, so one without it was cut short."""

    def step_of(folder: Path) -> int:
        number = folder.name.rpartition("-")[2]
        return int(number) if number.isdigit() else -1

    found = sorted((run / CHECKPOINTS).glob("checkpoint-*"), key=step_of, reverse=True)
    return next((folder for folder in found if _is_whole(folder, step_of(folder))), None)


def _is_whole(folder: Path, step: int) -> bool:
    try:
        state = json.loads((folder / "trainer_state.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    needed = (*ADAPTER_FILES, "optimizer.pt", "scheduler.pt")
    return bool(state.get("global_step") == step) and all((folder / name).is_file() for name in needed)
