"""Where we advise otherwise than the guide, in words, for the run at hand. A note changes nothing by itself."""

from dataclasses import dataclass

from .configuration import Configuration

SMALL_MODEL = 1_000_000_000
"""Parameters below which a model wants a higher rate: the trials with 135 million parameters fitted best at 1e-3."""
SMALL_MODEL_RATE = 1e-3
WARM_UP_SHARE = 0.1


@dataclass(frozen=True)
class Note:
    code: str
    words: str


def notes_on(configuration: Configuration, *, parameters: int, steps: int, gpu: bool) -> list[Note]:
    """What a person should know of this configuration before the hours are spent."""
    training, notes = configuration.training, []
    if parameters < SMALL_MODEL and configuration.method == "sft" and training.learning_rate < 5e-4:
        words = (
            f"A learning rate of {training.learning_rate:g} is meant for models of several billion parameters. "
            f"This one has {parameters // 1_000_000} million; "
            f"the trials with 135 million fitted best with {SMALL_MODEL_RATE:g}."
        )
        notes.append(Note("rate-for-small-model", words))
    if training.warm_up_steps > steps * WARM_UP_SHARE:
        words = (
            f"{training.warm_up_steps} steps of warm-up are more than a tenth of the {steps} steps of this run: "
            f"the full rate is reached late or never. {max(1, round(steps * WARM_UP_SHARE))} steps are enough."
        )
        notes.append(Note("warm-up-too-long", words))
    if min(training.evaluate_every, training.save_every) > steps:
        words = (
            f"This run has {steps} steps: it is saved and evaluated every {training.save_every} and "
            f"{training.evaluate_every}, so only at its end. An interruption would cost all of it."
        )
        notes.append(Note("saved-at-the-end-only", words))
    if not gpu and (training.four_bit or training.optimiser == "paged-adamw-32bit"):
        words = "Without a GPU the base is not held in four bits and the optimiser is not paged: trial mode."
        notes.append(Note("trial-mode", words))
    if training.four_bit and gpu and parameters < SMALL_MODEL:
        words = "A model this small fits without four-bit weights, and learns better from its own."
        notes.append(Note("four-bit-not-needed", words))
    return notes
