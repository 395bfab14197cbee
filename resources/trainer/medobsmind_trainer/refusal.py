"""A refusal in words: what is wrong and what to do. The program shows the code in its own language."""

from typing import Literal

RefusalCode = Literal["configuration", "data-set", "identifier", "base", "memory", "artefact", "internal"]


class Refusal(Exception):
    """Ends a job before anything half-right is written. `words` never quotes patient text or a token."""

    def __init__(self, code: RefusalCode, words: str) -> None:
        super().__init__(words)
        self.code: RefusalCode = code
        self.words = words
