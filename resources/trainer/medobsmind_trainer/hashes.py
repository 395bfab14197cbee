"""SHA-256 of files and folders, in pieces: a model is larger than memory."""

import hashlib
from pathlib import Path

_PIECE = 1 << 20


def sha256_of_file(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def sha256_of_files(files: list[Path]) -> str:
    """One hash of several files: that of the lines `<hash>  <name>`, by name. Of one file: its own."""
    if len(files) == 1:
        return sha256_of_file(files[0])
    lines = [f"{sha256_of_file(file)}  {file.name}\n" for file in sorted(files, key=lambda file: file.name)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
