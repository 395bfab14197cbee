"""One training, from a checked data set to an adapter: TRL's SFT on sequences or DPO on pairs, LoRA by PEFT.

Runs the same on a GPU host's worker and on two processor cores. Everything that could be wrong with data or
configuration was found before this is called.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .advice import notes_on
from .base_model import BaseFiles, find_base, load_model, load_tokenizer
from .configuration import Configuration
from .data_set import DataSet, read_data_set
from .events import Events
from .hashes import sha256_of_file
from .refusal import Refusal
from .run_folder import ADAPTER_FILES, CHECKPOINTS, TENSORBOARD, claim, last_checkpoint, run_identity


@dataclass(frozen=True)
class Prepared:
    """What is known before the first step."""

    configuration: Configuration
    data_set: DataSet
    base: BaseFiles
    rows: list[dict[str, list[int]]]
    held_out: list[dict[str, list[int]]]
    too_long: int
    continued_from: str | None
    """Hash of the adapter that is trained further."""


def train(configuration: Configuration, data_folder: Path, run: Path) -> bool:
    """Trains in `run`, from its last checkpoint where there is one. True: finished; False: asked to stop.

    Raises Refusal. Writes the adapter, its GGUF form and, last of all, the manifest.
    """
    # Threads that spin while they wait make a processor that others use too ten times slower. Read when torch starts.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # Bars that redraw themselves fill a log; progress is told as events.
    os.environ.setdefault("TQDM_DISABLE", "1")
    import torch

    events, begun = Events(run), time.monotonic()
    if configuration.threads is not None:
        torch.set_num_threads(configuration.threads)
    gpu = torch.cuda.is_available()
    data_set = read_data_set(data_folder)
    base = find_base(configuration.base)
    earlier = _hash_of_earlier(configuration)
    claim(run, run_identity(configuration, data_set.sha256, base.sha256, earlier))
    tokenizer = load_tokenizer(base)
    prepared = _prepare(configuration, data_set, base, tokenizer, earlier)
    model = load_model(base, four_bit=configuration.training.four_bit and base.file is None, gpu=gpu)
    return _run(prepared, model, tokenizer, run, events, gpu=gpu, begun=begun)


def _hash_of_earlier(configuration: Configuration) -> str | None:
    if configuration.continue_from is None:
        return None
    file = Path(configuration.continue_from) / ADAPTER_FILES[0]
    if not file.is_file():
        raise Refusal("base", "The adapter to continue from is not there.")
    return sha256_of_file(file)


def _prepare(
    configuration: Configuration, data_set: DataSet, base: BaseFiles, tokenizer: Any, earlier: str | None
) -> Prepared:
    from .tokens import labelled_rows, pair_rows

    length = configuration.training.length
    if configuration.method == "dpo":
        rows, too_long = pair_rows(tokenizer, data_set.pairs["train"], length)
        held_out, _ = pair_rows(tokenizer, data_set.pairs["validation"], length)
        kind = "pairs of texts"
    else:
        rows, too_long = labelled_rows(tokenizer, data_set.sequences["train"], length)
        held_out, _ = labelled_rows(tokenizer, data_set.sequences["validation"], length)
        kind = "examples"
    if not rows:
        raise Refusal("data-set", f"The data set holds no {kind} of at most {length} tokens: nothing to train.")
    return Prepared(configuration, data_set, base, rows, held_out, too_long, earlier)


def _run(prepared: Prepared, model: Any, tokenizer: Any, run: Path, events: Events, *, gpu: bool, begun: float) -> bool:
    from .artefact import write_artefact
    from .perplexity import held_out_perplexity, measured_rows
    from .progress import Progress
    from .trainers import make_trainer

    configuration = prepared.configuration
    training = configuration.training
    os.environ["TENSORBOARD_LOGGING_DIR"] = str(run / TENSORBOARD)
    examples_a_step = training.batch * training.accumulation * configuration.workers
    progress = Progress(run, events, examples_a_step)
    trainer = make_trainer(prepared, model, tokenizer, run / CHECKPOINTS, progress, gpu=gpu)
    checkpoint = last_checkpoint(run)
    steps = _steps(prepared, examples_a_step)
    zero = trainer.is_world_process_zero()
    if zero:
        _tell_beginning(prepared, model, events, steps, checkpoint, gpu=gpu)
    trainer.train(resume_from_checkpoint=None if checkpoint is None else str(checkpoint))
    if progress.stopped:
        if zero:
            events.tell("stopped", step=progress.step)
        return False
    if zero:
        adapted = trainer.accelerator.unwrap_model(trainer.model)
        sft = configuration.method == "sft"
        rows = measured_rows(prepared.held_out, gpu=gpu) if sft else []
        before = held_out_perplexity(adapted, rows, without_adapter=True)
        after = held_out_perplexity(adapted, rows, without_adapter=False)
        seconds = progress.seconds
        figures: dict[str, object] = {
            "steps": progress.step,
            "secondsTraining": round(seconds, 1),
            "secondsAnExample": round(seconds / max(1, progress.steps_done() * examples_a_step), 3),
            "perplexity": {"base": before, "adapter": after},
        }
        artefacts = write_artefact(prepared, adapted, run, figures)
        events.tell("finished", seconds=round(time.monotonic() - begun, 1), **figures, artefacts=artefacts)
    return True


def _steps(prepared: Prepared, examples_a_step: int) -> int:
    training = prepared.configuration.training
    steps = max(1, round(len(prepared.rows) * training.epochs / examples_a_step))
    return steps if training.most_steps is None else min(steps, training.most_steps)


def _tell_beginning(
    prepared: Prepared, model: Any, events: Events, steps: int, checkpoint: Path | None, *, gpu: bool
) -> None:
    import torch

    parameters = sum(parameter.numel() for parameter in model.parameters())
    events.tell(
        "started",
        method=prepared.configuration.method,
        device=torch.cuda.get_device_name() if gpu else "processor",
        trial=not gpu,
        steps=steps,
        examples=len(prepared.rows),
        heldOut=len(prepared.held_out),
        tooLong=prepared.too_long,
        parameters=parameters,
        baseSha256=prepared.base.sha256,
        dataSetSha256=prepared.data_set.sha256,
        resumedFrom=None if checkpoint is None else int(checkpoint.name.rpartition("-")[2]),
    )
    for note in notes_on(prepared.configuration, parameters=parameters, steps=steps, gpu=gpu):
        events.tell("note", code=note.code, words=note.words)
