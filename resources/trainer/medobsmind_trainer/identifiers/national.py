"""National numbers of India. Sources: UIDAI, National Health Authority, Income Tax Department, Motor Vehicles Act."""

from .fold import folded_words
from .pattern import Found, matcher, pattern
from .verhoeff import verhoeff_holds

_TO_ID = folded_words(
    r"(?:\s*(?:card|number|num|no|id|address|कार्ड|नंबर|नम्बर|संख्या|सं|पता|hai|है|is|was|as|ka|का|नं|last|ending|in"
    r"|digits))*\.?[\s:.#=()-]*"
)
_CODE = r"(?<id>(?=[\p{L}/\s-]{0,12}\d)[\p{L}\d]+(?:[/-][\p{L}\d]+|\s\d+)*)(?!\p{L})"
_AADHAAR_WORD = "a+dh?a+r|aadh?ar|adhaa?r|aadha+r|uidai|uid|आधार"
_ABHA_WORD = folded_words(r"abha|abdm|health\s?id|phr|ndhm|आभा|आयुष्मान\s+भारत\s+हेल्थ|हेल्थ\s+आईडी")
_LICENCE_WORD = folded_words(
    r"passport|पासपोर्ट|driving\s+licen[cs]e|driver'?s?\s+licen[cs]e|dl\s+no|licen[cs]e\s+(?:no|number)|लाइसेंस"
    r"|voter\s*(?:id)?(?:\s+card)?|epic(?=\s+(?:no|card|number))|वोटर|ration\s+card|राशन"
    r"|(?:kmc|mci|dmc|nmc|tnmc|mmc|medical\s+council|council)\s+reg[a-z]*|(?:kmc|mci|dmc|nmc|tnmc|mmc)(?=\s*(?:no|[-/#:]))"
)
_INSURANCE_WORD = folded_words(
    r"insurance(?:\s+policy)?|policy|बीमा|पॉलिसी|pm-?jay|ayushman(?:\s+bharat)?|आयुष्मान(?:\s+भारत)?|esic?|cghs|echs|tpa"
    r"|claim|pre-?auth(?:orisation|orization)?|mediclaim|member|beneficiary|bpl|rsby|arogya\s?sri|golden\s+card"
)
_two_digits = matcher(r"\d.*\d")
_licence_number = matcher(r"\d{2}")
_policy_number = matcher(r"\d{4}|\p{L}.*\d{3}")


def _checked(found: Found) -> bool:
    return verhoeff_holds("".join(digit for digit in found.whole if digit.isdigit()))


def _is_pan(found: Found) -> bool:
    """A word before a number and a unit ("about 1200 m") is none: it has no spaces, or capitals."""
    return " " not in found.whole or found.whole == found.whole.upper()


NATIONAL = (
    pattern(
        "aadhaar",
        rf"(?<![\p{{L}}])(?:{_AADHAAR_WORD}){_TO_ID}(?<id>[\dXx*](?:[\s./-]{{0,3}}[\dXx*]){{3,19}})(?![\p{{L}}\d])",
        lambda found: _two_digits(found.id),
    ),
    pattern("aadhaar", r"(?<![\d.,/-])(?:[2-9]\d{3}([\s-]?)\d{4}\1\d{4})(?![\d/]|[.,]\d|-\d)", _checked),
    pattern("aadhaar", r"(?<![\p{L}\d])(?:[Xx*]{4}[\s-]?){1,2}\d{4}(?!\d)", cased=True),
    pattern(
        "abha",
        rf"(?<![\p{{L}}])(?:{_ABHA_WORD}){_TO_ID}(?<id>\d(?:[\s./-]{{0,3}}\d){{7,17}}|[\p{{L}}\d._-]*\d[\p{{L}}\d._-]{{3,}})",
    ),
    pattern("abha", r"(?<![\d./-])(?:\d{2}[\s-]\d{4}[\s-]\d{4}[\s-]\d{4}|\d{14})(?![\d/]|[.,-]\d)"),
    pattern("abha", r"[\p{L}\d][\p{L}\d._-]*\s?@\s?(?:abdm|sbx|ndhm|phr)(?![\p{L}\d])"),
    pattern(
        "pan",
        rf"(?<![\p{{L}}])(?:pan|पैन|permanent\s+account)(?!\p{{L}}){_TO_ID}"
        r"(?<id>(?=[\p{L}\s-]*\d)[a-z]{2,6}[\s-]?\d{2,5}[\s-]?[a-z]{0,3})(?![\p{L}\d])",
    ),
    pattern("pan", r"(?<![\p{L}\d])[a-z]{3}[abcfghljpt][a-z][\s-]?\d{4}[\s-]?[a-z](?![\p{L}\d])", _is_pan),
    pattern(
        "licence",
        rf"(?<![\p{{L}}])(?:{_LICENCE_WORD}){_TO_ID}{_CODE}",
        lambda found: _licence_number(found.id),
    ),
    *(
        pattern("licence", source, cased=True)
        for source in (
            r"(?<![\p{L}\d])[A-PR-WY]\s?[1-9]\d{6}(?![\p{L}\d])",
            r"(?<![\p{L}\d])[A-Z]{2}[\s-]?\d{2}[\s/-]?(?:19|20)\d{2}[\s-]?\d{7}(?!\d)",
            r"(?<![\p{L}\d])[A-Z]{3}/?\d{7}(?!\d)",
        )
    ),
    pattern(
        "insurance",
        rf"(?<![\p{{L}}])(?:{_INSURANCE_WORD})(?!\p{{L}}){_TO_ID}{_CODE}",
        lambda found: _policy_number(found.id),
    ),
)
