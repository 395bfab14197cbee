"""How a person is reached. Sources: National Numbering Plan of India, RFC 5322, RFC 3986."""

from .pattern import Found, shared, shared_matcher
from .patterns import CONTACT as SHAPES

_in_pairs = shared_matcher(SHAPES, "IN_PAIRS")
_speaks_of_phone = shared_matcher(SHAPES, "SPEAKS_OF_PHONE")
_speaks_of_number = shared_matcher(SHAPES, "SPEAKS_OF_NUMBER")
_clock = shared_matcher(SHAPES, "NO_PHONE")
_counted = shared_matcher(SHAPES, "COUNT_AFTER")


def _mobile(found: Found) -> bool:
    """Pairs of digits in a row are readings, unless the text speaks of a phone."""
    return not _in_pairs(found.whole) or _speaks_of_phone(found.text) or _speaks_of_number(found.whole + found.text)


def _rings(found: Found) -> bool:
    """ "Call at 10.30" and "called 2 times" are no numbers to ring."""
    return not _clock(found.id) and not _counted(found.after)


REACHED = (
    *shared("email", SHAPES, "MAIL", "PAYMENT", "SPELT"),
    *shared("url", SHAPES, "URL", "DOMAIN"),
    *shared("ip", SHAPES, "IP4", "IP6"),
)
PHONES = (
    *shared("phone", SHAPES, "MOBILE", keep=_mobile),
    *shared("phone", SHAPES, "LANDLINE", "TOLL_FREE", "ABROAD", "SPOKEN"),
    *shared("phone", SHAPES, "LABELLED", keep=_rings),
)
