"""The exported data set: read, checked to the byte, and searched for identifiers before a model is even loaded.

Its manifest is that of `app/learning/data-set.ts`. Rows are what has to be trained, in the layout in which
the bed asks; nothing is rendered here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from .hashes import sha256_of_file
from .identifiers import Hit, identifiers
from .json_fields import FieldError, Fields
from .refusal import Refusal

FORMAT = "medobsmind-data-set-1"
MANIFEST_FILE = "manifest.json"
PARTS = ("train", "validation", "test")
FILES = tuple(f"{part}{form}.jsonl" for part in PARTS for form in ("", "-pairs"))
_MOST_BYTES = 1 << 31
_LONGEST_TEXT = 1 << 20


class Segment(NamedTuple):
    """A stretch of a sequence. `control` may hold role tokens; `loss`: the model learns to write it."""

    kind: Literal["control", "plain"]
    text: str
    loss: bool


class Sequence(NamedTuple):
    id: str
    segments: tuple[Segment, ...]


class Pair(NamedTuple):
    """Two texts for one hole, and which of them a person preferred."""

    id: str
    prompt: tuple[Segment, ...]
    chosen: str
    rejected: str


@dataclass(frozen=True)
class DataSet:
    id: str
    sha256: str
    """Of the manifest, which holds the hash of every file."""
    prompt_format: str
    layout: str
    seed: int
    sequences: Mapping[str, list[Sequence]]
    """By part."""
    pairs: Mapping[str, list[Pair]]


def read_data_set(folder: Path) -> DataSet:
    """Reads and checks all of it. Refuses in words; words never quote a text."""
    manifest_file = folder / MANIFEST_FILE
    try:
        manifest = Fields(json.loads(manifest_file.read_text("utf-8")), "")
        manifest.choice("format", (FORMAT,))
        data_set = DataSet(
            id=manifest.text("id", longest=80),
            sha256=sha256_of_file(manifest_file),
            prompt_format=manifest.choice("promptFormat", ("chatml", "llama3", "alpaca")),
            layout=manifest.choice("layout", ("serial", "parallel")),
            seed=manifest.whole("seed", low=0, high=2**53),
            sequences={part: [] for part in PARTS},
            pairs={part: [] for part in PARTS},
        )
        files = _manifest_files(json.loads(manifest_file.read_text("utf-8")).get("files"))
    except (OSError, ValueError) as error:
        raise Refusal("data-set", f"The data set's manifest cannot be used: {error}") from error
    searched: dict[str, list[Hit]] = {}
    for name, (rows, size, sha256) in files.items():
        lines = _lines_of(folder / name, size, sha256)
        if len(lines) != rows:
            raise Refusal("data-set", f"{name} has {len(lines)} rows, its manifest says {rows}.")
        part = name.removesuffix(".jsonl").removesuffix("-pairs")
        for number, line in enumerate(lines, 1):
            row = _row(name, number, line)
            _reject_identifiers(name, number, row, searched)
            if isinstance(row, Pair):
                data_set.pairs[part].append(row)
            else:
                data_set.sequences[part].append(row)
    return data_set


def _manifest_files(value: object) -> dict[str, tuple[int, int, str]]:
    if not isinstance(value, list):
        raise FieldError("files: must be a list")
    found = {}
    for index, one in enumerate(value):
        fields = Fields(one, f"files.{index}")
        # Only names that are known: a path that leads elsewhere is none of them.
        name = fields.choice("name", FILES)
        size = fields.whole("bytes", low=0, high=_MOST_BYTES)
        found[name] = (fields.whole("rows", low=0, high=10_000_000), size, fields.text("sha256", longest=64))
        fields.done()
    if sorted(found) != sorted(FILES) or len(value) != len(FILES):
        raise FieldError(f"files: must be {', '.join(FILES)}, each once")
    return found


def _lines_of(file: Path, size: int, sha256: str) -> list[str]:
    if file.is_symlink() or not file.is_file():
        raise Refusal("data-set", f"{file.name} is missing. Export the data set again.")
    if file.stat().st_size != size or sha256_of_file(file) != sha256:
        raise Refusal(
            "data-set",
            f"{file.name} is not what its manifest says: it was changed or cut. Export the data set again.",
        )
    text = file.read_text("utf-8")
    return text.removesuffix("\n").split("\n") if text else []


def _row(name: str, number: int, line: str) -> Sequence | Pair:
    try:
        value = json.loads(line)
        fields = Fields(value, "")
        identity = fields.text("id", longest=120)
        if "segments" in value:
            if name.endswith("-pairs.jsonl"):
                raise FieldError("segments: has no place among pairs")
            segments = _segments(value["segments"])
            if not any(segment.loss for segment in segments):
                raise FieldError("segments: nothing in it is to be learnt")
            return Sequence(identity, segments)
        if not name.endswith("-pairs.jsonl"):
            raise FieldError("segments: is missing")
        chosen, rejected = (fields.text(key, longest=_LONGEST_TEXT) for key in ("chosen", "rejected"))
        return Pair(identity, _segments(value.get("prompt")), chosen, rejected)
    except (ValueError, TypeError) as error:
        raise Refusal("data-set", f"Row {number} of {name} cannot be used: {error}") from error


def _segments(value: object) -> tuple[Segment, ...]:
    if not isinstance(value, list) or not value:
        raise FieldError("segments: must be a list that is not empty")
    segments = []
    for index, one in enumerate(value):
        fields = Fields(one, f"segments.{index}")
        kind = fields.choice("kind", ("control", "plain"))
        text = fields.text("text", longest=_LONGEST_TEXT) if str(one.get("text")).strip() else one.get("text")
        if not isinstance(text, str):
            raise FieldError(f"segments.{index}.text: must be a text")
        loss = Fields({"loss": one.get("loss")}, f"segments.{index}").truth("loss")
        segments.append(Segment("control" if kind == "control" else "plain", text, loss))
    return tuple(segments)


def _reject_identifiers(name: str, number: int, row: Sequence | Pair, searched: dict[str, list[Hit]]) -> None:
    """The same beginning stands in many rows: a text is searched once."""
    given = row.segments if isinstance(row, Sequence) else row.prompt
    own = () if isinstance(row, Sequence) else (row.chosen, row.rejected)
    for text in (*(segment.text for segment in given), *own):
        if text not in searched:
            searched[text] = identifiers(text)
        for start, end, kind in searched[text][:1]:
            raise Refusal(
                "identifier",
                f"Row {number} of {name} (id {row.id}) holds what looks like {_WORDS[kind]}, characters {start} to "
                f"{end} of a text. Nothing was trained. Remove the example on the workstation and export again.",
            )


_WORDS = {
    "mrn": "a record number",
    "aadhaar": "an Aadhaar number",
    "abha": "an ABHA number or address",
    "pan": "a PAN",
    "phone": "a phone number",
    "email": "an e-mail address",
    "date": "a date",
    "age-over-89": "an age of 90 or over",
    "device": "a device's serial number",
    "url": "a web address",
    "ip": "a network address",
    "vehicle": "a vehicle's number",
    "licence": "a licence or passport number",
    "insurance": "an insurance number",
}
