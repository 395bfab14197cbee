"""Perplexity on the held-out part, by token and not by batch: the figure that two models are compared by."""

from contextlib import nullcontext
from typing import Any

from .progress import perplexity_of
from .tokens import IGNORED

_MOST_ROWS = {"gpu": 512, "processor": 64}


def measured_rows(held_out: list[dict[str, list[int]]], *, gpu: bool) -> list[dict[str, list[int]]]:
    """The first of the part: on a processor a row takes seconds."""
    return held_out[: _MOST_ROWS["gpu" if gpu else "processor"]]


def held_out_perplexity(model: Any, rows: list[dict[str, list[int]]], *, without_adapter: bool) -> float | None:
    """Over the tokens that the model has to write; None where nothing was held out. One row at a time: no padding."""
    import torch

    if not rows:
        return None
    total, count = 0.0, 0
    was_training = model.training
    model.eval()
    with torch.inference_mode(), model.disable_adapter() if without_adapter else nullcontext():
        for row in rows:
            ids = torch.tensor([row["input_ids"]], device=model.device)
            labels = torch.tensor(row["labels"][1:], device=model.device)
            kept = (labels != IGNORED).nonzero().squeeze(-1)
            # Only where something has to be written is the vocabulary's row computed.
            logits = model(input_ids=ids, logits_to_keep=kept).logits[0].float()
            total += float(torch.nn.functional.cross_entropy(logits, labels[kept], reduction="sum"))
            count += len(kept)
    model.train(was_training)
    return perplexity_of(total / count)
