"""The Alpaca template, preamble included. Held to `app/learning/examples/alpaca.ts` by `tests/alpaca-cases.jsonl`.

Source: R. Taori and others, Stanford Alpaca, 2023 (Apache-2.0).
"""

_WITH_INPUT = (
    "Below is an instruction that describes a task, paired with an input that provides further context. "
    "Write a response that appropriately completes the request."
)
_WITHOUT_INPUT = (
    "Below is an instruction that describes a task. Write a response that appropriately completes the request."
)


def alpaca_prompt(instruction: str, input_text: str) -> str:
    """Everything up to where the response begins. An input of nothing has no heading."""
    if input_text == "":
        return f"{_WITHOUT_INPUT}\n\n### Instruction:\n{instruction}\n\n### Response:\n"
    return f"{_WITH_INPUT}\n\n### Instruction:\n{instruction}\n\n### Input:\n{input_text}\n\n### Response:\n"
