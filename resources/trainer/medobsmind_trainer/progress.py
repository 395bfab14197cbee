"""Tells a training's progress as events, and ends it with a checkpoint where that was asked."""

import math
import time
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from .events import Events
from .run_folder import STOP_FILE

_MIBIBYTE = 1 << 20


class Progress(TrainerCallback):
    def __init__(self, run: Path, events: Events, examples_a_step: int) -> None:
        self._stop_file = run / STOP_FILE
        self._events = events
        self._examples_a_step = examples_a_step
        self._first_step = 0
        self._step_begun = 0.0
        self.seconds = 0.0
        """Spent in steps: evaluations and checkpoints are not counted."""
        self.stopped = False
        self.step = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._first_step = state.global_step

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._step_begun = time.monotonic()

    def steps_done(self) -> int:
        """In this attempt: what an earlier one did is not counted into its time."""
        return self.step - self._first_step

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.step = state.global_step
        self.seconds += time.monotonic() - self._step_begun
        if self._stop_file.exists() and state.global_step < state.max_steps:
            self.stopped = True
            control.should_save = True
            control.should_evaluate = False
            control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
        if not state.is_world_process_zero or logs is None or "loss" not in logs:
            return
        done = max(1, state.global_step - self._first_step)
        seconds_a_step = self.seconds / done
        self._events.tell(
            "step",
            step=state.global_step,
            steps=state.max_steps,
            epoch=round(state.epoch or 0, 4),
            loss=_finite(logs["loss"]),
            learningRate=_finite(logs.get("learning_rate")),
            gradientNorm=_finite(logs.get("grad_norm")),
            secondsAnExample=round(seconds_a_step / self._examples_a_step, 3),
            secondsLeft=round(seconds_a_step * (state.max_steps - state.global_step)),
            gpu=gpu_use(),
        )

    def on_evaluate(
        self, args: Any, state: Any, control: Any, metrics: dict[str, float] | None = None, **_: Any
    ) -> None:
        loss = _finite((metrics or {}).get("eval_loss"))
        if state.is_world_process_zero and loss is not None:
            self._events.tell("evaluated", step=state.global_step, loss=loss, perplexity=perplexity_of(loss))

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if state.is_world_process_zero:
            self._events.tell("saved", step=state.global_step)


def perplexity_of(loss: float) -> float:
    """exp of the mean negative log-likelihood of a token; at most 1e9, which means nothing was learnt."""
    return round(math.exp(min(loss, math.log(1e9))), 4)


def _finite(value: float | None) -> float | None:
    """A loss that is no number is told as null: JSON has no other word for it."""
    return None if value is None or not math.isfinite(value) else round(float(value), 6)


def gpu_use() -> dict[str, float | None] | None:
    """Memory that this process took, in MiB, and the share of time that the GPU was busy; None without one."""
    import torch

    if not torch.cuda.is_available():
        return None
    try:
        percent: float | None = float(torch.cuda.utilization())
    except Exception:
        # The driver's library is not installed: a figure less, no reason to end a training.
        percent = None
    return {"memoryMebibytes": round(torch.cuda.max_memory_allocated() / _MIBIBYTE), "percent": percent}
