"""The files that the program's own tests read too."""

import re

import pytest
from conftest import CASES, cases

from medobsmind_trainer.alpaca import alpaca_prompt
from medobsmind_trainer.configuration import configuration_of
from medobsmind_trainer.identifiers import identifiers
from medobsmind_trainer.identifiers.fold import fold
from medobsmind_trainer.json_fields import FieldError


@pytest.mark.parametrize("case", cases("alpaca-cases.jsonl"), ids=lambda case: case["instruction"][:40])
def test_alpaca_to_the_byte(case: dict) -> None:
    assert alpaca_prompt(case["instruction"], case["input"]).encode() == case["prompt"].encode()


@pytest.mark.parametrize("case", cases("configuration-cases.jsonl"), ids=lambda case: case["name"])
def test_configurations(case: dict) -> None:
    if case["good"]:
        configuration_of(case["configuration"])
    else:
        with pytest.raises(FieldError):
            configuration_of(case["configuration"])


@pytest.mark.parametrize("case", cases("identifier-cases.jsonl"), ids=lambda case: case["text"])
def test_identifiers(case: dict) -> None:
    assert [hit.kind for hit in identifiers(case["text"])] == case["kinds"]


LABELLED = CASES.parents[2] / "app/learning/deidentification/labelled"
MARK = re.compile(r"\{([a-z0-9-]+):([^}]+)\}")
BY_DEGREE = ("name", "address", "location")


@pytest.mark.skipif(not LABELLED.is_dir(), reason="the package stands without the program")
def test_the_programs_labelled_set() -> None:
    missed, clean_hit = [], []
    for line in (LABELLED / "identifying.txt").read_text("utf-8").splitlines():
        text = MARK.sub(r"\2", line)
        hits, folded = identifiers(text), fold(text)
        for kind, marked in MARK.findall(line):
            start = folded.index(fold(marked))
            if kind not in BY_DEGREE and not any(
                hit.start < start + len(fold(marked)) and hit.end > start for hit in hits
            ):
                missed.append(f"{kind}: {marked} in {text}")
    clean = (LABELLED / "clean.txt").read_text("utf-8").splitlines()
    clean_hit = [text for text in clean if identifiers(text)]
    assert missed == []
    assert len(clean_hit) / len(clean) <= 0.05, clean_hit
