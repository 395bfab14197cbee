import json
from pathlib import Path

import pytest
from conftest import CASES

from medobsmind_trainer import host_check
from medobsmind_trainer.host_check import Gpu, HostReport, check_host, words_of

A10 = Gpu(name="NVIDIA A10", gibibytes=22.5, driver="580.65.06")


def report(monkeypatch: pytest.MonkeyPatch, gpus: list[Gpu], *, memory: float = 64, disk: float = 500) -> HostReport:
    monkeypatch.setattr(host_check, "memory_gibibytes", lambda: memory)
    usage = type("Usage", (), {"free": disk * host_check.GIBIBYTE})
    monkeypatch.setattr(host_check.shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(host_check, "_version_findings", list)
    return check_host(Path("."), gpus)


def wrong(found: HostReport) -> list[str]:
    return [finding["what"] for finding in found["findings"] if not finding["ok"]]


def test_a_host_of_the_guide_is_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    found = report(monkeypatch, [A10])
    assert (found["fit"], wrong(found)) == ("fit", [])


@pytest.mark.parametrize(
    ("gpu", "memory", "disk", "what"),
    [
        ({**A10, "gibibytes": 16.0}, 64, 500, "gpu"),
        ({**A10, "driver": "470.10"}, 64, 500, "driver"),
        (A10, 32, 500, "memory"),
        (A10, 64, 200, "disk"),
    ],
)
def test_what_is_too_little_is_told(
    monkeypatch: pytest.MonkeyPatch, gpu: Gpu, memory: float, disk: float, what: str
) -> None:
    found = report(monkeypatch, [gpu], memory=memory, disk=disk)
    assert (found["fit"], wrong(found)) == ("unfit", [what])
    assert next(finding["words"] for finding in found["findings"] if finding["what"] == what)


def test_without_a_gpu_it_is_trial_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    found = report(monkeypatch, [], memory=16, disk=50)
    assert found["fit"] == "trial"
    assert words_of(found).startswith("Trial mode")
    assert report(monkeypatch, [], memory=4, disk=50)["fit"] == "unfit"


def test_the_shared_report_has_the_form_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    case = json.loads((CASES / "host-report-case.json").read_text("utf-8"))
    found = report(monkeypatch, [A10])
    assert case.keys() == found.keys()
    assert all(told.keys() == found["findings"][0].keys() for told in case["findings"])
