import errno
import json
from dataclasses import replace
from pathlib import Path

import pytest

from medobsmind_trainer.advice import notes_on
from medobsmind_trainer.configuration import Configuration, configuration_of
from medobsmind_trainer.events import PREFIX, Events, EventTail
from medobsmind_trainer.refusal import Refusal, refusal_of
from medobsmind_trainer.run_folder import claim, last_checkpoint, run_identity

FILES = ("adapter_model.safetensors", "adapter_config.json", "optimizer.pt", "scheduler.pt")


def configuration(**training: object) -> Configuration:
    base = {"kind": "folder", "path": "weights"}
    return configuration_of({"format": "medobsmind-training-1", "base": base, "training": training})


def checkpoint(run: Path, step: int, *, missing: str = "", state: str | None = None) -> Path:
    folder = run / "checkpoints" / f"checkpoint-{step}"
    folder.mkdir(parents=True)
    for name in FILES:
        if name != missing:
            (folder / name).touch()
    if missing != "trainer_state.json":
        text = json.dumps({"global_step": step}) if state is None else state
        (folder / "trainer_state.json").write_text(text)
    return folder


def test_a_checkpoint_that_was_cut_short_is_not_taken(tmp_path: Path) -> None:
    assert last_checkpoint(tmp_path) is None
    whole = checkpoint(tmp_path, 9)
    checkpoint(tmp_path, 10, missing="trainer_state.json")
    checkpoint(tmp_path, 11, missing="optimizer.pt")
    checkpoint(tmp_path, 12, state='{"global_st')
    checkpoint(tmp_path, 100, state='{"global_step": 99}')
    assert last_checkpoint(tmp_path) == whole
    assert last_checkpoint(tmp_path / "elsewhere") is None


def test_another_training_never_goes_on_from_this_one(tmp_path: Path) -> None:
    first = run_identity(configuration(), "d" * 64, "b" * 64)
    claim(tmp_path, first)
    claim(tmp_path, first)
    for other in (
        run_identity(configuration(seed=1), "d" * 64, "b" * 64),
        run_identity(configuration(), "e" * 64, "b" * 64),
        run_identity(configuration(), "d" * 64, "c" * 64),
    ):
        with pytest.raises(Refusal):
            claim(tmp_path, other)


def test_the_same_training_on_more_threads_is_the_same() -> None:
    assert run_identity(configuration(), "d", "b") == run_identity(replace(configuration(), threads=2), "d", "b")


def test_events_are_told_once_and_whole(tmp_path: Path) -> None:
    events, tail = Events(tmp_path), EventTail(tmp_path)
    assert list(tail.lines()) == []
    events.tell("saved", step=1)
    with (tmp_path / "events.jsonl").open("a") as stream:
        stream.write('{"event": "sav')
    assert [json.loads(line)["step"] for line in tail.lines()] == [1]
    assert list(tail.lines()) == []
    with (tmp_path / "events.jsonl").open("a") as stream:
        stream.write('ed", "at": 1, "step": 2}\n')
    assert [json.loads(line)["step"] for line in tail.lines()] == [2]
    assert list(EventTail(tmp_path).lines()) == []


def codes(given: Configuration, *, parameters: int, steps: int, gpu: bool) -> set[str]:
    return {note.code for note in notes_on(given, parameters=parameters, steps=steps, gpu=gpu)}


def test_advice_where_the_guides_values_do_not_fit() -> None:
    assert codes(configuration(), parameters=8_000_000_000, steps=5000, gpu=True) == set()
    small = codes(configuration(), parameters=135_000_000, steps=25, gpu=False)
    assert small == {"rate-for-small-model", "warm-up-too-long", "saved-at-the-end-only", "trial-mode"}
    ours = configuration(
        learningRate=1e-3, warmUpSteps=2, saveEvery=5, evaluateEvery=5, fourBit=False, optimiser="adamw"
    )
    assert codes(ours, parameters=135_000_000, steps=25, gpu=False) == set()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk"),
        (RuntimeError("[enforce fail] write failed: No space left on device"), "disk"),
        (MemoryError(), "memory"),
        (Refusal("base", "…"), "base"),
        (ValueError("the text of a row"), "internal"),
    ],
)
def test_a_failure_has_words(error: Exception, code: str) -> None:
    found = refusal_of(error)
    assert found.code == code
    assert "the text of a row" not in found.words


def test_what_cannot_be_written_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Events(tmp_path / "not-there").tell("failed", code="disk", words="…")
    assert capsys.readouterr().out.startswith(f'{PREFIX}{{"event": "failed"')
