"""Sequences in tokens, as the bed's engine makes them: segment by segment, role tokens in `control` text only."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from .data_set import Pair, Sequence

IGNORED = -100
"""The label of a token that does not count for the loss."""


class Labelled(NamedTuple):
    input_ids: list[int]
    labels: list[int]


def tokens_of(tokenizer: Any, text: str, *, control: bool) -> list[int]:
    """With `control` off, a role token in the text stays the letters that it is written with."""
    ids: list[int] = tokenizer.encode(text, add_special_tokens=False, split_special_tokens=not control)
    return ids


def labelled(tokenizer: Any, sequence: Sequence) -> Labelled:
    """The sequence with the end mark behind it, which is learnt."""
    input_ids: list[int] = []
    labels: list[int] = []
    for segment in sequence.segments:
        ids = tokens_of(tokenizer, segment.text, control=segment.kind == "control")
        input_ids += ids
        labels += ids if segment.loss else [IGNORED] * len(ids)
    return Labelled([*input_ids, tokenizer.eos_token_id], [*labels, tokenizer.eos_token_id])


def pair_tokens(tokenizer: Any, pair: Pair) -> dict[str, list[int]]:
    prompt = [
        token
        for segment in pair.prompt
        for token in tokens_of(tokenizer, segment.text, control=segment.kind == "control")
    ]
    chosen, rejected = (
        [*tokens_of(tokenizer, text, control=False), tokenizer.eos_token_id] for text in (pair.chosen, pair.rejected)
    )
    return {"prompt_ids": prompt, "chosen_ids": chosen, "rejected_ids": rejected}


def labelled_rows(
    tokenizer: Any, sequences: Iterable[Sequence], longest: int
) -> tuple[list[dict[str, list[int]]], int]:
    """Rows for the trainer, and how many were too long. A cut sequence would teach a text without its end."""
    rows = [labelled(tokenizer, sequence) for sequence in sequences]
    kept = [row._asdict() for row in rows if len(row.input_ids) <= longest]
    return kept, len(rows) - len(kept)


def pair_rows(tokenizer: Any, pairs: Iterable[Pair], longest: int) -> tuple[list[dict[str, list[int]]], int]:
    rows = [pair_tokens(tokenizer, pair) for pair in pairs]
    kept = [
        row for row in rows if len(row["prompt_ids"]) + max(len(row["chosen_ids"]), len(row["rejected_ids"])) <= longest
    ]
    return kept, len(rows) - len(kept)
