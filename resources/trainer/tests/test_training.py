"""Trainings of a few steps on the real model, on this processor."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from conftest import CASES, Make, cases, pair, sequence
from real_model import configuration_file, needs_model, only_full

from medobsmind_trainer.configuration import read_configuration
from medobsmind_trainer.hashes import sha256_of_file
from medobsmind_trainer.training import train

TOKEN = "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"
LEARNT = (" the patient breathes fast.", " the heart is quick.", " the pressure is low.", " the skin is warm.")
ROWS = [sequence(f"row-{number}", learnt=LEARNT[number % 4]) for number in range(24)]


def events_of(run: Path) -> list[dict]:
    return [json.loads(line) for line in (run / "events.jsonl").read_text("utf-8").splitlines()]


def wait_for_step(run: Path, step: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and process.poll() is None:
        if (run / "events.jsonl").exists() and any(event.get("step", 0) >= step for event in events_of(run)):
            return
        time.sleep(0.02)
    raise AssertionError("the training did not begin")


@needs_model
def test_three_steps_leave_an_adapter_with_its_manifest(tmp_path: Path, make_data_set: Make) -> None:
    data = make_data_set(train=ROWS, validation=[sequence("held-out")])
    run = tmp_path / "whole"
    run.mkdir()
    assert train(read_configuration(configuration_file(tmp_path, mostSteps=3)), data, run)
    finished = events_of(run)[-1]
    assert finished["event"] == "finished"
    assert finished["perplexity"]["adapter"] < finished["perplexity"]["base"]
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    assert manifest.keys() == json.loads((CASES / "adapter-manifest-case.json").read_text("utf-8")).keys()
    for told in manifest["files"]:
        assert (run / told["name"]).stat().st_size == told["bytes"]
        assert sha256_of_file(run / told["name"]) == told["sha256"]
    assert list((run / "tensorboard").iterdir())
    known = {case["event"]: case.keys() for case in cases("event-cases.jsonl")}
    assert all(event.keys() == known[event["event"]] for event in events_of(run))


@needs_model
@only_full
def test_a_training_that_was_stopped_goes_on_and_ends_as_if_it_had_not_been(
    tmp_path: Path, make_data_set: Make
) -> None:
    data = make_data_set(train=ROWS, validation=[sequence("held-out")])
    file = configuration_file(tmp_path, mostSteps=12)
    stopped, whole = tmp_path / "stopped", tmp_path / "whole"
    process = subprocess.Popen(
        [sys.executable, "-m", "medobsmind_trainer", "train", str(file), "--data", str(data), "--run", str(stopped)],
        cwd=CASES.parent,
        env={**os.environ, "HF_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_for_step(stopped, 3, process)
    process.send_signal(signal.SIGTERM)
    output = process.communicate(timeout=120)[0]
    assert process.returncode == 3, output
    at = events_of(stopped)[-1]
    assert at["event"] == "stopped"
    assert 3 <= at["step"] < 12
    assert not (stopped / "manifest.json").exists()

    configuration = read_configuration(file)
    assert train(configuration, data, stopped)
    resumed = [event for event in events_of(stopped) if event["event"] == "started"][-1]
    assert resumed["resumedFrom"] == at["step"]
    whole.mkdir()
    assert train(configuration, data, whole)
    adapters = [sha256_of_file(run / "adapter_model.safetensors") for run in (stopped, whole)]
    assert adapters[0] == adapters[1]
    _assert_nothing_leaks(tmp_path, output)


def _assert_nothing_leaks(folder: Path, output: str) -> None:
    """No token in what was written or said; no folder of this host in what travels."""
    assert TOKEN not in output
    for file in folder.rglob("*"):
        if file.is_file():
            assert TOKEN.encode() not in file.read_bytes(), file
    for name in ("adapter_config.json", "manifest.json", "adapter.gguf"):
        assert str(folder).encode() not in (folder / "whole" / name).read_bytes()


@needs_model
@only_full
def test_pairs_are_trained_by_dpo(tmp_path: Path, make_data_set: Make) -> None:
    data = make_data_set(
        train_pairs=[pair(f"pair-{number}") for number in range(6)], validation_pairs=[pair("held-out")]
    )
    run = tmp_path / "run"
    run.mkdir()
    assert train(read_configuration(configuration_file(tmp_path, method="dpo", mostSteps=3)), data, run)
    steps = [event for event in events_of(run) if event["event"] == "step"]
    assert len(steps) == 3
    assert steps[-1]["loss"] < steps[0]["loss"]
    assert events_of(run)[-1]["perplexity"] == {"base": None, "adapter": None}
    assert (run / "adapter.gguf").stat().st_size > 1_000_000


@needs_model
@only_full
def test_an_adapter_is_trained_further(tmp_path: Path, make_data_set: Make) -> None:
    data = make_data_set(train=ROWS, validation=[sequence("held-out")])
    first, second = tmp_path / "first", tmp_path / "second"
    for run, earlier in ((first, None), (second, first)):
        run.mkdir()
        file = configuration_file(tmp_path, continue_from=earlier, mostSteps=3)
        assert train(read_configuration(file), data, run)
    manifest = json.loads((second / "manifest.json").read_text("utf-8"))
    assert manifest["continuedFrom"] == sha256_of_file(first / "adapter_model.safetensors")
    losses = [event["loss"] for run in (first, second) for event in events_of(run) if event["event"] == "step"]
    assert losses[3] < losses[0]
