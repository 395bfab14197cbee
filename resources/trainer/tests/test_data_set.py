"""What is read, and what is refused before a model is loaded."""

import json
from pathlib import Path

import pytest
from conftest import Make, pair, sequence

from medobsmind_trainer.data_set import read_data_set
from medobsmind_trainer.refusal import Refusal


def refusal(folder: Path) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_data_set(folder)
    return caught.value


def test_reads_sequences_and_pairs(make_data_set: Make) -> None:
    data_set = read_data_set(make_data_set(train=[sequence("a"), sequence("b")], train_pairs=[pair("c")]))
    assert [row.id for row in data_set.sequences["train"]] == ["a", "b"]
    assert data_set.pairs["train"][0].rejected == " it is slow."
    assert data_set.sequences["train"][0].segments[2] == ("plain", " breathing is fast.", True)


@pytest.mark.parametrize("damage", ["altered", "cut", "missing", "link"])
def test_refuses_files_that_are_not_what_the_manifest_says(make_data_set: Make, damage: str) -> None:
    folder = make_data_set(train=[sequence("a")])
    file = folder / "train.jsonl"
    data = file.read_bytes()
    file.unlink()
    if damage == "altered":
        file.write_bytes(data.replace(b"fast", b"slow"))
    if damage == "cut":
        file.write_bytes(data[:-10])
    if damage == "link":
        (folder / "elsewhere").write_bytes(data)
        file.symlink_to(folder / "elsewhere")
    found = refusal(folder)
    assert found.code == "data-set"
    assert "train.jsonl" in found.words


@pytest.mark.parametrize("name", ["../secret.jsonl", "/etc/passwd", "train.jsonl/..", "other.jsonl"])
def test_refuses_names_that_lead_elsewhere(make_data_set: Make, name: str) -> None:
    folder = make_data_set(train=[sequence("a")])
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][0]["name"] = name
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert refusal(folder).code == "data-set"


@pytest.mark.parametrize(
    "row",
    [
        {"id": "a"},
        {"id": "a", "segments": []},
        {"id": "a", "segments": [{"kind": "plain", "text": "given", "loss": False}]},
        {"id": "a", "segments": [{"kind": "system", "text": "given", "loss": True}]},
        {"id": "a", "segments": [{"kind": "plain", "text": 7, "loss": True}]},
        {"id": "a", "segments": [{"kind": "plain", "text": "given", "loss": 1}]},
        {"segments": [{"kind": "plain", "text": "given", "loss": True}]},
        pair("a"),
    ],
)
def test_refuses_rows_that_are_none(make_data_set: Make, row: dict) -> None:
    found = refusal(make_data_set(train=[sequence("first"), row]))
    assert found.code == "data-set"
    assert "Row 2 of train.jsonl" in found.words


@pytest.mark.parametrize("part", ["train", "validation", "test"])
def test_an_identifier_ends_it_and_is_not_repeated(make_data_set: Make, part: str) -> None:
    told = " call 98765 43210 for the relatives."
    found = refusal(make_data_set(**{part: [sequence("a"), sequence("b", learnt=told)]}))
    assert found.code == "identifier"
    assert "a phone number" in found.words
    assert "98765" not in found.words


def test_an_identifier_in_a_pair_or_a_prompt_ends_it(make_data_set: Make) -> None:
    hidden = {**pair("a"), "rejected": " seen on 12/03/2024."}
    assert refusal(make_data_set(train_pairs=[hidden])).code == "identifier"


def test_an_identifier_in_what_is_given_ends_it(make_data_set: Make) -> None:
    assert refusal(make_data_set(train=[sequence("a", given="MRN 00451236:")])).code == "identifier"
