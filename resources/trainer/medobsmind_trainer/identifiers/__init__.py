"""Identifiers with a shape: the last check before anything is trained. It rejects; masking is not its business.

Names and places are found before the export, on the workstation, and approved by a person. What has a shape is looked
for once more here, with the expressions of `app/learning/deidentification` (`patterns.py`), so that a data set that
went another way is stopped. Both are held to `tests/identifier-cases.jsonl` and to the labelled set of the program.
"""

from .contact import PHONES, REACHED
from .dates import DATES
from .fold import fold
from .national import NATIONAL
from .pattern import Hit, hits_of, pattern
from .records import RECORDS, of_the_same_shape

_PATTERNS = (*REACHED, *NATIONAL, *DATES, *PHONES, *RECORDS)
# No word is so long.
_ENDLESS = pattern("mrn", r"\S{200,}")


def identifiers(text: str) -> list[Hit]:
    """What identifies somebody, in the order of the text and not overlapping; offsets are those of the folded text.

    Stretches that overlap are one: it has the kind of the first pattern that claimed part of it.
    """
    folded = fold(text)
    ranked = [(hit, rank) for rank, one in enumerate(_PATTERNS) for hit in hits_of(one, folded)]
    ranked += [(hit, len(_PATTERNS)) for hit in (*of_the_same_shape(folded), *hits_of(_ENDLESS, folded))]
    merged: list[tuple[Hit, int]] = []
    for hit, rank in sorted(ranked, key=lambda one: (one[0].start, one[1])):
        if not merged or hit.start >= merged[-1][0].end:
            merged.append((hit, rank))
            continue
        last, last_rank = merged[-1]
        kind = hit.kind if rank < last_rank else last.kind
        merged[-1] = (Hit(last.start, max(last.end, hit.end), kind), min(rank, last_rank))
    return [hit for hit, _ in merged]
