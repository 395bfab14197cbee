"""The entry of a Ray job: starts Ray Train, prints the workers' events, hands on the wish to stop.

The driver asks Ray for nothing itself: the worker's GPU is reserved by TorchTrainer. The run's folder lies on storage
that every host of the cluster sees.
"""

import os
import signal
import threading
import time
from pathlib import Path

from .configuration import Configuration, read_configuration
from .events import EVENTS_FILE, PREFIX, Events, EventTail
from .refusal import Refusal
from .run_folder import STOP_FILE

STOPPED = 3
POLL_SECONDS = 0.5
STOP_WAIT_SECONDS = 600
"""So long Ray waits for a stopped job before it kills it: a checkpoint of a large model takes minutes."""
_FINISHED_MARK = "finished"


def worker_loop(config: dict[str, str]) -> None:
    """What each worker runs. A refusal is told as an event and ends the loop without Ray trying again."""
    from .training import train

    run = Path(config["run"])
    # Ray sends SIGTERM to everything of a job; the checkpoint is written because of the file, not of the signal.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        train(read_configuration(Path(config["configuration"])), Path(config["data"]), run)
    except Refusal as refusal:
        Events(run).tell("failed", code=refusal.code, words=refusal.words)


def run_job(configuration_file: Path, data: Path, run: Path) -> int:
    """Runs the training on Ray. 0: finished, 1: refused or failed, 3: stopped as asked."""
    run.mkdir(parents=True, exist_ok=True)
    events = Events(run)
    tail = EventTail(run)
    begun_at = (run / EVENTS_FILE).stat().st_size if (run / EVENTS_FILE).exists() else 0
    try:
        configuration = read_configuration(configuration_file)
    except Refusal as refusal:
        events.tell("failed", code=refusal.code, words=refusal.words)
        _print(tail)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: (run / STOP_FILE).touch())
    training = threading.Thread(target=_fit, args=(configuration, configuration_file, data, run, events), daemon=True)
    training.start()
    while training.is_alive():
        _print(tail)
        time.sleep(POLL_SECONDS)
    _print(tail)
    return _status((run / EVENTS_FILE).read_bytes()[begun_at:].decode("utf-8"))


def _status(told: str) -> int:
    import json

    kinds = [json.loads(line)["event"] for line in told.splitlines()]
    if "failed" in kinds:
        return 1
    return 0 if "finished" in kinds else STOPPED if "stopped" in kinds else 1


def _print(tail: EventTail) -> None:
    for line in tail.lines():
        print(f"{PREFIX}{line}", flush=True)


def _fit(configuration: Configuration, file: Path, data: Path, run: Path, events: Events) -> None:
    """Everything of Ray. A failure of the cluster becomes an event: the program reads events and nothing else."""
    try:
        _fit_on_ray(configuration, file, data, run)
    except Exception as error:
        events.tell(
            "failed",
            code="internal",
            words=f"The training ended by itself ({type(error).__name__}). The log says more.",
        )
        raise


def _fit_on_ray(configuration: Configuration, file: Path, data: Path, run: Path) -> None:
    os.environ.setdefault("RAY_TRAIN_V2_ENABLED", "1")
    import ray
    from ray.train import RunConfig, ScalingConfig
    from ray.train.torch import TorchTrainer

    if not ray.is_initialized():
        ray.init(log_to_driver=True)
    gpu = ray.cluster_resources().get("GPU", 0) > 0
    trainer = TorchTrainer(
        worker_loop,
        train_loop_config={
            "configuration": str(file.resolve()),
            "data": str(data.resolve()),
            "run": str(run.resolve()),
        },
        scaling_config=ScalingConfig(num_workers=configuration.workers, use_gpu=gpu),
        run_config=RunConfig(name=run.name, storage_path=str((run / "ray").resolve())),
    )
    trainer.fit()
