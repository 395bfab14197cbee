"""National numbers of India. Sources: UIDAI, National Health Authority, Income Tax Department, Motor Vehicles Act."""

from .pattern import Found, matcher, shared, shared_matcher
from .patterns import NATIONAL as SHAPES
from .verhoeff import verhoeff_holds

_two_digits = matcher(r"\d.*\d")
_licence_number = matcher(r"\d{2}")
_policy_number = matcher(r"(?:\d\D*){4}|\p{L}(?:\D*\d){3}")
_speaks_of_aadhaar = shared_matcher(SHAPES, "SPOKEN_OF")


def _checked(found: Found) -> bool:
    return verhoeff_holds("".join(digit for digit in found.whole if digit.isdigit()))


def _is_pan(found: Found) -> bool:
    """A word before a number and a unit ("about 1200 m") is none: it has no spaces, or capitals."""
    return " " not in found.whole or found.whole == found.whole.upper()


NATIONAL = (
    *shared("aadhaar", SHAPES, "ABOUT_ITS_LENGTH", keep=lambda found: _speaks_of_aadhaar(found.text)),
    *shared("aadhaar", SHAPES, "LABELLED_AADHAAR", keep=lambda found: _two_digits(found.id)),
    *shared("aadhaar", SHAPES, "GROUPED_AADHAAR", keep=_checked),
    *shared("aadhaar", SHAPES, "MASKED"),
    *shared("abha", SHAPES, "LABELLED_ABHA", "ABHA_NUMBER", "ABHA_ADDRESS"),
    *shared("pan", SHAPES, "LABELLED_PAN"),
    *shared("pan", SHAPES, "PAN", keep=_is_pan),
    *shared("licence", SHAPES, "LICENCE", keep=lambda found: _licence_number(found.id)),
    *shared("licence", SHAPES, "PASSPORT", "DRIVING", "VOTER"),
    *shared("insurance", SHAPES, "INSURANCE", keep=lambda found: _policy_number(found.id)),
)
