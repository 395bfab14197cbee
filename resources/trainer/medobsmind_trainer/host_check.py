"""Whether this host can train, in words: GPU, memory, disk, driver, versions. Without a GPU it is trial mode."""

import os
import platform
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Literal, TypedDict

GIBIBYTE = 1 << 30
GPU_GIBIBYTES = 24
MEMORY_GIBIBYTES = 64
DISK_GIBIBYTES = 500
_TOLERANCE = 0.93
"""An A10 of 24 GB shows 22.5 GiB, a machine of 64 GB some 62: memory in GB, and what driver and firmware keep."""
TRIAL_MEMORY_GIBIBYTES = 8
TRIAL_DISK_GIBIBYTES = 10
DRIVER = 580
"""Least NVIDIA driver for CUDA 13, which the pinned torch brings (CUDA release notes)."""
PYTHON = ((3, 10), (3, 12))

Fit = Literal["fit", "trial", "unfit"]


class Finding(TypedDict):
    what: str
    ok: bool
    found: str
    words: str


class HostReport(TypedDict):
    format: str
    fit: Fit
    findings: list[Finding]


class Gpu(TypedDict):
    name: str
    gibibytes: float
    driver: str


def gpus() -> list[Gpu]:
    """As the driver's own tool tells them; none where it is not there."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return []
    query = [tool, "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader,nounits"]
    try:
        output = subprocess.run(query, capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    rows = [[field.strip() for field in line.split(",")] for line in output.splitlines() if line.strip()]
    return [Gpu(name=row[0], gibibytes=float(row[1]) / 1024, driver=row[2]) for row in rows if len(row) == 3]


def memory_gibibytes() -> float:
    """Of the machine, or less where its container is held to less."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.is_file() and (text := limit.read_text().strip()).isdigit():
        total = min(total, int(text))
    return total / GIBIBYTE


def pinned_versions() -> dict[str, str]:
    """Of `requirements.txt` beside the package; nothing where it was shipped without."""
    file = Path(__file__).parent.parent / "requirements.txt"
    if not file.is_file():
        return {}
    lines = (line.split("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return dict(line.split("==", 1) for line in lines if "==" in line)


def _installed(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _gpu_findings(found: list[Gpu]) -> list[Finding]:
    best = max(found, key=lambda gpu: gpu["gibibytes"], default=None)
    if best is None:
        words = "No NVIDIA GPU: trial mode, for the small model only. A full training needs an A10, A100 or H100."
        return [Finding(what="gpu", ok=False, found="none", words=words)]
    large = best["gibibytes"] >= GPU_GIBIBYTES * _TOLERANCE
    told = f"{best['name']}, {best['gibibytes']:.0f} GiB"
    memory_words = (
        f"The GPU has {best['gibibytes']:.0f} GiB; {GPU_GIBIBYTES} are needed for a model of 8 billion parameters."
    )
    major = best["driver"].split(".")[0]
    current = major.isdigit() and int(major) >= DRIVER
    driver_words = f"The driver is {best['driver']}; the pinned torch needs {DRIVER} or newer."
    return [
        Finding(what="gpu", ok=large, found=told, words="" if large else memory_words),
        Finding(what="driver", ok=current, found=best["driver"], words="" if current else driver_words),
    ]


def _size(what: str, gibibytes: float, needed: float, words: str) -> Finding:
    ok = gibibytes >= needed * _TOLERANCE
    told = f"{gibibytes:.0f} GiB"
    return Finding(what=what, ok=ok, found=told, words="" if ok else f"{words} {told}; {needed:.0f} are needed.")


def _version_findings() -> list[Finding]:
    python = platform.python_version()
    ok = PYTHON[0] <= sys.version_info[:2] <= PYTHON[1]
    findings = [
        Finding(
            what="python",
            ok=ok,
            found=python,
            words="" if ok else f"Python is {python}; 3.10 to 3.12 will do.",
        )
    ]
    pinned = pinned_versions()
    other = [
        f"{package} {_installed(package) or 'missing'} (pinned {version})"
        for package, version in pinned.items()
        if (_installed(package) or "").split("+")[0] != version
    ]
    told = "as pinned" if not other else "; ".join(other[:8])
    words = "" if not other else f"Other versions than were tested: {told}. Install requirements.txt."
    return [*findings, Finding(what="versions", ok=not other, found=told, words=words)]


def check_host(folder: Path, found: list[Gpu] | None = None) -> HostReport:
    """Checks this host. `folder`: where runs and weights will lie."""
    cards = gpus() if found is None else found
    trial = not cards
    memory = TRIAL_MEMORY_GIBIBYTES if trial else MEMORY_GIBIBYTES
    disk = TRIAL_DISK_GIBIBYTES if trial else DISK_GIBIBYTES
    free = shutil.disk_usage(folder).free / GIBIBYTE
    needed = [
        _size("memory", memory_gibibytes(), memory, "The machine's memory is"),
        _size("disk", free, disk, "Free on the disk of runs and weights:"),
        *_version_findings(),
    ]
    gpu = _gpu_findings(cards)
    sound = all(finding["ok"] for finding in [*needed, *([] if trial else gpu)])
    fit: Fit = "unfit" if not sound else "trial" if trial else "fit"
    return HostReport(format="medobsmind-host-1", fit=fit, findings=[*gpu, *needed])


_HEADS: dict[Fit, str] = {
    "fit": "This host can train.",
    "trial": "Trial mode: this host has no GPU. The small model can be trained here to try everything out.",
    "unfit": "This host cannot train as it is.",
}


def words_of(report: HostReport) -> str:
    lines = [
        f"  {'ok ' if finding['ok'] else '-- '} {finding['what']}: {finding['words'] or finding['found']}"
        for finding in report["findings"]
    ]
    return "\n".join([_HEADS[report["fit"]], *lines])
