"""What a job tells while it runs: one line of JSON an event, behind a fixed prefix.

The shapes are those of `app/learning/training/event.ts`. A worker appends to a file in the run's folder, the job's
entry prints what was appended, so that an event comes through Ray's own decoration of output unharmed and once.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

PREFIX = "MEDOBSMIND-EVENT "
EVENTS_FILE = "events.jsonl"


class Events:
    """Appends events to the run's file. One writer at a time: the first worker, or the entry before and after it."""

    def __init__(self, run: Path) -> None:
        self._file = run / EVENTS_FILE

    def tell(self, event: str, **fields: object) -> None:
        line = json.dumps({"event": event, "at": round(time.time() * 1000), **fields}, ensure_ascii=False)
        try:
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(f"{line}\n")
        except OSError:
            # A full disk has to be told all the same: straight into the log.
            print(f"{PREFIX}{line}", flush=True)


class EventTail:
    """Reads what was appended since it last looked; a line that is not whole yet waits."""

    def __init__(self, run: Path) -> None:
        self._file = run / EVENTS_FILE
        self._at = self._file.stat().st_size if self._file.exists() else 0

    def lines(self) -> Iterator[str]:
        if not self._file.exists():
            return
        with self._file.open("rb") as stream:
            stream.seek(self._at)
            while (line := stream.readline()).endswith(b"\n"):
                self._at += len(line)
                yield line.decode("utf-8").rstrip("\n")
