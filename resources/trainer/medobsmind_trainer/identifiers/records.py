"""Numbers of hospitals and makers: records, devices, plates. Sources: Safe Harbor, Motor Vehicles Rules, GS1."""

import regex

from .pattern import Found, Hit, hits_of, matcher, pattern, shared, shared_matcher
from .patterns import RECORDS as SHAPES

# As much before a number as tells what it counts.
_NEAR = 40
_small_word = shared_matcher(SHAPES, "SMALL_WORD")
_counted = shared_matcher(SHAPES, "COUNTED")
_count_before = shared_matcher(SHAPES, "COUNT_BEFORE")
_no_record = shared_matcher(SHAPES, "NO_RECORD")
_unit_after = shared_matcher(SHAPES, "UNIT_AFTER")
_lot_before = shared_matcher(SHAPES, "LOT_BEFORE")
_no_series = shared_matcher(SHAPES, "NO_SERIES")
_numbered = matcher(r"\d{3}|[\p{L}/-]\d{2}|^\D*\d{2,}$")
_measured = matcher(r"^(?:spo2|news2?|day|co2)")
_three_digits = matcher(r"\d{3}")
_two_digits = matcher(r"\d{2}")
_surely_a_plate = matcher(r"^[^\p{Ll}]*\d{4}$", cased=True)
_joined = matcher(r"[\p{L}/-]")
_LETTER = regex.compile(r"\p{L}")


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _labelled(found: Found) -> bool:
    return (
        (_numbered(found.id) or _digits(found.id) >= 4)
        and not _small_word(found.id)
        and not (_unit_after(found.after) and _digits(found.id) < 6)
        and not _measured(found.id)
    )


def _called_a_number(found: Found) -> bool:
    return (
        _digits(found.id) >= 4
        and not _counted(found.whole)
        and not _small_word(found.id)
        and not _no_record(found.id)
        and not _unit_after(found.after)
    )


def _shaped(found: Found) -> bool:
    return not _no_record(found.whole) and not _unit_after(found.after) and not _lot_before(found.before[-_NEAR:])


def _uncounted(found: Found) -> bool:
    return _shaped(found) and not _count_before(found.before[-_NEAR:])


def _plate(found: Found) -> bool:
    """ "HR 98 BP 120" is written like one."""
    return not _no_series(found.whole) or _surely_a_plate(found.whole)


_LABELLED = shared("mrn", SHAPES, "LABELLED", keep=_labelled)[0]
[(_TOKEN, _)] = SHAPES["TOKEN"]
_TOKENS = pattern("mrn", _TOKEN, lambda found: _uncounted(found) and _digits(found.whole) >= 4)


def _shape(number: str) -> str:
    """Letters as A, digits as 9: two numbers of one system have one shape."""
    return regex.sub(r"\d", "9", _LETTER.sub("A", number))


def of_the_same_shape(text: str) -> list[Hit]:
    """Once one number is known, every other of its shape is one too: "MRN K0093-771 aur K0093-717"."""
    known = [text[hit.start : hit.end] for hit in hits_of(_LABELLED, text)]
    shapes = {_shape(number) for number in known if _digits(number) >= (4 if _joined(number) else 5)}
    return [hit for hit in hits_of(_TOKENS, text) if _shape(text[hit.start : hit.end]) in shapes]


RECORDS = (
    *shared("device", SHAPES, "IMPLANT_LOT", keep=lambda found: _digits(found.id) >= 2),
    *shared("device", SHAPES, "DEVICE", keep=lambda found: _two_digits(found.id)),
    *shared("device", SHAPES, "MAC"),
    *shared("vehicle", SHAPES, "PLATES", keep=_plate),
    *shared("vehicle", SHAPES, "HINDI_PLATE", "LABELLED_PLATE"),
    _LABELLED,
    *shared("mrn", SHAPES, "ANY_LABEL", keep=_called_a_number),
    *shared("mrn", SHAPES, "RUN_TOGETHER", keep=lambda found: _three_digits(found.whole)),
    *shared("mrn", SHAPES, "BARE_LABEL"),
    *shared("mrn", SHAPES, "SHAPES", "LONG", "NOUGHT_BEFORE", keep=_shaped),
    *shared("mrn", SHAPES, "SEVEN", keep=_uncounted),
)
