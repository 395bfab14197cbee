"""The trainer's commands.

    python -m medobsmind_trainer check-host [--json] [--folder DIR]
    python -m medobsmind_trainer check-data DATA_SET
    python -m medobsmind_trainer train CONFIGURATION --data DATA_SET --run DIR
    python -m medobsmind_trainer job CONFIGURATION --data DATA_SET --run DIR
    python -m medobsmind_trainer convert ADAPTER --config CONFIG.json --out FILE.gguf

`train` runs in this process, `job` on Ray. Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 stopped as asked.
"""

import argparse
import json
import signal
import sys
from pathlib import Path

from .configuration import read_configuration
from .data_set import PARTS, read_data_set
from .events import PREFIX, Events, EventTail
from .refusal import Refusal, refusal_of
from .run_folder import STOP_FILE

STOPPED = 3


def _print_events(tail: EventTail) -> None:
    for line in tail.lines():
        print(f"{PREFIX}{line}", flush=True)


def _check_host(arguments: argparse.Namespace) -> int:
    from .host_check import check_host, words_of

    report = check_host(arguments.folder)
    print(json.dumps(report) if arguments.json else words_of(report))
    return 0 if report["fit"] != "unfit" else 1


def _check_data(arguments: argparse.Namespace) -> int:
    data_set = read_data_set(arguments.data)
    counts = {part: len(data_set.sequences[part]) + len(data_set.pairs[part]) for part in PARTS}
    print(json.dumps({"id": data_set.id, "sha256": data_set.sha256, "rows": counts}))
    return 0


def _train(arguments: argparse.Namespace) -> int:
    from .training import train

    configuration = read_configuration(arguments.configuration)
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / STOP_FILE).unlink(missing_ok=True)

    def ask_to_stop(*_: object) -> None:
        (arguments.run / STOP_FILE).touch()

    signal.signal(signal.SIGTERM, ask_to_stop)
    tail = EventTail(arguments.run)
    try:
        return 0 if train(configuration, arguments.data, arguments.run) else STOPPED
    except Exception as error:
        refusal = refusal_of(error)
        Events(arguments.run).tell("failed", code=refusal.code, words=refusal.words)
        raise
    finally:
        _print_events(tail)


def _job(arguments: argparse.Namespace) -> int:
    from .job import run_job

    return run_job(arguments.configuration, arguments.data, arguments.run)


def _convert(arguments: argparse.Namespace) -> int:
    from .gguf_adapter import write_gguf_adapter

    config = json.loads(arguments.config.read_text("utf-8"))
    write_gguf_adapter(
        arguments.adapter, config, arguments.out, name=arguments.adapter.name, precision=arguments.precision
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="medobsmind_trainer")
    verbs = parser.add_subparsers(required=True)

    host = verbs.add_parser("check-host")
    host.add_argument("--json", action="store_true")
    host.add_argument("--folder", type=Path, default=Path("."), help="where runs and weights will lie")
    host.set_defaults(do=_check_host)

    data = verbs.add_parser("check-data")
    data.add_argument("data", type=Path)
    data.set_defaults(do=_check_data)

    for name, do in (("train", _train), ("job", _job)):
        verb = verbs.add_parser(name)
        verb.add_argument("configuration", type=Path)
        verb.add_argument("--data", type=Path, required=True)
        verb.add_argument("--run", type=Path, required=True)
        verb.set_defaults(do=do)

    convert = verbs.add_parser("convert")
    convert.add_argument("adapter", type=Path)
    convert.add_argument("--config", type=Path, required=True, help="config.json of the base model")
    convert.add_argument("--out", type=Path, required=True)
    convert.add_argument("--precision", choices=("f16", "f32"), default="f16")
    convert.set_defaults(do=_convert)
    return parser


def main() -> int:
    arguments = _parser().parse_args()
    try:
        status: int = arguments.do(arguments)
        return status
    except Refusal as refusal:
        print(refusal.words, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
