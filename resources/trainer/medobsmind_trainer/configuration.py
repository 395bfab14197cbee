"""The configuration of a training: the guide's values unless somebody chose others.

The same rules as `app/learning/training/configuration.ts`, from which the form is made; both are held to them by
`tests/configuration-cases.jsonl`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from .json_fields import FieldError, Fields
from .refusal import Refusal

FORMAT = "medobsmind-training-1"
Method = Literal["sft", "dpo"]
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True)
class Base:
    """Where base weights lie: a folder (with the GGUF file's name where it is one) or a hub's repository."""

    kind: Literal["folder", "hub"]
    path: str
    """The folder, or the repository."""
    file: str | None
    """The GGUF file within it; None: safetensors."""
    revision: str | None
    """Of a hub: the commit, so that the same name always means the same bytes."""
    sha256: str | None
    """What the weights must hash to; None: whatever is there, told in the manifest."""


@dataclass(frozen=True)
class Lora:
    r: int
    alpha: float
    dropout: float
    targets: tuple[str, ...]
    rank_stabilised: bool


@dataclass(frozen=True)
class Training:
    epochs: float
    batch: int
    accumulation: int
    learning_rate: float
    schedule: Literal["cosine", "linear", "constant"]
    warm_up_steps: int
    gradient_norm: float
    optimiser: Literal["paged-adamw-32bit", "adamw"]
    length: int
    evaluate_every: int
    save_every: int
    log_every: int
    precision: Literal["bf16", "f32"]
    four_bit: bool
    seed: int
    most_steps: int | None


@dataclass(frozen=True)
class Configuration:
    method: Method
    base: Base
    continue_from: str | None
    """A folder with an adapter that is trained further; None: a new one."""
    lora: Lora
    training: Training
    beta: float
    """DPO: how far the answers may move away from the model before it."""
    workers: int
    threads: int | None
    """Of a trial on a processor; None: torch decides."""


def configuration_of(value: object) -> Configuration:
    """Validates. Raises FieldError with the path of the first field that is wrong."""
    fields = Fields(value, "")
    fields.choice("format", (FORMAT,))
    found = Configuration(
        method=cast(Method, fields.choice("method", ("sft", "dpo"), fallback="sft")),
        base=_base(fields.required("base")),
        continue_from=fields.optional_text("continueFrom"),
        lora=_lora(fields.inner("lora")),
        training=_training(fields.inner("training")),
        beta=fields.number("beta", low=0, above=True, high=10, fallback=0.1),
        workers=fields.whole("workers", low=1, high=64, fallback=1),
        threads=fields.optional_whole("threads", low=1, high=256),
    )
    fields.done()
    return found


def _base(fields: Fields) -> Base:
    kind = fields.choice("kind", ("folder", "hub"))
    base = Base(
        kind="folder" if kind == "folder" else "hub",
        path=fields.text("path" if kind == "folder" else "repository"),
        file=fields.optional_text("file"),
        revision=fields.optional_text("revision", longest=64) if kind == "hub" else None,
        sha256=fields.optional_text("sha256", longest=64),
    )
    fields.done()
    if base.sha256 is not None and not (
        len(base.sha256) == 64 and all(digit in "0123456789abcdef" for digit in base.sha256)
    ):
        raise FieldError("base.sha256: must be 64 hexadecimal digits")
    return base


def _lora(fields: Fields) -> Lora:
    lora = Lora(
        r=fields.whole("r", low=1, high=256, fallback=16),
        alpha=fields.number("alpha", low=0, above=True, high=1024, fallback=32),
        dropout=fields.number("dropout", low=0, high=0.5, fallback=0.05),
        targets=fields.choices("targets", TARGETS, fallback=TARGETS[:4]),
        rank_stabilised=fields.truth("rankStabilised", fallback=False),
    )
    fields.done()
    return lora


def _training(fields: Fields) -> Training:
    optimisers = ("paged-adamw-32bit", "adamw")
    training = Training(
        epochs=fields.number("epochs", low=0, above=True, high=50, fallback=3),
        batch=fields.whole("batch", low=1, high=256, fallback=4),
        accumulation=fields.whole("accumulation", low=1, high=256, fallback=4),
        learning_rate=fields.number("learningRate", low=0, above=True, high=0.01, fallback=2e-4),
        schedule=cast(
            Literal["cosine", "linear", "constant"],
            fields.choice("schedule", ("cosine", "linear", "constant"), fallback="cosine"),
        ),
        warm_up_steps=fields.whole("warmUpSteps", low=0, high=100_000, fallback=100),
        gradient_norm=fields.number("gradientNorm", low=0, above=True, high=100, fallback=0.3),
        optimiser=cast(
            Literal["paged-adamw-32bit", "adamw"],
            fields.choice("optimiser", optimisers, fallback=optimisers[0]),
        ),
        length=fields.whole("length", low=64, high=32_768, fallback=2048),
        evaluate_every=fields.whole("evaluateEvery", low=1, high=1_000_000, fallback=500),
        save_every=fields.whole("saveEvery", low=1, high=1_000_000, fallback=500),
        log_every=fields.whole("logEvery", low=1, high=1_000_000, fallback=10),
        precision=cast(Literal["bf16", "f32"], fields.choice("precision", ("bf16", "f32"), fallback="bf16")),
        four_bit=fields.truth("fourBit", fallback=True),
        seed=fields.whole("seed", low=0, high=2**31 - 1, fallback=42),
        most_steps=fields.optional_whole("mostSteps", low=1, high=10_000_000),
    )
    fields.done()
    return training


def read_configuration(file: Path) -> Configuration:
    """Reads the file; refuses in words where it cannot be used."""
    try:
        return configuration_of(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise Refusal("configuration", f"The configuration cannot be used: {error}") from error
