"""TRL's trainers with our tokens: SFT whose loss is that of the completion alone, DPO on pairs."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasets import Dataset
from peft import LoraConfig, PeftModel
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

from .configuration import Configuration
from .perplexity import measured_rows
from .refusal import Refusal

if TYPE_CHECKING:
    from .progress import Progress
    from .training import Prepared

KEPT_CHECKPOINTS = 2
"""The last one may be cut short by a power cut; the one before it is whole."""


class _PairTrainer(DPOTrainer):
    """Pairs come as tokens: TRL would read role tokens out of text that is data."""

    def _prepare_dataset(self, dataset: Any, *_: Any, **__: Any) -> Any:
        return dataset


def make_trainer(
    prepared: "Prepared", model: Any, tokenizer: Any, output: Path, progress: "Progress", *, gpu: bool
) -> Any:
    """The trainer for the configured method, with a new adapter or the one that is trained further."""
    configuration = prepared.configuration
    arguments = _arguments(configuration, output, gpu=gpu, evaluates=bool(prepared.held_out))
    adapter: dict[str, Any] = {"peft_config": lora_config(configuration)}
    if configuration.continue_from is not None:
        model, adapter = _with_adapter(model, configuration, Path(configuration.continue_from)), {}
    measured = measured_rows(prepared.held_out, gpu=gpu)
    common: dict[str, Any] = {
        "model": model,
        "train_dataset": Dataset.from_list(prepared.rows),
        "eval_dataset": Dataset.from_list(measured) if measured else None,
        "processing_class": tokenizer,
        "callbacks": [progress],
        **adapter,
    }
    if configuration.method == "dpo":
        return _PairTrainer(args=DPOConfig(beta=configuration.beta, **arguments), **common)
    # What counts for the loss is marked token by token already; TRL takes labels as they are.
    ready = {"skip_prepare_dataset": True}
    return SFTTrainer(args=SFTConfig(dataset_kwargs=ready, **arguments), **common)


def lora_config(configuration: Configuration) -> LoraConfig:
    lora = configuration.lora
    return LoraConfig(
        r=lora.r,
        lora_alpha=int(lora.alpha) if lora.alpha == int(lora.alpha) else lora.alpha,  # type: ignore[arg-type]
        lora_dropout=lora.dropout,
        target_modules=list(lora.targets),
        use_rslora=lora.rank_stabilised,
        bias="none",
        task_type="CAUSAL_LM",
    )


def _with_adapter(model: Any, configuration: Configuration, folder: Path) -> Any:
    """Trained further. Its own shape counts; another one in the configuration is a mistake and not a wish."""
    adapted = PeftModel.from_pretrained(model, str(folder), is_trainable=True)
    found: Any = adapted.peft_config["default"]
    lora = configuration.lora
    if (found.r, float(found.lora_alpha), set(found.target_modules)) != (
        lora.r,
        lora.alpha,
        set(lora.targets),
    ):
        raise Refusal(
            "configuration",
            f"The adapter to continue from has r {found.r} and alpha {found.lora_alpha} on "
            f"{', '.join(sorted(found.target_modules))}; the configuration says otherwise.",
        )
    return adapted


def _arguments(configuration: Configuration, output: Path, *, gpu: bool, evaluates: bool) -> dict[str, Any]:
    training = configuration.training
    paged = gpu and training.optimiser == "paged-adamw-32bit"
    return {
        "output_dir": str(output),
        "num_train_epochs": training.epochs,
        "max_steps": training.most_steps or -1,
        "per_device_train_batch_size": training.batch,
        "per_device_eval_batch_size": training.batch,
        "gradient_accumulation_steps": training.accumulation,
        "learning_rate": training.learning_rate,
        "lr_scheduler_type": training.schedule,
        "warmup_steps": training.warm_up_steps,
        "max_grad_norm": training.gradient_norm,
        "optim": "paged_adamw_32bit" if paged else "adamw_torch",
        "max_length": training.length,
        "eval_strategy": "steps" if evaluates else "no",
        "eval_steps": training.evaluate_every,
        "save_strategy": "steps",
        "save_steps": training.save_every,
        "save_total_limit": KEPT_CHECKPOINTS,
        "logging_steps": training.log_every,
        "bf16": training.precision == "bf16",
        # On a processor it would cost a third of the time and save memory that is there.
        "activation_checkpointing": gpu,
        "use_cpu": not gpu,
        "seed": training.seed,
        "data_seed": training.seed,
        "dataloader_pin_memory": gpu,
        "disable_tqdm": True,
        "report_to": ["tensorboard"],
    }
