"""The entry of a Ray job: starts Ray Train, prints the workers' events, hands on the wish to stop.

The entry reserves nothing itself: the worker's GPU is asked for by TorchTrainer. The run's folder lies on storage that
every host of the cluster sees.
"""

import json
import os
import signal
import threading
import traceback
from pathlib import Path

from .configuration import Configuration, read_configuration
from .events import PREFIX, Events, EventTail
from .refusal import refusal_of
from .run_folder import STOP_FILE

STOPPED = 3
MOST_SECONDS = "MEDOBSMIND_MOST_SECONDS"
"""Seconds after which a job ends as if it had been asked to stop."""
_POLL_SECONDS = 0.5


def worker_loop(config: dict[str, str]) -> None:
    """What each worker runs. A failure is told as an event and ends the loop, so that Ray does not try again."""
    from .training import train

    run = Path(config["run"])
    try:
        train(read_configuration(Path(config["configuration"])), Path(config["data"]), run)
    except Exception as error:
        traceback.print_exc()
        refusal = refusal_of(error)
        Events(run).tell("failed", code=refusal.code, words=refusal.words)


def run_job(configuration_file: Path, data: Path, run: Path) -> int:
    """Runs the training on Ray. 0: finished, 1: refused or failed, 3: stopped as asked."""
    run.mkdir(parents=True, exist_ok=True)
    # The wish of an earlier attempt. Here and not where the training begins: that may be minutes after this one's.
    (run / STOP_FILE).unlink(missing_ok=True)
    events = Events(run)
    told = _Told(run)
    try:
        _fit(read_configuration(configuration_file), configuration_file, data, run, told)
    except Exception as error:
        # The program reads events and nothing else; what happened stands in the log.
        traceback.print_exc()
        refusal = refusal_of(error)
        events.tell("failed", code=refusal.code, words=refusal.words)
    finally:
        told.end()
    return told.status()


class _Told:
    """What the events of this attempt say, printed as they come."""

    def __init__(self, run: Path) -> None:
        self._tail = EventTail(run)
        self._ended = threading.Event()
        self._kinds: list[str] = []
        self._printing = threading.Thread(target=self._print_until_ended, daemon=True)
        self._printing.start()

    def _print_until_ended(self) -> None:
        while not self._ended.wait(_POLL_SECONDS):
            self._print()
        self._print()

    def _print(self) -> None:
        for line in self._tail.lines():
            self._kinds.append(json.loads(line)["event"])
            print(f"{PREFIX}{line}", flush=True)

    def end(self) -> None:
        self._ended.set()
        self._printing.join()

    def began(self) -> bool:
        return "started" in self._kinds

    def status(self) -> int:
        if "failed" in self._kinds:
            return 1
        return 0 if "finished" in self._kinds else STOPPED if "stopped" in self._kinds else 1


def _fit(configuration: Configuration, file: Path, data: Path, run: Path, told: _Told) -> None:
    os.environ.setdefault("RAY_TRAIN_V2_ENABLED", "1")
    import ray
    from ray.train import RunConfig, ScalingConfig
    from ray.train.torch import TorchTrainer

    if not ray.is_initialized():
        ray.init(log_to_driver=True)

    def ask_to_stop(*_: object) -> None:
        (run / STOP_FILE).touch()
        # A worker that waits for a GPU, or still loads the model, looks at no file and has nothing to save. Ray holds
        # an exception back until its own call returns, so this process ends here; its workers end with it.
        if not told.began():
            Events(run).tell("stopped", step=0)
            told.end()
            os._exit(STOPPED)

    # Only now: Ray's start puts a handler of its own there.
    signal.signal(signal.SIGTERM, ask_to_stop)
    # The ceiling of what the run may cost holds when nobody watches it.
    most_seconds = os.environ.get(MOST_SECONDS)
    if most_seconds is not None:
        signal.signal(signal.SIGALRM, ask_to_stop)
        signal.alarm(max(1, int(most_seconds)))
    gpu = ray.cluster_resources().get("GPU", 0) > 0
    places = {"configuration": str(file.resolve()), "data": str(data.resolve()), "run": str(run.resolve())}
    TorchTrainer(
        worker_loop,
        train_loop_config=places,
        scaling_config=ScalingConfig(num_workers=configuration.workers, use_gpu=gpu),
        run_config=RunConfig(name="ray", storage_path=str(run.resolve())),
    ).fit()
