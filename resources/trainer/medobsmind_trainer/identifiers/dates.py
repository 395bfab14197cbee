"""Full dates, day with month, month with year, ages of 90 and over. Source: HIPAA Safe Harbor (45 CFR 164.514)."""

import regex

from .pattern import Found, hits_of, shared, shared_matcher
from .patterns import DATES as SHAPES

# As much before a day as tells whether it is a score.
_NEAR = 40
_scored = shared_matcher(SHAPES, "SCORED")
_unit_after = shared_matcher(SHAPES, "UNIT_AFTER")
_WORD = regex.compile(SHAPES["MONTH_WORD"][0][0], regex.IGNORECASE)
_is_any_month = shared_matcher(SHAPES, "WHOLE_MONTH")
_is_short = shared_matcher(SHAPES, "SHORT_MONTH")
_dated = shared_matcher(SHAPES, "DATED")
_day_and_month = shared_matcher(SHAPES, "BARE_DAY_AND_MONTH")
_ago = shared_matcher(SHAPES, "AGO")


def _free(found: Found) -> bool:
    return not _unit_after(found.after)


def _named(found: Found) -> bool:
    """ "May 5 be…", "march 3": a short month only where it is written as one."""
    month = next((word for word in _WORD.findall(found.whole) if _is_any_month(word)), None)
    if month is None or not _is_short(month):
        return _free(found)
    is_month = _dated(found.whole) or month[0].isupper() or _day_and_month(found.whole.strip())
    return is_month and _free(found)


def _unscored(found: Found) -> bool:
    return not _scored(found.before[-_NEAR:])


_LABELLED_DAY = shared("date", SHAPES, "LABELLED_DAY", keep=_unscored)[0]


def _beside_a_day(found: Found) -> bool:
    """Once one day is told as one ("adm 6/11"), every other of its form is one too ("trach 15/11")."""
    return _unscored(found) and bool(hits_of(_LABELLED_DAY, found.text))


DATES = (
    *shared("date", SHAPES, "NUMERIC", keep=_free),
    *shared("date", SHAPES, "NAMED", keep=_named),
    *shared("date", SHAPES, "DAY_IN_WORDS", "DAY_OF_MONTH", "FESTIVAL"),
    _LABELLED_DAY,
    *shared("date", SHAPES, "ANY_DAY", keep=_beside_a_day),
    *shared("age-over-89", SHAPES, "AGES", keep=lambda found: not _ago(found.after)),
)
