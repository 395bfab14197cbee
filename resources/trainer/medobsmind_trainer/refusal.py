"""A refusal in words: what is wrong and what to do. The program shows the code in its own language."""

import errno
from typing import Literal

RefusalCode = Literal["configuration", "data-set", "identifier", "base", "memory", "disk", "artefact", "internal"]


class Refusal(Exception):
    """Ends a job before anything half-right is written. `words` never quotes patient text or a token."""

    def __init__(self, code: RefusalCode, words: str) -> None:
        super().__init__(words)
        self.code: RefusalCode = code
        self.words = words


def refusal_of(error: Exception) -> Refusal:
    """What a failure means to the person who started the training. The log has the rest."""
    if isinstance(error, Refusal):
        return error
    if type(error).__name__ == "OutOfMemoryError" or isinstance(error, MemoryError):
        return Refusal(
            "memory",
            "The memory was not enough. Halve the batch and double the accumulation, or take a shorter length.",
        )
    # Torch and safetensors tell a full disk in words of their own.
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error):
        return Refusal(
            "disk",
            "The disk is full. The last whole checkpoint is kept: make room and start the same run again.",
        )
    return Refusal("internal", f"The training ended by itself ({type(error).__name__}). The job's log says more.")
